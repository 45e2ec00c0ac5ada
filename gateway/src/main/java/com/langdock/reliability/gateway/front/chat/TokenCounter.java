package com.langdock.reliability.gateway.front.chat;

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
 * Counts the tokens of texts: with the model's encoding where it is public, else four characters to
 * a token. Thread-safe; an encoding is loaded when it is first needed, which takes up to a second.
 *
 * <p>Long texts are counted in pieces, so that counting can stop early, and because the library's
 * time and memory grow faster than the length of a word: 8 MB of one letter took 21 s and more than
 * a gigabyte. A cut may split a word into more tokens, so some are taken off for each cut: the
 * count is rather a little too low than one that refuses what fits.
 */
final class TokenCounter {
  private static final int PIECE = 4_096;
  private static final int TOKENS_OF_A_CUT = 2;
  private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

  private static final Set<String> LOADED = ConcurrentHashMap.newKeySet();

  private TokenCounter() {}

  /** Whether the texts of a model can be counted without loading its encoding first. */
  static boolean isReady(ModelFacts facts) {
    return facts.tokenizer() == null || LOADED.contains(facts.tokenizer());
  }

  /** The tokens of {@code texts}; counting stops soon after {@code enough}. */
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
      int cut = from == 0 ? 0 : TOKENS_OF_A_CUT;
      tokens += Math.max(0, encoding.countTokensOrdinary(utf8(text, from, to)) - cut);
    }
    return tokens;
  }

  /** A piece without halves of surrogate pairs, its own or a cut's, which the library refuses. */
  private static String utf8(String text, int from, int to) {
    return new String(text.substring(from, to).getBytes(UTF_8), UTF_8);
  }

  private static @Nullable Encoding encoding(@Nullable String name) {
    Optional<Encoding> found = name == null ? Optional.empty() : ENCODINGS.getEncoding(name);
    found.ifPresent(loaded -> LOADED.add(loaded.getName()));
    return found.orElse(null);
  }
}
