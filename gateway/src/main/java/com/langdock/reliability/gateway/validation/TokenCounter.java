package com.langdock.reliability.gateway.validation;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.langdock.reliability.core.domain.ModelFacts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of texts: exactly where the model's encoding is public, else four characters to
 * a token. Thread-safe; encodings are loaded when they are first needed.
 */
final class TokenCounter {
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  private TokenCounter() {}

  /** The tokens of {@code texts}; counting stops soon after {@code enough}. */
  static long count(List<String> texts, ModelFacts facts, long enough) {
    Encoding encoding = encoding(facts.tokenizer());
    long tokens = 0;
    for (String text : texts) {
      if (tokens > enough) {
        return tokens;
      }
      tokens += encoding == null ? estimate(text.length()) : encoding.countTokensOrdinary(text);
    }
    return tokens;
  }

  /** The estimate for this many characters. */
  static long estimate(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }

  private static @Nullable Encoding encoding(@Nullable String name) {
    Optional<Encoding> found = name == null ? Optional.empty() : ENCODINGS.getEncoding(name);
    return found.orElse(null);
  }
}
