package com.langdock.reliability.gateway.streaming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {
  private final List<String> events = new ArrayList<>();
  private final SseReader reader = new SseReader(40, data -> events.add(new String(data, UTF_8)));

  private List<String> read(String... pieces) {
    for (String piece : pieces) {
      assertThat(reader.read(piece.getBytes(UTF_8))).isTrue();
    }
    reader.end();
    return events;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEveryKindOfLineEnd(String end) {
    assertThat(read("data: a" + end + end + "data:b" + end + end)).containsExactly("a", "b");
  }

  @Test
  void joinsLinesOfDataAndSkipsTheRest() {
    assertThat(read(": hello\nevent: x\nid: 1\ndata: a\ndata\ndata:  b\ndatax: no\n\n"))
        .containsExactly("a\n\n b");
  }

  @Test
  void anEventWithoutDataIsNone() {
    assertThat(read("\n\nevent: ping\n\ndata:\n\ndata: a\n\n")).containsExactly("a");
  }

  @Test
  void skipsAMarkOfByteOrderAtTheBeginningOnly() {
    assertThat(read("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly("a");
  }

  @Test
  void aLineEndMayBeCutInTwo() {
    assertThat(read("data: a\r", "\n\r", "", "\ndata: b\r", "\r")).containsExactly("a", "b");
  }

  @Test
  void dataAtTheEndCountsWithoutAnEmptyLine() {
    assertThat(read("data: a\n\ndata: [DONE]")).containsExactly("a", "[DONE]");
  }

  @Test
  void everyCutGivesTheSame() {
    byte[] all = "data: Grüße 👋\r\n\r\n: c\rdata: b\ndata: c\n\ndata: d".getBytes(UTF_8);
    for (int cut = 0; cut <= all.length; cut++) {
      List<String> seen = new ArrayList<>();
      SseReader cutInTwo = new SseReader(data -> seen.add(new String(data, UTF_8)));
      cutInTwo.read(new String(all, 0, cut, ISO_8859_1).getBytes(ISO_8859_1));
      cutInTwo.read(new String(all, cut, all.length - cut, ISO_8859_1).getBytes(ISO_8859_1));
      cutInTwo.end();
      assertThat(seen).as("cut at %d", cut).containsExactly("Grüße 👋", "b\nc", "d");
    }
  }

  @Test
  void anEventOfTheLargestSizeIsRead() {
    assertThat(read("data: " + "a".repeat(19) + "\ndata: " + "b".repeat(19) + "\n\n")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data: %s%s\n\n", "data: %s\ndata: %s\n\n", "data: %s%s"})
  void aLargerOneIsRefusedAndNothingIsReadAfterIt(String text) {
    String half = "a".repeat(25);
    assertThat(reader.read(text.formatted(half, half).getBytes(UTF_8))).isFalse();
    assertThat(reader.read("\n\ndata: b\n\n".getBytes(UTF_8))).isFalse();
    reader.end();
    assertThat(events).isEmpty();
  }
}
