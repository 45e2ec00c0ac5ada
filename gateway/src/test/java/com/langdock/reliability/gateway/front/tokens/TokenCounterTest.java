package com.langdock.reliability.gateway.front.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.langdock.reliability.core.domain.ModelFacts;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
  private static final String ENCODING = "cl100k_base";
  private static final Encoding WHOLE =
      Encodings.newLazyEncodingRegistry().getEncoding(ENCODING).orElseThrow();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello world",
        "The quick brown fox, it's said, jumps over the lazy dog 42 times.\n",
        "a",
        " ",
        "!",
        "7",
        "größer als 数据 und 😀 ",
        "fn(x) { return x; }\n\t",
        "The internationalization of tokenizers, notwithstanding counterexamples, matters. ",
        "dGhlIHF1aWNrIGJyb3duIGZveA=="
      })
  void countsInPiecesExactlyOrSlightlyLess(String text) {
    String longText = text.repeat(3_000);
    long whole = WHOLE.countTokensOrdinary(longText);
    assertThat(count(ENCODING, longText, Long.MAX_VALUE)).isBetween(whole * 95 / 100, whole);
  }

  @Test
  void aShortTextIsCountedExactly() {
    assertThat(count(ENCODING, "tiktoken is great!", Long.MAX_VALUE)).isEqualTo(6);
  }

  @Test
  void countingStopsSoonAfterEnough() {
    String letters = "a".repeat(8_000_000);
    assertThat(count(ENCODING, letters, 100)).isBetween(101L, 4_200L);
    List<String> texts = List.of("many words ".repeat(100), "x", "x");
    long first = TokenCounter.count(texts.subList(0, 1).iterator(), facts(ENCODING), 100);
    assertThat(TokenCounter.count(texts.iterator(), facts(ENCODING), 100)).isEqualTo(first);
  }

  @Test
  void countsUnpairedSurrogates() {
    assertThat(count(ENCODING, "a\ud83d", Long.MAX_VALUE)).isPositive();
    assertThat(count(ENCODING, "b" + "😀".repeat(5_000), Long.MAX_VALUE)).isGreaterThan(9_000);
  }

  @Test
  void estimatesFourCharactersPerTokenWithoutAnEncoding() {
    assertThat(count(null, "12345", Long.MAX_VALUE)).isEqualTo(2);
    assertThat(count("no_such_base", "1234", Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void isReadyAfterTheFirstCount() {
    assertThat(TokenCounter.isReady(facts(null))).isTrue();
    assertThat(TokenCounter.isReady(facts("p50k_base"))).isFalse();
    count("p50k_base", "a", Long.MAX_VALUE);
    assertThat(TokenCounter.isReady(facts("p50k_base"))).isTrue();
  }

  private static long count(@Nullable String encoding, String text, long enough) {
    return TokenCounter.count(List.of(text).iterator(), facts(encoding), enough);
  }

  private static ModelFacts facts(@Nullable String encoding) {
    return new ModelFacts(OptionalLong.empty(), OptionalLong.empty(), false, true, encoding);
  }
}
