package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the usage of a forwarded answer, whose names differ between APIs. */
final class ReportedUsage {
  private static final List<String> INPUT = List.of("prompt_tokens", "input_tokens");
  private static final List<String> OUTPUT = List.of("completion_tokens", "output_tokens");

  private ReportedUsage() {}

  /**
   * The tokens in the object {@code usage}; {@link Usage#NONE} if it has none. A total alone counts
   * as input, since rerankers report nothing else.
   */
  static Usage of(@Nullable JsonValue usage) {
    long input = first(usage, INPUT);
    long output = first(usage, OUTPUT);
    long total = TokenCounts.of(usage, "total_tokens");
    long cached =
        TokenCounts.of(JsonFields.object(usage, "prompt_tokens_details"), "cached_tokens");
    return new Usage(input + output == 0 ? total : input, Math.min(cached, input), output);
  }

  private static long first(@Nullable JsonValue usage, List<String> names) {
    return names.stream()
        .mapToLong(name -> TokenCounts.of(usage, name))
        .filter(count -> count > 0)
        .findFirst()
        .orElse(0);
  }
}
