package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a provider reports that an answer has used.
 *
 * @param thinkingTokens output tokens that were thought, empty when the provider does not say
 * @param raw the provider's own JSON for it, when that is of the client's format; else null
 */
public record TokenReport(Usage usage, OptionalLong thinkingTokens, @Nullable String raw) {
  /** A report in the client's own format. */
  public static TokenReport raw(Usage usage, String json) {
    return new TokenReport(usage, OptionalLong.empty(), json);
  }
}
