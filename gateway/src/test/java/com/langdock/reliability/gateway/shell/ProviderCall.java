package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * One request at a provider, with methods to answer it in OpenAI's format.
 *
 * <p>The gateway reads sent bytes when it runs next. A script runs inside the gateway's turn; a
 * test that calls from outside must call {@link TestGateway#settle}.
 */
public final class ProviderCall {
  private static final String CHUNK =
      """
      {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":\
      [{"index":0,"delta":%s,"finish_reason":%s}]}\
      """;

  private final TestGateway gateway;
  private final FakeChannel channel;
  private final String head;
  private final String body;
  private boolean over;

  ProviderCall(TestGateway gateway, FakeChannel channel, String head, String body) {
    this.gateway = gateway;
    this.channel = channel;
    this.head = head;
    this.body = body;
  }

  /** The request's line and headers. */
  public String head() {
    return head;
  }

  /** The request's body. */
  public String body() {
    return body;
  }

  /** Whether the request is for a stream. */
  public boolean wantsStream() {
    return body.replace(" ", "").contains("\"stream\":true");
  }

  /** Whether either side has closed the connection. */
  public boolean isClosed() {
    return !channel.isOpen();
  }

  /** Whether the gateway has unread bytes. */
  public boolean hasUnread() {
    return channel.hasUnread();
  }

  /** Whether the answer is complete or the connection is closed. */
  boolean isOver() {
    return over || isClosed();
  }

  boolean isOn(FakeChannel other) {
    return channel.equals(other);
  }

  /** Sends raw bytes. */
  public ProviderCall send(String raw) {
    channel.send(raw.getBytes(UTF_8));
    return this;
  }

  /** Sends the last raw bytes of an answer. */
  public void sendLast(String raw) {
    over = true;
    send(raw);
  }

  /** Answers {@code Hello.}, as a stream if requested. */
  public void greet() {
    greetWith("Hello.");
  }

  /** Answers with this text, as a stream if requested. */
  public void greetWith(String text) {
    if (wantsStream()) {
      stream(text.substring(0, 3), text.substring(3));
    } else {
      answer(text);
    }
  }

  /** Answers with a completion whose text is {@code text}. */
  public void answer(String text) {
    answer(
        200,
        """
        {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
        "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":\
        {"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\
        """
            .formatted(text));
  }

  /** Answers with an error in OpenAI's format and additional headers. */
  public void error(int status, String... headers) {
    answer(
        status,
        "{\"error\":{\"message\":\"It did not work.\",\"type\":\"error\",\"code\":null}}",
        headers);
  }

  /** Answers with JSON. */
  public void answer(int status, String json, String... headers) {
    over = true;
    String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    send(
        "HTTP/1.1 %d Whatever\r\ncontent-type: application/json\r\n%scontent-length: %d\r\n\r\n%s"
            .formatted(status, more, json.getBytes(UTF_8).length, json));
  }

  /** Answers with a complete stream of these texts, in one write. */
  public void stream(String... texts) {
    beginStream();
    for (String text : texts) {
      text(text);
    }
    finish();
  }

  /** Sends the head of a stream. */
  public ProviderCall beginStream() {
    return send(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n");
  }

  /** Sends a chunk with this text. */
  public ProviderCall text(String text) {
    return event(CHUNK.formatted("{\"content\":\"" + text + "\"}", "null"));
  }

  /** Sends the finish reason and the end of the stream. */
  public void finish() {
    over = true;
    event(CHUNK.formatted("{}", "\"stop\"")).event("[DONE]").send("0\r\n\r\n");
  }

  /** Sends one event. */
  public ProviderCall event(String data) {
    return bytes("data: " + data + "\n\n");
  }

  /** Sends bytes of the stream. */
  public ProviderCall bytes(String some) {
    return send(Integer.toHexString(some.getBytes(UTF_8).length) + "\r\n" + some + "\r\n");
  }

  /** Closes the connection. */
  public void close() {
    channel.end();
  }

  /** Resets the connection. */
  public void reset() {
    channel.reset();
  }

  /** Runs {@code action} after a delay, if the connection is still open. */
  public void after(Duration delay, Runnable action) {
    gateway.later(
        delay,
        () -> {
          if (!isClosed()) {
            action.run();
          }
        });
  }
}
