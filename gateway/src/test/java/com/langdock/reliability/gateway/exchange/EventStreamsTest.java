package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamsTest {
  private static byte[] bytes(String text) {
    return text.replace("\\n", "\n").getBytes(UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "data: {}, EVENTS",
    "d, EVENTS",
    ": comment, EVENTS",
    "\\n\\n data:x, EVENTS",
    "event: ping, EVENTS",
    "Bad Gateway, EVENTS",
    "{}, WHOLE",
    "\\n [1], WHOLE",
    "<html>, WHOLE",
    "\\n\\n, UNKNOWN",
    "'', UNKNOWN"
  })
  void findsTheShapeFromTheFirstByte(String piece, EventStreams.Shape shape) {
    assertThat(EventStreams.shape(bytes(piece))).isEqualTo(shape);
  }

  @ParameterizedTest
  @CsvSource({
    "data: {}, true",
    "\\n: comment, true",
    "id: 7, true",
    "dat, false",
    "database error, false",
    "{}, false",
    "'', false"
  })
  void aStreamBeginsWithAField(String body, boolean is) {
    assertThat(EventStreams.isStream(bytes(body))).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource({
    "data: [DONE]\\n\\n, true",
    "[DONE], true",
    "data: [DONE]\\ndata: x, false",
    "NE], false",
    "'', false"
  })
  void recognisesTheFinalEvent(String piece, boolean does) {
    assertThat(EventStreams.endsInDone(bytes(piece))).isEqualTo(does);
  }
}
