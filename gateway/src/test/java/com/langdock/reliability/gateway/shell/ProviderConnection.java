package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.function.Consumer;

/** The provider's end of one connection. Parses requests from the received bytes. */
final class ProviderConnection {
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final String LENGTH = "content-length: ";

  private final TestGateway gateway;
  private final FakeChannel channel;
  private final Consumer<ProviderCall> handler;
  private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

  ProviderConnection(TestGateway gateway, FakeChannel channel, Consumer<ProviderCall> handler) {
    this.gateway = gateway;
    this.channel = channel;
    this.handler = handler;
  }

  /** Reads the bytes that the gateway has written. */
  void read() {
    unread.writeBytes(channel.takeWritten());
    String text = unread.toString(ISO_8859_1);
    int headEnd = text.indexOf(END_OF_HEAD);
    if (headEnd < 0) {
      return;
    }
    String head = text.substring(0, headEnd);
    int bodyAt = headEnd + END_OF_HEAD.length();
    int end = bodyAt + length(head);
    if (end <= text.length()) {
      unread.reset();
      unread.writeBytes(text.substring(end).getBytes(ISO_8859_1));
      String body = new String(text.substring(bodyAt, end).getBytes(ISO_8859_1), UTF_8);
      handler.accept(new ProviderCall(gateway, channel, head, body));
    }
  }

  private static int length(String head) {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int end = lower.indexOf('\r', at);
    return Integer.parseInt(
        lower.substring(at + LENGTH.length(), end < 0 ? lower.length() : end).strip());
  }
}
