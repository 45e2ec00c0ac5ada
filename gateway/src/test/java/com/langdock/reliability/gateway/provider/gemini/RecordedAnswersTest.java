package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every recorded answer of Gemini, compared with an independent reading of its JSON. */
class RecordedAnswersTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FINISH_REASONS =
      Set.of("stop", "length", "tool_calls", "content_filter");

  private final GeminiFormat format = new GeminiFormat();
  private final TargetRequest request = Exchanges.of("{}", "gemini", GeminiModels.LEVEL);

  /** A recording as one client would see it. */
  private record Seen(String text, String thinking, List<String> calls, long input, long output) {
    static Seen of(List<JsonNode> responses) {
      StringBuilder text = new StringBuilder();
      StringBuilder thinking = new StringBuilder();
      List<String> calls = new ArrayList<>();
      for (JsonNode response : responses) {
        for (JsonNode part : response.at("/candidates/0/content/parts")) {
          boolean isThought = part.path("thought").asBoolean(false);
          (isThought ? thinking : text).append(part.path("text").asString(""));
          if (part.has("functionCall")) {
            calls.add(part.at("/functionCall/name").asString(""));
          }
        }
      }
      JsonNode usage = responses.getLast().path("usageMetadata");
      return new Seen(
          text.toString(),
          thinking.toString(),
          calls,
          usage.path("promptTokenCount").asLong(0),
          usage.path("candidatesTokenCount").asLong(0)
              + usage.path("thoughtsTokenCount").asLong(0));
    }

    static Seen of(List<Piece> pieces, Usage usage) {
      StringBuilder text = new StringBuilder();
      StringBuilder thinking = new StringBuilder();
      List<String> calls = new ArrayList<>();
      for (Piece piece : pieces) {
        text.append(piece.text());
        if (piece instanceof Piece.Thinking more) {
          thinking.append(JSON.readTree(more.literal()).asString());
        } else if (piece instanceof Piece.Opened(Piece.Block.Call call)) {
          assertThat(JSON.readTree(call.arguments()).isObject()).isTrue();
          calls.add(call.name());
        }
      }
      return new Seen(
          text.toString(), thinking.toString(), calls, usage.inputTokens(), usage.outputTokens());
    }
  }

  private static List<String> wholes() {
    return Stream.of("gemini", "vertex")
        .flatMap(folder -> Recorded.names(folder, ".json").stream())
        .filter(name -> name.contains("/generate-") && !name.endsWith(".request.json"))
        .filter(name -> !name.contains("unexpected-tool-call"))
        .toList();
  }

  private static List<String> streams() {
    return Stream.of("gemini", "vertex")
        .flatMap(folder -> Recorded.names(folder, ".sse").stream())
        .filter(name -> !name.contains("claude"))
        .toList();
  }

  private static List<String> chunks() {
    return Recorded.names("gemini/generate", ".chunks.jsonl");
  }

  @Test
  void haveTheirTextThinkingCallsAndUsage() {
    for (String name : wholes()) {
      Decoded decoded = format.readWhole(request, Replies.head(200), Recorded.bytes(name));
      assertThat(decoded).as(name).isInstanceOf(Decoded.Answered.class);
      Decoded.Answered answered = (Decoded.Answered) decoded;
      List<JsonNode> source = List.of(JSON.readTree(Recorded.bytes(name)));

      Seen seen = Seen.of(answered.answer().pieces(), answered.answer().usage());
      assertThat(seen).as(name).isEqualTo(Seen.of(source));
      JsonNode chat = JSON.readTree(ChatReader.answer(decoded).json());
      assertThat(chat.at("/choices/0/finish_reason").asString()).as(name).isIn(FINISH_REASONS);
    }
  }

  @Test
  void streamsHaveTheTextThinkingCallsAndUsageOfTheirEvents() {
    for (String name : streams()) {
      List<JsonNode> source =
          new String(Recorded.bytes(name), UTF_8)
              .lines()
              .filter(line -> line.startsWith("data:"))
              .map(line -> JSON.readTree(line.substring("data:".length())))
              .toList();
      for (int step : new int[] {1, 13, Integer.MAX_VALUE / 2}) {
        checkPieces(name, read(Recorded.bytes(name), step), source);
      }
    }
  }

  @Test
  void streamsOfChunksHaveTheTextThinkingCallsAndUsageOfTheirEvents() {
    for (String name : chunks()) {
      List<String> lines =
          new String(Recorded.bytes(name), UTF_8).lines().filter(line -> !line.isBlank()).toList();
      String events = "data: " + String.join("\r\n\r\ndata: ", lines) + "\r\n\r\n";
      List<JsonNode> source = lines.stream().map(JSON::readTree).toList();
      if (source.stream().anyMatch(event -> event.at("/candidates/0").has("finishReason"))) {
        checkPieces(name, read(events.getBytes(UTF_8), Integer.MAX_VALUE / 2), source);
      }
    }
  }

  private static void checkPieces(String name, List<Piece> pieces, List<JsonNode> source) {
    assertThat(pieces).as(name).noneMatch(Piece.Failed.class::isInstance);
    assertThat(pieces).as(name).filteredOn(piece -> piece.finishes() > 0).hasSize(1);
    assertThat(pieces.getFirst()).as(name).isInstanceOf(Piece.Started.class);
    @Nullable Usage usage = null;
    int open = 0;
    for (Piece piece : pieces) {
      usage = piece instanceof Piece.Used used ? used.tokens().usage() : usage;
      open += piece instanceof Piece.Opened ? 1 : piece instanceof Piece.Closed ? -1 : 0;
      assertThat(open).as(name).isBetween(0, 1);
    }
    assertThat(open).as(name).isZero();
    assertThat(Seen.of(pieces, usage == null ? Usage.NONE : usage))
        .as(name)
        .isEqualTo(Seen.of(source));
  }

  private List<Piece> read(byte[] stream, int step) {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request, Replies.head(200));
    SseReader frames = new SseReader(data -> reader.read(data, pieces::add));
    for (int at = 0; at < stream.length; at += step) {
      frames.read(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + step)));
    }
    frames.end();
    return pieces;
  }
}
