package com.langdock.reliability.mock.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;

/**
 * Writes events in AWS's binary framing. An event is given as server-sent events are: its type in
 * {@code event}, with an exclamation mark before that of an exception, and its payload in {@code
 * data}.
 */
final class AwsFrames {
  private static final String EVENT = "event: ";
  private static final String DATA = "data: ";
  private static final int STRING = 7;
  private static final int LENGTHS = 8;
  private static final int CHECKSUM = 4;

  private AwsFrames() {}

  /** The frames of the events in {@code text}. */
  static Buffer of(String text) {
    Buffer frames = Buffer.buffer();
    String type = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(EVENT)) {
        type = line.substring(EVENT.length());
      } else if (line.startsWith(DATA)) {
        frames.appendBuffer(frame(type, line.substring(DATA.length())));
      }
    }
    return frames;
  }

  private static Buffer frame(String type, String payload) {
    boolean isException = type.startsWith("!");
    Buffer headers = Buffer.buffer();
    if (isException) {
      header(headers, ":exception-type", type.substring(1));
    } else {
      header(headers, ":event-type", type);
    }
    header(headers, ":content-type", "application/json");
    header(headers, ":message-type", isException ? "exception" : "event");
    byte[] body = payload.getBytes(UTF_8);
    int length = LENGTHS + CHECKSUM + headers.length() + body.length + CHECKSUM;
    Buffer frame = Buffer.buffer().appendInt(length).appendInt(headers.length());
    frame.appendInt(checksum(frame)).appendBuffer(headers).appendBytes(body);
    return frame.appendInt(checksum(frame));
  }

  private static void header(Buffer headers, String name, String value) {
    byte[] text = value.getBytes(UTF_8);
    headers.appendByte((byte) name.length()).appendString(name).appendByte((byte) STRING);
    headers.appendShort((short) text.length).appendBytes(text);
  }

  private static int checksum(Buffer bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.getBytes());
    return (int) checksum.getValue();
  }
}
