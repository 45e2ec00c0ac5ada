package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.langdock.reliability.mock.log.SeenRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Complete streams, and streams that end with an error, observed on both sides. */
@Tag("e2e")
class StreamsE2eTest {
  private static final String OPENAI_TEXT =
      "This is a mock answer to “Say hi”. Each word of it is a chunk of its own, so a lost or"
          + " doubled word shows. Finished by openai/gpt-4.";
  private static final String ANTHROPIC_TEXT =
      OPENAI_TEXT.replace("openai/gpt-4", "anthropic/claude-3-opus");

  /** A model, its provider, and the provider that continues. */
  record Pair(String primary, String model, String other, String otherModel) {
    String otherText() {
      return OPENAI_TEXT.replace("openai/gpt-4", other + "/" + otherModel);
    }
  }

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("openai", "gpt-4", "anthropic", "claude-3-opus"),
          new Pair("anthropic", "claude-3-sonnet", "openai", "gpt-4"));

  private final GatewayFixture fixture = GatewayFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void arrivesFromAProviderOfTheSameFormat() {
    StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole();
    assertThat(reply.text()).isEqualTo(OPENAI_TEXT);
    assertThat(reply.header("x-provider")).isEqualTo("openai");
    assertThat(reply.header("x-attempts")).isEqualTo("1");
    assertThat(reply.header("x-attempt-trail")).startsWith("openai/gpt-4:200:");
    assertThat(reply.header("x-request-id")).startsWith("req_");
    assertThat(reply.usages()).isEmpty();
    assertThat(fixture.attempts("openai", "success")).isEqualTo(1);
    assertThat(fixture.metric("gateway_tokens_total", Map.of("type", "output"))).isPositive();
    assertThat(fixture.metric("gateway_time_to_first_chunk_seconds_count", Map.of())).isEqualTo(1);
  }

  @Test
  void arrivesFromAProviderOfAnotherFormat() {
    StreamReply reply = fixture.stream(GatewayFixture.streamed("claude-3-opus")).isWhole();
    assertThat(reply.text()).isEqualTo(ANTHROPIC_TEXT);
    assertThat(reply.distinct("object")).containsExactly("chat.completion.chunk");
    assertThat(reply.distinct("model")).containsExactly("claude-3-opus");
    assertThat(reply.finishReasons()).containsExactly("stop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4", "claude-3-opus"})
  void reportsItsUsageOnceAtTheEndIfRequested(String model) {
    String body = GatewayFixture.streamed(model, "\"stream_options\":{\"include_usage\":true}");
    StreamReply reply = fixture.stream(body).isWhole();
    assertThat(reply.usages()).hasSize(1);
    assertThat(reply.chunks().getLast().path("choices")).isEmpty();
    assertThat(reply.chunks().getLast().at("/usage/total_tokens").asInt()).isPositive();
  }

  /** Before its first content a stream fails like any other request. */
  @ParameterizedTest
  @MethodSource("failuresBeforeTheStream")
  void failsOverBeforeItBegins(Pair pair, String fault, int calls) {
    script(pair, fault, fault, fault);
    StreamReply reply = fixture.stream(GatewayFixture.streamed(pair.model())).isWhole();
    assertThat(reply.text()).isEqualTo(pair.otherText());
    assertThat(reply.header("x-provider")).isEqualTo(pair.other());
    assertThat(fixture.provider(pair.primary()).requests()).hasSize(calls);
    assertThat(fixture.provider(pair.other()).requests()).hasSize(1);
    assertThat(reply.comments()).isEmpty();
  }

  static Stream<Arguments> failuresBeforeTheStream() {
    Stream<Arguments> twice =
        onBoth("reset", "server_error", "overloaded", "empty", "html")
            .map(with -> arguments(with.get()[0], with.get()[1], 2));
    Stream<Arguments> once =
        onBoth("timeout", "rate_limit", "quota", "auth", "forbidden", "model_not_found")
            .map(with -> arguments(with.get()[0], with.get()[1], 1));
    return Stream.concat(twice, once);
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void failsOverWhenItBreaksBeforeContent(Pair pair, String fault, String word) {
    String script = quoted(List.of(fault, fault, fault));
    fixture
        .provider(pair.primary())
        .configure("{\"stream_fault_after_chunks\":0,\"script\":" + script + "}");
    StreamReply reply = fixture.stream(GatewayFixture.streamed(pair.model())).isWhole();
    assertThat(reply.text()).isEqualTo(pair.otherText());
    assertThat(reply.header("x-provider")).isEqualTo(pair.other());
    assertThat(reply.comments()).isEmpty();
    assertThat(fixture.attempts(pair.primary(), word.equals("stalled") ? "timeout" : word))
        .isPositive();
  }

  /** The ways in which a stream breaks, and the outcome of each after content. */
  static Stream<Arguments> breaks() {
    return Stream.of(
            "stream_cut:stream_broken",
            "stream_fin:stream_broken",
            "stream_end:stream_broken",
            "stream_stall:stalled",
            "malformed:malformed_response",
            "error_in_stream:overloaded")
        .map(way -> way.split(":", 2))
        .flatMap(way -> PAIRS.stream().map(pair -> arguments(pair, way[0], way[1])));
  }

  @ParameterizedTest
  @CsvSource({
    "reset, 502, provider_unreachable", "server_error, 502, provider_error",
    "rate_limit, 429, rate_limit_exceeded", "bad_request, 400, unsupported_value"
  })
  void returnsTheStatusIfNothingWasDelivered(String fault, int status, String code) {
    script(fault, fault, fault);
    fixture.ask(GatewayFixture.streamed("gpt-3.5-turbo")).isError(status, code);
  }

  /** After content reached the client, another provider continues. */
  @ParameterizedTest
  @MethodSource("breaks")
  void continuesAtAnotherProviderWhenItBreaks(Pair pair, String fault, String word) {
    script(pair, fault);
    String body =
        GatewayFixture.streamed(pair.model(), "\"stream_options\":{\"include_usage\":true}");
    StreamReply reply = fixture.stream(body).isWhole();
    assertThat(reply.text()).isEqualTo(pair.otherText());
    assertThat(reply.distinct("model")).containsExactly(pair.model(), pair.otherModel());
    assertThat(reply.comments())
        .containsExactly("continued by " + pair.other() + "/" + pair.otherModel());
    assertThat(reply.usages()).hasSize(1);
    assertThat(fixture.attempts(pair.primary(), word)).isEqualTo(1);
    assertThat(fixture.attempts(pair.other(), "success")).isEqualTo(1);
    assertThat(fixture.metric("gateway_streams_continued_total", Map.of())).isEqualTo(1);
    SeenRequest second = fixture.provider(pair.other()).requests().getFirst();
    assertThat(second.body()).contains("This is a mock answer").doesNotContain("cut off");
  }

  /** Without another provider, the same one is called again after a backoff. */
  @ParameterizedTest
  @ValueSource(strings = {"stream_cut", "stream_stall", "stream_end", "error_in_stream"})
  void continuesAtTheSameProviderWithoutAnother(String fault) {
    fixture.anthropic.configure("{\"script\":[\"" + fault + "\"]}");
    StreamReply reply = fixture.stream(GatewayFixture.streamed("claude-3-opus")).isWhole();
    assertThat(reply.text()).isEqualTo(ANTHROPIC_TEXT);
    assertThat(fixture.anthropic.requests()).hasSize(2);
  }

  @Test
  void continuesByInstructionAfterARejectedPrefill() {
    fixture.anthropic.configure("{\"prefill_supported\":false}");
    for (int round = 0; round < 2; round++) {
      script("stream_cut");
      assertThat(fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole().text())
          .isEqualTo(ANTHROPIC_TEXT);
    }
    assertThat(fixture.anthropic.requests().stream().map(SeenRequest::fault))
        .containsExactly("prefill_refused", "ok", "ok");
  }

  @Test
  void continuesMoreThanOnce() {
    script("stream_cut");
    // Slow enough that openai's backoff ends first for any jitter.
    fixture.anthropic.configure(
        "{\"script\":[\"stream_cut\"],\"stream_fault_after_chunks\":16,\"token_delay_ms\":40}");
    StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole();
    assertThat(reply.text()).isEqualTo(OPENAI_TEXT);
    assertThat(reply.comments())
        .containsExactly("continued by anthropic/claude-3-opus", "continued by openai/gpt-4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"logprobs\":true",
        "\"response_format\":{\"type\":\"json_object\"}",
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\"}}"
      })
  void isNotContinuedIfNoProviderCan(String field) {
    String answer = "one two three four five six seven";
    configure("\"script\":[\"stream_cut\"],\"answer\":\"%s\"", answer);
    StreamReply reply =
        fixture.stream(GatewayFixture.streamed("gpt-4", field)).isBroken("provider_error");
    assertThat(answer).startsWith(reply.text());
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @Test
  void aToolCallUnderWayIsNotContinued() {
    configure(
        "\"tool_call\":true,\"stream_fault_after_chunks\":2,\"script\":[\"%s\"]", "stream_cut");
    String tool =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{}}}]";
    StreamReply reply =
        fixture.stream(GatewayFixture.streamed("gpt-4", tool)).isBroken("provider_error");
    assertThat(reply.text()).isEmpty();
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4", "claude-3-opus"})
  void aToolCallIsComplete(String model) {
    configure("\"tool_call\":true%s", "");
    fixture.anthropic.configure("{\"tool_call\":true}");
    String tool =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{}}}]";
    StreamReply reply = fixture.stream(GatewayFixture.streamed(model, tool)).isWhole();
    assertThat(reply.finishReasons()).containsExactly("tool_calls");
    StringBuilder arguments = new StringBuilder();
    reply
        .chunks()
        .forEach(chunk ->
            arguments.append(
                chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString("")));
    assertThat(arguments.toString()).startsWith("{").endsWith("}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMissingEndAfterAFinishReasonIsTolerated(boolean staysOpen) {
    configure(
        "\"script\":[\"missing_done\"],\"missing_done_stays_open\":%s",
        Boolean.toString(staysOpen));
    long began = System.nanoTime();
    assertThat(fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole().text())
        .isEqualTo(OPENAI_TEXT);
    assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(3_000);
    assertThat(fixture.attempts("openai", "success")).isEqualTo(1);
  }

  @Test
  void everyLineEndAndSplitCharacterIsRead() {
    configure("\"crlf\":true,\"split_utf8\":true,\"answer\":\"%s\"", "Grüße, 世界, 👋!");
    assertThat(fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole().text())
        .isEqualTo("Grüße, 世界, 👋!");
  }

  @Test
  void aSlowStreamIsNotInterrupted() {
    configure("\"token_delay_ms\":60,\"chunks\":%s", "30");
    StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole();
    assertThat(reply.header("x-provider")).isEqualTo("openai");
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  private static Stream<Arguments> onBoth(String... faults) {
    return PAIRS.stream().flatMap(pair -> Stream.of(faults).map(fault -> arguments(pair, fault)));
  }

  private void script(Pair pair, String... faults) {
    fixture.provider(pair.primary()).configure("{\"script\":" + quoted(List.of(faults)) + "}");
  }

  private void script(String... faults) {
    fixture.openai.configure("{\"script\":" + quoted(List.of(faults)) + "}");
  }

  private void configure(String settings, String argument) {
    fixture.openai.configure("{" + settings.formatted(argument) + "}");
  }

  private static String quoted(List<String> words) {
    return words.stream().map(word -> "\"" + word + "\"").toList().toString();
  }
}
