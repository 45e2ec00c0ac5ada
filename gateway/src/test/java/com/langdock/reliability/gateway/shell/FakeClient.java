package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A client on one connection. Writes raw HTTP and reads responses. */
public final class FakeClient {
  private final TestGateway gateway;
  private final FakeChannel channel;
  private final ByteArrayOutputStream got = new ByteArrayOutputStream();
  private boolean left;

  FakeClient(TestGateway gateway, FakeChannel channel) {
    this.gateway = gateway;
    this.channel = channel;
    channel.whenWritten(() -> got.writeBytes(channel.takeWritten()));
  }

  /** Sends {@code bytes}; the gateway reads them when it runs next. */
  public FakeClient write(String bytes) {
    channel.send(bytes.getBytes(UTF_8));
    return this;
  }

  /** Sends {@code bytes}; the gateway reads them together when it runs next. */
  FakeClient write(byte[] bytes) {
    channel.send(bytes);
    return this;
  }

  /** All bytes received so far. */
  byte[] bytes() {
    return got.toByteArray();
  }

  /** Requests a chat completion and lets the gateway run. */
  public FakeClient chat(String json) {
    write(request(json));
    gateway.settle();
    return this;
  }

  /** The bytes of a request for a chat completion. */
  public static String request(String json) {
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
        + "content-type: application/json\r\ncontent-length: "
        + json.getBytes(UTF_8).length
        + "\r\n\r\n"
        + json;
  }

  /** Closes the connection, and lets the gateway run. */
  public void leave() {
    left = true;
    channel.end();
    gateway.settle();
  }

  /** Resets the connection, and lets the gateway run. */
  public void reset() {
    channel.reset();
    gateway.settle();
  }

  /** Stops reading what the gateway writes. */
  public void stopReading() {
    channel.setReading(false);
  }

  /** Resumes reading and lets the gateway run. */
  public void readOn() {
    channel.setReading(true);
    gateway.settle();
  }

  /** Whether the client has closed the connection. */
  boolean hasLeft() {
    return left;
  }

  /** Whether either side has closed the connection. */
  public boolean isClosed() {
    return !channel.isOpen();
  }

  /** Whether the gateway has unread bytes. */
  public boolean hasUnread() {
    return channel.hasUnread();
  }

  /** All bytes received so far. */
  public String raw() {
    return got.toString(UTF_8);
  }

  /** All responses so far; the last one may be incomplete. */
  public List<HttpReply> replies() {
    return HttpReply.parse(got.toByteArray(), isClosed());
  }

  /** The only response. */
  public HttpReply reply() {
    List<HttpReply> replies = replies();
    if (replies.size() != 1) {
      throw new AssertionError(replies.size() + " responses: " + raw());
    }
    return replies.getFirst();
  }
}
