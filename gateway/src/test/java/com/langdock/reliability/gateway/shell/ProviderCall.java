package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * One request as a provider sees it, and the ways to treat it, in OpenAI's format.
 *
 * <p>Whatever is sent here is read by the gateway when it runs next; a script that runs within the
 * gateway's turn need not care, a test that calls from outside says {@link TestGateway#settle}.
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

  /** Whether a stream is asked for. */
  public boolean wantsStream() {
    return body.replace(" ", "").contains("\"stream\":true");
  }

  /** Whether its connection is closed, by either side. */
  public boolean isClosed() {
    return !channel.isOpen();
  }

  /** Whether the gateway has not read all that was sent. */
  public boolean hasUnread() {
    return channel.hasUnread();
  }

  /** Whether the answer has been sent whole, or the connection is closed. */
  boolean isOver() {
    return over || isClosed();
  }

  boolean isOn(FakeChannel other) {
    return channel.equals(other);
  }

  /** Sends bytes as they are. */
  public ProviderCall send(String raw) {
    channel.send(raw.getBytes(UTF_8));
    return this;
  }

  /** Sends the last bytes of an answer as they are. */
  public void sendLast(String raw) {
    over = true;
    send(raw);
  }

  /** Answers {@code Hello.}, as a stream where one is asked for. */
  public void greet() {
    greetWith("Hello.");
  }

  /** Answers with this text, as a stream where one is asked for. */
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

  /** Answers with an error in OpenAI's shape, with more headers where there are any. */
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

  /** Answers with a whole stream of these texts, all at once. */
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

  /** Sends the finish reason and the stream's proper end. */
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

  /** Does {@code action} after a while, if the connection is open by then. */
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
