package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A client of a WebSocket. Writes frames and reads those of the gateway. */
final class FakeSocket {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int MASK = 0x1234_5678;

  /** A frame of the gateway. */
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, UTF_8);
    }

    /** The code of a close. */
    int code() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
  }

  private final TestGateway gateway;
  private final FakeClient client;

  private FakeSocket(TestGateway gateway, FakeClient client) {
    this.gateway = gateway;
    this.client = client;
  }

  /** Asks for a WebSocket, with more header lines. */
  static FakeSocket open(TestGateway gateway, String... more) {
    FakeClient client = gateway.client().write(handshake(more));
    gateway.settle();
    return new FakeSocket(gateway, client);
  }

  /** The bytes of a handshake. */
  static String handshake(String... more) {
    return "GET /v1/responses HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\n"
        + "connection: keep-alive, Upgrade\r\nsec-websocket-version: 13\r\n"
        + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + String.join("", List.of(more).stream().map(line -> line + "\r\n").toList())
        + "\r\n";
  }

  /** The connection. */
  FakeClient client() {
    return client;
  }

  /** The response to the handshake, as it came. */
  String head() {
    String all = new String(client.bytes(), US_ASCII);
    int end = all.indexOf("\r\n\r\n");
    return end < 0 ? all : all.substring(0, end + 4);
  }

  /** Sends a message of JSON, in which {@code '} stands for a quote, and lets the gateway run. */
  FakeSocket send(String json) {
    return send(text(json));
  }

  /** Sends bytes and lets the gateway run. */
  FakeSocket send(byte[] bytes) {
    client.write(bytes);
    gateway.settle();
    return this;
  }

  /** The frame of a message of JSON, in which {@code '} stands for a quote. */
  static byte[] text(String json) {
    return frame(true, TEXT, json.replace('\'', '"').getBytes(UTF_8));
  }

  /** A masked frame. */
  static byte[] frame(boolean isLast, int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) ((isLast ? FIN : 0) | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ (MASK >>> (24 - 8 * (i % 4)))));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** All frames of the gateway so far. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    byte[] all = client.bytes();
    ByteBuffer left = ByteBuffer.wrap(all);
    left.position(head().length());
    while (left.remaining() >= 2) {
      int opcode = left.get() & 0x0F;
      int length = left.get() & 0xFF;
      length =
          length == 126 ? left.getShort() & 0xFFFF : length == 127 ? (int) left.getLong() : length;
      byte[] payload = new byte[length];
      left.get(payload);
      frames.add(new Frame(opcode, payload));
    }
    return frames;
  }

  /** All messages of the gateway so far. */
  List<String> messages() {
    return frames().stream().filter(frame -> frame.opcode() == TEXT).map(Frame::text).toList();
  }

  /** The types of all messages so far. */
  List<String> types() {
    return messages().stream()
        .map(message -> message.replaceAll("^.*?\"type\":\"([^\"]+)\".*$", "$1"))
        .toList();
  }

  /** The last message. */
  String last() {
    return messages().getLast();
  }

  /** The code with which the gateway has closed; -1 if it has not. */
  int closedWith() {
    return frames().stream()
        .filter(frame -> frame.opcode() == CLOSE)
        .mapToInt(Frame::code)
        .findFirst()
        .orElse(-1);
  }
}
