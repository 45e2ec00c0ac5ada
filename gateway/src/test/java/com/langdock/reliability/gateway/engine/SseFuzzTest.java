package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.fuzz.Seeds;
import com.langdock.reliability.gateway.exchange.SseReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader against a naive one, on random streams cut at random places. */
class SseFuzzTest {
  private static final String[] PIECES = {
    "data: ",
    "data:",
    "data",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "{\"a\":1}",
    "[DONE]",
    ": comment",
    "event: x",
    " ",
    "\u00EF\u00BB\u00BF",
    "\u00C3",
    "id:1",
    "dat"
  };

  @Test
  void readsRandomStreamsLikeTheNaiveOne() {
    for (int seed : Seeds.of("streams of events", 40_000)) {
      check(stream(new Random(seed)), new Random(seed));
    }
  }

  private static byte[] stream(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append(
          random.nextInt(6) == 0
              ? String.valueOf((char) random.nextInt(256))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  static void check(byte[] stream, Random cuts) {
    List<String> events = new ArrayList<>();
    SseReader reader = new SseReader(data -> events.add(new String(data, ISO_8859_1)));
    int at = 0;
    while (at < stream.length) {
      int to = Math.min(stream.length, at + 1 + cuts.nextInt(12));
      reader.read(Arrays.copyOfRange(stream, at, to));
      at = to;
    }
    reader.end();
    assertThat(events).as("of %s", Arrays.toString(stream)).isEqualTo(NaiveSse.events(stream));
  }
}
