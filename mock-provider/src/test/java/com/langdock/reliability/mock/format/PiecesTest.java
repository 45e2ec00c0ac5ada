package com.langdock.reliability.mock.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PiecesTest {
  @Test
  void wordsKeepTheirSpaces() {
    assertThat(Pieces.words(" two  words ")).containsExactly(" two", " ", " words", " ");
    assertThat(Pieces.words("")).isEmpty();
  }

  @Test
  void evenPiecesAreTheTextAgain() {
    for (int count = 1; count <= 20; count++) {
      assertThat(String.join("", Pieces.even("a rather short text", count)))
          .isEqualTo("a rather short text");
    }
  }

  @Test
  void aCharacterOfTwoSurrogatesStaysWhole() {
    assertThat(Pieces.even("😀😀😀", 9)).containsExactly("😀", "😀", "😀");
  }
}
