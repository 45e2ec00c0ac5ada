package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Makes AWS's binary event streams. */
public final class AwsFrames {
  private AwsFrames() {}

  /** The stream of the server-sent events in {@code text}, whose names are the types of events. */
  public static byte[] of(String text) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    String type = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("event: ")) {
        type = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        stream.writeBytes(event(type, line.substring("data: ".length())));
      }
    }
    return stream.toByteArray();
  }

  /** The frame of an event. */
  public static byte[] event(String type, String json) {
    return frame(Map.of(":message-type", "event", ":event-type", type), json);
  }

  /** The frame of an exception. */
  public static byte[] exception(String type, String json) {
    return frame(Map.of(":message-type", "exception", ":exception-type", type), json);
  }

  /** A frame with string headers. */
  public static byte[] frame(Map<String, String> headers, String payload) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    new LinkedHashMap<>(headers)
        .forEach((name, value) -> {
          byte[] text = value.getBytes(UTF_8);
          head.write(name.length());
          head.writeBytes(name.getBytes(UTF_8));
          head.write(7);
          head.write(text.length >> 8);
          head.write(text.length);
          head.writeBytes(text);
        });
    byte[] body = payload.getBytes(UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(12 + head.size() + body.length + 4);
    frame.putInt(frame.capacity()).putInt(head.size()).putInt(checksum(frame.array(), 8));
    frame.put(head.toByteArray()).put(body);
    frame.putInt(checksum(frame.array(), frame.position()));
    return frame.array();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
