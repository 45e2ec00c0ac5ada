package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  private final List<String> events = new ArrayList<>();
  private final SseReader reader =
      new SseReader(40, Long.MAX_VALUE, data -> events.add(new String(data, UTF_8)));

  private List<String> read(String... pieces) {
    for (String piece : pieces) {
      assertThat(reader.read(piece.getBytes(UTF_8))).isTrue();
    }
    reader.end();
    return events;
  }

  private boolean readInPieces(String text, int piece) {
    byte[] bytes = text.getBytes(UTF_8);
    boolean goesOn = true;
    for (int at = 0; at < bytes.length; at += piece) {
      goesOn = reader.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
    return goesOn;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEveryKindOfLineEnd(String end) {
    assertThat(read("data: a" + end + end + "data:b" + end + end)).containsExactly("a", "b");
  }

  @Test
  void joinsDataLinesAndIgnoresOtherFields() {
    assertThat(read(": hello\nevent: x\nid: 1\ndata: a\ndata\ndata:  b\ndatax: no\n\n"))
        .containsExactly("a\n\n b");
  }

  @Test
  void skipsEventsWithoutData() {
    assertThat(read("\n\nevent: ping\n\ndata:\n\ndata: a\n\n")).containsExactly("a");
  }

  @Test
  void skipsAByteOrderMarkOnlyAtTheBeginning() {
    assertThat(read("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("a");
  }

  @Test
  void aLineEndMayBeSplit() {
    assertThat(read("data: a\r", "\n\r", "", "\ndata: b\r", "\r")).containsExactly("a", "b");
  }

  @Test
  void dataAtTheEndIsAnEventWithoutAnEmptyLine() {
    assertThat(read("data: a\n\ndata: [DONE]")).containsExactly("a", "[DONE]");
  }

  @Test
  void everySplitGivesTheSameEvents() {
    byte[] all = "data: Grüße 👋\r\n\r\n: c\rdata: b\ndata: c\n\ndata: d".getBytes(UTF_8);
    for (int cut = 0; cut <= all.length; cut++) {
      List<String> events = new ArrayList<>();
      SseReader cutInTwo = new SseReader(data -> events.add(new String(data, UTF_8)));
      cutInTwo.read(new String(all, 0, cut, ISO_8859_1).getBytes(ISO_8859_1));
      cutInTwo.read(new String(all, cut, all.length - cut, ISO_8859_1).getBytes(ISO_8859_1));
      cutInTwo.end();
      assertThat(events).as("cut at %d", cut).containsExactly("Grüße 👋", "b\nc", "d");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void readsAnEventOfMaximumSizeForEverySplit(int piece) {
    assertThat(readInPieces("\uFEFFdata: " + "a".repeat(40) + "\n\n", piece)).isTrue();
    assertThat(readInPieces("data: " + "a".repeat(20) + "\ndata: " + "b".repeat(19), piece))
        .isTrue();
    reader.end();
    assertThat(events).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void rejectsOneByteMoreForEverySplit(int piece) {
    assertThat(readInPieces("data: a\n\ndata: " + "b".repeat(41) + "\n\n", piece)).isFalse();
    assertThat(events).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void limitsOtherLinesLikeDataLines(int piece) {
    assertThat(readInPieces(": " + "a".repeat(40) + "\n\n", piece)).isTrue();
    assertThat(readInPieces(": " + "a".repeat(60) + "\n\ndata: b\n\n", piece)).isFalse();
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: %s%s\n\n", "data: %s\ndata: %s\n\n", "data: %s%s"})
  void rejectsALargerEventAndEverythingAfterIt(String text) {
    String half = "a".repeat(25);
    assertThat(reader.read(text.formatted(half, half).getBytes(UTF_8))).isFalse();
    assertThat(reader.read("\n\ndata: b\n\n".getBytes(UTF_8))).isFalse();
    reader.end();
    assertThat(events).isEmpty();
  }

  @Test
  void stopsReadingAStreamThatIsTooLong() {
    SseReader endless = new SseReader(40, 50, data -> events.add(new String(data, UTF_8)));
    byte[] event = "data: a\n\n".getBytes(UTF_8);
    for (int read = 0; read < 5; read++) {
      assertThat(endless.read(event)).isTrue();
    }
    assertThat(endless.read(event)).isFalse();
    assertThat(endless.read(event)).isFalse();
    assertThat(events).hasSize(5);
  }
}
