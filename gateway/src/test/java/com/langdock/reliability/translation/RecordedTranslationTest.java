package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.provider.Recorded;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every recorded answer of every provider means the same to a client of every API: the same text,
 * thinking, calls, end and usage as somebody finds who reads the recording itself.
 */
class RecordedTranslationTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SPLITS = 3;

  /** Streams that are broken, or have what the gateway never asks for, and so are no answers. */
  private static final Set<String> BROKEN =
      Set.of(
          "anthropic/messages/vercel-spliced-message-start.chunks.jsonl",
          "gemini/vercel-stream-partial-args.chunks.jsonl",
          "groq/stream-midstream-error.sse",
          "openai/responses/stream-failed.sse",
          "openai/responses/vercel-error.chunks.jsonl",
          "openai/responses/vercel-parallel-wrapper.chunks.jsonl",
          "openrouter/stream-midstream-error.sse");

  /** The model called a function that nobody offered. */
  private static final String MALFORMED = "vertex/generate-unexpected-tool-call.json";

  static Stream<Arguments> pairs() {
    return Stream.of(
            WireFormat.CHAT,
            WireFormat.MESSAGES,
            WireFormat.RESPONSES,
            WireFormat.GEMINI,
            WireFormat.CONVERSE,
            Recordings.COHERE)
        .flatMap(wire -> Fronts.names().map(front -> Arguments.of(front, wire.name())));
  }

  private static Exchange exchange(Front front) {
    String body =
        "{\"model\":\"any\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":"
            + "{\"thinkingConfig\":{\"includeThoughts\":true}},"
            + "\"input\":\"Hi\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
    return Fronts.read(front, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void wholeAnswersMeanTheSame(String client, String format) {
    Front front = Fronts.of(client);
    WireFormat wire = new WireFormat(format);
    for (String name : Recordings.wholes(wire)) {
      String answer =
          Relay.whole(front, exchange(front), Recordings.format(wire), Recorded.bytes(name));
      if (name.equals(MALFORMED)) {
        assertThat(answer).as(name).startsWith("failed: malformed_response");
        continue;
      }
      SeenAnswer source = Recordings.seenInWhole(wire, name);
      assertThat(whole(front, answer).comparedWith(source)).as(name).isEqualTo(source);
    }
  }

  private static SeenAnswer whole(Front front, String answer) {
    JsonNode json = JSON.readTree(answer);
    if (front.equals(Fronts.CHAT)) {
      return ChatApi.whole(json);
    }
    if (front.equals(Fronts.GEMINI)) {
      return GeminiApi.sent(List.of(json));
    }
    return front.equals(Fronts.MESSAGES) ? MessagesApi.whole(json) : ResponsesApi.whole(json);
  }

  private static SeenAnswer stream(Front front, String events) {
    if (front.equals(Fronts.CHAT)) {
      return ChatApi.stream(events);
    }
    if (front.equals(Fronts.GEMINI)) {
      return GeminiApi.stream(events);
    }
    return front.equals(Fronts.MESSAGES) ? MessagesApi.stream(events) : ResponsesApi.stream(events);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void streamsMeanTheSame(String client, String format) {
    Front front = Fronts.of(client);
    WireFormat wire = new WireFormat(format);
    for (String name : Recordings.streams(wire)) {
      byte[] sent = Recordings.stream(name);
      String events = Relay.stream(front, exchange(front), Recordings.format(wire), sent);
      if (BROKEN.contains(name)) {
        assertThat(events)
            .as(name)
            .contains("failed: ")
            .doesNotContain("message_stop", "response.completed");
        continue;
      }
      SeenAnswer source = Recordings.seenInStream(wire, name);
      SeenAnswer seen =
          front.equals(Fronts.RESPONSES) && wire.equals(WireFormat.RESPONSES)
              ? ResponsesApi.passed(events)
              : stream(front, events);
      assertThat(seen.comparedWith(source)).as(name).isEqualTo(source);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void streamsAreTheSameWhereverTheirBytesAreSplit(String client, String format) {
    Front front = Fronts.of(client);
    WireFormat wire = new WireFormat(format);
    for (String name : Recordings.streams(wire)) {
      byte[] sent = Recordings.stream(name);
      String events = Relay.stream(front, exchange(front), Recordings.format(wire), sent);
      for (int seed = 0; seed < SPLITS; seed++) {
        Random random = new Random(seed);
        assertThat(Relay.pieces(front, exchange(front), Recordings.format(wire), sent, random))
            .as("%s, seed %d", name, seed)
            .isEqualTo(events);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"chat", "messages", "responses", "gemini"})
  void errorsAreNoAnswers(String client) {
    Front front = Fronts.of(client);
    Recordings.errors()
        .forEach((name, wire) ->
            assertThat(
                    Relay.whole(
                        front, exchange(front), Recordings.format(wire), Recorded.http(name)))
                .as(name)
                .startsWith("failed: "));
  }

  @ParameterizedTest
  @CsvSource({
    "quoted-errors/anthropic-stream-overloaded.sse, messages, overloaded",
    "quoted-errors/openai-stream-server-is-overloaded.sse, chat, overloaded",
    "quoted-errors/vllm-stream-error-new.sse, chat, context_length_exceeded",
    "synthetic/openai-midstream-error.sse, chat, server_error",
    "synthetic/anthropic-midstream-overloaded.sse, messages, overloaded",
    "synthetic/openai-truncated-no-done.sse, chat, malformed_response",
    "synthetic/bedrock-bad-message-crc.eventstream, converse, malformed_response",
    "synthetic/bedrock-first-frame-validation.eventstream, converse, request_rejected",
    "synthetic/bedrock-midstream-modelstreamerror.eventstream, converse, server_error",
    "synthetic/bedrock-midstream-throttling.eventstream, converse, rate_limited",
    "synthetic/bedrock-midstream-unmodeled-error.eventstream, converse, server_error",
    "synthetic/bedrock-truncated-frame.eventstream, converse, stream_broken",
  })
  void errorsInsideStreamsEndThem(String name, String format, String word) {
    for (Front front : Fronts.names().map(Fronts::of).toList()) {
      String events =
          Relay.stream(
              front,
              exchange(front),
              Recordings.format(new WireFormat(format)),
              Recordings.stream(name));
      assertThat(events)
          .endsWith("failed: " + word + "\n")
          .doesNotContain("message_stop")
          .doesNotContain("response.completed")
          .doesNotContain("[DONE]");
    }
  }
}
