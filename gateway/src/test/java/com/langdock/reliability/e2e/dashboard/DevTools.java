package com.langdock.reliability.e2e.dashboard;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A client of the Chrome DevTools Protocol for one tab. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_SECONDS = 20;

  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final StringBuilder message = new StringBuilder();
  private final WebSocket socket;

  DevTools(HttpClient client, URI tab) {
    socket = client.newWebSocketBuilder().buildAsync(tab, this).join();
    List.of("Runtime.enable", "Log.enable", "Page.enable").forEach(each -> ask(each, Map.of()));
  }

  /** Sends a command and returns the tab's response. */
  JsonNode ask(String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).join();
    return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Exceptions, console errors and violations of the content security policy so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      take(JSON.readTree(message.toString()));
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(JsonNode text) {
    JsonNode parameters = text.path("params");
    switch (text.path("method").asString("")) {
      case "Runtime.exceptionThrown" ->
          problems.add(parameters.path("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (parameters.path("type").asString().equals("error")) {
          problems.add(parameters.path("args").toString());
        }
      }
      case "Log.entryAdded" -> logged(parameters.path("entry"));
      default -> {
        CompletableFuture<JsonNode> answer = asked.remove(text.path("id").asInt(0));
        if (answer != null) {
          answer.complete(text.path("result"));
        }
      }
    }
  }

  /**
   * Failed API calls are not errors of the page, nor is a closed gateway; missing files of the page
   * are.
   */
  private void logged(JsonNode entry) {
    boolean network = entry.path("source").asString().equals("network");
    boolean api = entry.path("url").asString("").contains("/api/");
    boolean refused = entry.path("text").asString("").endsWith("net::ERR_CONNECTION_REFUSED");
    if (entry.path("level").asString().equals("error") && !(network && (api || refused))) {
      problems.add(entry.toString());
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
