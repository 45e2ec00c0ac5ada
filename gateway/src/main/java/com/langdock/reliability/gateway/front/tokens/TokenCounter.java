package com.langdock.reliability.gateway.front.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Usage;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of texts with the model's encoding if it is public, else estimates four
 * characters per token. Thread-safe. An encoding is loaded at first use, which takes up to a
 * second.
 *
 * <p>Long texts are counted in pieces, so that counting can stop early, and because the library's
 * time and memory grow faster than linearly with the length of a word: 8 MB of one letter took 21 s
 * and more than a gigabyte. A cut may split a word into more tokens, so a few are subtracted for
 * each cut. The count may be slightly too low, but never rejects a request that fits.
 */
final class TokenCounter {
  private static final int PIECE = 4_096;
  private static final int TOKENS_PER_CUT = 2;
  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  private static final Set<String> LOADED = ConcurrentHashMap.newKeySet();

  private TokenCounter() {}

  /** Whether texts can be counted without loading the model's encoding first. */
  static boolean isReady(ModelFacts facts) {
    return facts.tokenizer() == null || LOADED.contains(facts.tokenizer());
  }

  /** The number of tokens in {@code texts}. Counting stops soon after {@code enough}. */
  static long count(Iterator<String> texts, ModelFacts facts, long enough) {
    Encoding encoding = encoding(facts.tokenizer());
    long tokens = 0;
    while (texts.hasNext() && tokens <= enough) {
      String text = texts.next();
      tokens +=
          encoding == null
              ? Usage.estimatedTokens(text.length())
              : inPieces(text, encoding, enough - tokens);
    }
    return tokens;
  }

  private static long inPieces(String text, Encoding encoding, long enough) {
    long tokens = 0;
    for (int from = 0; from < text.length() && tokens <= enough; from += PIECE) {
      int to = Math.min(text.length(), from + PIECE);
      int cut = from == 0 ? 0 : TOKENS_PER_CUT;
      tokens += Math.max(0, encoding.countTokensOrdinary(utf8(text, from, to)) - cut);
    }
    return tokens;
  }

  /** A piece without unpaired surrogates, which the library rejects. */
  private static String utf8(String text, int from, int to) {
    return new String(text.substring(from, to).getBytes(UTF_8), UTF_8);
  }

  private static @Nullable Encoding encoding(@Nullable String name) {
    Optional<Encoding> found = name == null ? Optional.empty() : ENCODINGS.getEncoding(name);
    found.ifPresent(loaded -> LOADED.add(loaded.getName()));
    return found.orElse(null);
  }
}
