package com.langdock.reliability.mock;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests as a client of the providers sends them. */
final class Calls {
  static final String OPENAI_PATH = "/v1/chat/completions";
  static final String ANTHROPIC_PATH = "/v1/messages";
  static final String GEMINI_PATH = "/v1beta/models/m1:generateContent";
  static final String GEMINI_STREAM = "/v1beta/models/m1:streamGenerateContent?alt=sse";
  static final String GEMINI_ARRAY = "/v1beta/models/m1:streamGenerateContent";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Calls() {}

  /** A request that OpenAI and Anthropic accept. */
  static String hello(boolean streamed) {
    return hello(streamed, "");
  }

  /** The same with more fields, each beginning with a comma. */
  static String hello(boolean streamed, String more) {
    return """
    {"model":"m1","max_tokens":500,"stream":%s,"messages":[{"role":"user","content":"Hello"}]%s}
    """
        .formatted(streamed, more);
  }

  /** The same for Gemini, where the path says whether it is streamed. */
  static String helloGemini() {
    return helloGemini("");
  }

  /** The same with more fields, each beginning with a comma. */
  static String helloGemini(String more) {
    return """
    {"contents":[{"role":"user","parts":[{"text":"Hello"}]}]%s}
    """
        .formatted(more);
  }

  static HttpResponse<String> post(MockProvider provider, String path, String body)
      throws IOException, InterruptedException {
    return send(request(provider, path).POST(BodyPublishers.ofString(body)).build());
  }

  static HttpResponse<String> get(MockProvider provider, String path)
      throws IOException, InterruptedException {
    return send(request(provider, path).build());
  }

  static HttpRequest.Builder request(MockProvider provider, String path) {
    return HttpRequest.newBuilder(URI.create(provider.url() + path));
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** The payloads of the events in a body, without {@code [DONE]}. */
  static List<JsonNode> events(String body) {
    List<JsonNode> events = new ArrayList<>();
    for (String line : body.split("\r?\n", -1)) {
      if (line.startsWith("data: {")) {
        events.add(json(line.substring("data: ".length())));
      }
    }
    return events;
  }

  /** The text that a stream carries, in any format, without thoughts. */
  static String streamedText(String body) {
    StringBuilder text = new StringBuilder();
    for (JsonNode event : events(body)) {
      JsonNode delta = event.path("choices").path(0).path("delta");
      text.append(delta.path("content").stringValue(""));
      text.append(event.path("delta").path("text").stringValue(""));
      JsonNode part = event.at("/candidates/0/content/parts/0");
      text.append(part.has("thought") ? "" : part.path("text").stringValue(""));
    }
    return text.toString();
  }
}
