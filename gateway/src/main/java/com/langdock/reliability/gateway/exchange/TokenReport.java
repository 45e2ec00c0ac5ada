package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The usage that a provider reports for an answer.
 *
 * @param thinkingTokens output tokens spent on thinking; empty if the provider does not report them
 * @param raw the provider's JSON if it is in the client's format; else null
 */
public record TokenReport(Usage usage, OptionalLong thinkingTokens, @Nullable String raw) {
  /** A report in the client's format. */
  public static TokenReport raw(Usage usage, String json) {
    return new TokenReport(usage, OptionalLong.empty(), json);
  }
}
