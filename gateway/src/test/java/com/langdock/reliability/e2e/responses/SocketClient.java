package com.langdock.reliability.e2e.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A client of a WebSocket, with the JDK's own implementation. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private final boolean isLazy;
  private final WebSocket socket;

  private SocketClient(HttpClient client, URI url, boolean isLazy) {
    this.isLazy = isLazy;
    this.socket = client.newWebSocketBuilder().buildAsync(url, this).join();
  }

  /** Connects to {@code url}. */
  static SocketClient open(HttpClient client, URI url) {
    return new SocketClient(client, url, false);
  }

  /** Connects, and reads only what is {@linkplain #read asked for}. */
  static SocketClient lazy(HttpClient client, URI url) {
    return new SocketClient(client, url, true);
  }

  /** Sends a message, in which {@code '} stands for a quote. */
  SocketClient send(String message) {
    socket.sendText(message.replace('\'', '"'), true).join();
    return this;
  }

  /** Sends a binary message. */
  SocketClient sendBinary() {
    socket.sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
    return this;
  }

  /** Reads on, if it is lazy. */
  void read() {
    socket.request(Long.MAX_VALUE);
  }

  /** The next event. */
  JsonNode next() throws InterruptedException {
    JsonNode event = received.poll(10, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return Objects.requireNonNull(event);
  }

  /** The events of one response, to its end or to an error that is none of a response. */
  List<JsonNode> turn() throws InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    while (true) {
      JsonNode event = next();
      events.add(event);
      String type = event.path("type").asString("");
      if (type.equals("response.completed")
          || type.equals("response.incomplete")
          || type.equals("response.failed")
          || event.has("status")) {
        return events;
      }
    }
  }

  /** Sends a request and returns its last event. */
  JsonNode ask(String message) throws InterruptedException {
    return send(message).turn().getLast();
  }

  /** The code of the gateway's close, which is awaited. */
  int closedWith() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Ends the connection without a word. */
  void abort() {
    socket.abort();
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (!isLazy) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      received.add(JSON.readTree(part.toString()));
      part.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable thrown) {
    closed.completeExceptionally(thrown);
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> null).join();
    socket.abort();
  }
}
