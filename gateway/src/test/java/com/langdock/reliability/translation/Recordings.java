package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.bedrock.ConverseFormat;
import com.langdock.reliability.gateway.provider.cohere.CohereFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import com.langdock.reliability.gateway.provider.responses.ResponsesFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The recorded answers of all providers that speak one of the gateway's formats. */
final class Recordings {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CHUNKS = ".chunks.jsonl";
  private static final List<String> CHAT =
      List.of(
          "openai",
          "azure",
          "cerebras",
          "deepseek",
          "groq",
          "huggingface",
          "llamacpp",
          "mistral",
          "ollama",
          "openrouter",
          "together",
          "vllm",
          "xai");
  private static final List<String> MIXED = List.of("gemini", "vertex", "gemini/generate");
  private static final List<String> CONVERSE = List.of("bedrock", "bedrock/converse-stream");
  private static final List<String> RESPONSES =
      List.of(
          "openai/responses",
          "azure/responses",
          "bedrock/responses",
          "deepseek/responses",
          "openrouter/responses",
          "xai/responses");

  /** Cohere's own API. */
  static final WireFormat COHERE = new WireFormat("cohere");

  private static final String FRAMES = ".eventstream";
  private static final List<String> MESSAGES = List.of("anthropic", "anthropic/messages");

  private Recordings() {}

  /** The whole answers of a format. */
  static List<String> wholes(WireFormat wire) {
    return names(wire, ".json").stream()
        .filter(name -> !name.contains(".request.") && !name.contains("/error-"))
        .filter(name -> !name.contains("count-tokens") && !name.contains("native-"))
        .filter(name -> !name.contains("embedding") && !name.contains("docs-logprobs"))
        .filter(name -> !name.contains("mantle") && !name.contains("/invoke-"))
        .filter(name -> !name.contains("429") && !name.contains("legacy-function"))
        .toList();
  }

  /** The streams of a format. */
  static List<String> streams(WireFormat wire) {
    List<String> all = new ArrayList<>(names(wire, ".sse"));
    all.addAll(names(wire, CHUNKS));
    all.addAll(names(wire, FRAMES));
    return all;
  }

  /** The errors of all providers, and the format that they speak. */
  static Map<String, WireFormat> errors() {
    Map<String, WireFormat> all = new TreeMap<>();
    for (String folder : CHAT) {
      Recorded.names(folder, ".http").forEach(name -> all.put(name, WireFormat.CHAT));
    }
    Recorded.names("anthropic", ".http").forEach(name -> all.put(name, WireFormat.MESSAGES));
    Recorded.names("cohere", ".http").forEach(name -> all.put(name, COHERE));
    Recorded.names("bedrock", ".http").forEach(name -> all.put(name, WireFormat.CONVERSE));
    for (String folder : List.of("gemini", "vertex")) {
      Recorded.names(folder, ".http").forEach(name -> all.put(name, WireFormat.GEMINI));
    }
    for (String name : Recorded.names("quoted-errors", ".http")) {
      boolean isAnthropic = name.contains("anthropic");
      WireFormat other = name.contains("gemini") ? WireFormat.GEMINI : WireFormat.CHAT;
      all.put(name, isAnthropic ? WireFormat.MESSAGES : other);
    }
    return all;
  }

  private static List<String> names(WireFormat wire, String ending) {
    List<String> all = new ArrayList<>();
    List<String> own =
        wire.equals(WireFormat.CHAT)
            ? CHAT
            : wire.equals(WireFormat.MESSAGES) ? MESSAGES : List.of();
    if (wire.equals(WireFormat.CONVERSE)) {
      CONVERSE.forEach(folder -> all.addAll(Recorded.names(folder, ending)));
      all.removeIf(name -> name.contains("/invoke-"));
    }
    if (wire.equals(COHERE)) {
      all.addAll(Recorded.names("cohere", ending));
    }
    if (wire.equals(WireFormat.RESPONSES)) {
      RESPONSES.forEach(folder -> all.addAll(Recorded.names(folder, ending)));
      all.removeIf(name -> name.contains("background-queued") || name.contains("failed.json"));
    }
    own.forEach(folder -> all.addAll(Recorded.names(folder, ending)));
    for (String folder : MIXED) {
      for (String name : Recorded.names(folder, ending)) {
        if (wire.equals(wireOf(name))) {
          all.add(name);
        }
      }
    }
    return all;
  }

  private static WireFormat wireOf(String name) {
    if (name.contains("claude")) {
      return WireFormat.MESSAGES;
    }
    return name.contains("openai-compat") ? WireFormat.CHAT : WireFormat.GEMINI;
  }

  /** The bytes of a stream as the provider sent them. */
  static byte[] stream(String name) {
    byte[] recorded = Recorded.bytes(name);
    if (!name.endsWith(CHUNKS)) {
      return recorded;
    }
    StringBuilder events = new StringBuilder();
    new String(recorded, UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(line -> events.append("data: ").append(line).append("\n\n"));
    return events.toString().getBytes(UTF_8);
  }

  /** A stream's answer, read without the gateway's code. */
  static SeenAnswer seenInStream(WireFormat wire, String name) {
    if (wire.equals(WireFormat.CONVERSE)) {
      String decoded = name.replace(FRAMES, ".decoded.jsonl");
      return ConverseApi.sent(
          new String(Recorded.bytes(decoded), UTF_8).lines().map(JSON::readTree).toList());
    }
    List<JsonNode> events =
        new String(stream(name), UTF_8)
            .lines()
            .filter(line -> line.startsWith("data:") && line.contains("{"))
            .map(line -> JSON.readTree(line.substring("data:".length())))
            .toList();
    return switch (wire.name()) {
      case "chat" -> ChatApi.sent(events);
      case "messages" -> MessagesApi.sent(events);
      case "responses" -> ResponsesApi.sent(events);
      case "cohere" -> CohereApi.sent(events);
      default -> GeminiApi.sent(events);
    };
  }

  /** A whole answer, read without the gateway's code. */
  static SeenAnswer seenInWhole(WireFormat wire, String name) {
    JsonNode answer = JSON.readTree(Recorded.bytes(name));
    return switch (wire.name()) {
      case "chat" -> ChatApi.whole(answer);
      case "messages" -> MessagesApi.whole(answer);
      case "converse" -> ConverseApi.whole(answer);
      case "responses" -> ResponsesApi.whole(answer);
      case "cohere" -> CohereApi.whole(answer);
      default -> GeminiApi.sent(List.of(answer));
    };
  }

  static ProviderFormat format(WireFormat wire) {
    return switch (wire.name()) {
      case "chat" -> new OpenAiFormat(true);
      case "messages" -> new AnthropicFormat();
      case "converse" -> new ConverseFormat();
      case "responses" -> new ResponsesFormat();
      case "cohere" -> new CohereFormat();
      default -> new GeminiFormat();
    };
  }
}
