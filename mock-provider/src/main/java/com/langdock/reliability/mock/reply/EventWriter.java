package com.langdock.reliability.mock.reply;

import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.reply.Step.Part;
import com.langdock.reliability.mock.reply.Step.Wait;
import com.langdock.reliability.mock.settings.Shape;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Encodes events as bytes to write, in the shape of the settings. */
final class EventWriter {
  /** Long enough that a reader gets the two halves of a character in two reads. */
  private static final Duration BETWEEN_HALVES = Duration.ofMillis(2);

  private final Shape shape;
  private final Delivery delivery;
  private final boolean crlf;

  EventWriter(Shape shape, Delivery delivery) {
    this.shape = shape;
    this.delivery = delivery;
    this.crlf = shape.crlf() || delivery == Delivery.CRLF_EVENTS;
  }

  List<Step> write(String event) {
    Buffer bytes = bytes(event);
    int split = shape.splitUtf8() ? insideCharacter(bytes) : -1;
    if (split < 0) {
      return List.of(new Part(bytes));
    }
    return List.of(
        new Part(bytes.slice(0, split)),
        new Wait(BETWEEN_HALVES),
        new Part(bytes.slice(split, bytes.length())));
  }

  private Buffer bytes(String event) {
    return switch (delivery) {
      case AWS_EVENTS -> AwsFrames.of(event);
      case AUDIO -> Buffer.buffer(event.getBytes(StandardCharsets.ISO_8859_1));
      case WHOLE, TEXT, EVENTS, EVENTS_WITH_USAGE, CRLF_EVENTS, JSON_ARRAY ->
          Buffer.buffer(crlf ? event.replace("\n", "\r\n") : event);
    };
  }

  /** The place of the first byte that continues a character, or -1. */
  private static int insideCharacter(Buffer bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      boolean continues = (bytes.getByte(i) & 0xC0) == 0x80;
      if (continues) {
        return i;
      }
    }
    return -1;
  }
}
