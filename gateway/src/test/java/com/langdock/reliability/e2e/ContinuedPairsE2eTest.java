package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.langdock.reliability.e2e.Question.Trait;
import com.langdock.reliability.mock.MockProvider;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that break at a provider of one format and go on at another, for every API. */
@Tag("e2e")
class ContinuedPairsE2eTest {
  private static final String BEGINNING = "This is a mock answer to “Say hi”.";

  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    String patient = GatewayFixture.with("circuit_breaker: {threshold: 1000, minimum_calls: 1000}");
    fixture =
        GatewayFixture.ofFormats(
            patient.replace("heartbeat_timeout", "thinking_timeout: 700ms, heartbeat_timeout"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    for (Format format : Format.values()) {
      provider(format).reset();
      provider(format).configure("{\"strict\":true}");
    }
  }

  static Stream<Arguments> changes() {
    return Client.all().stream()
        .flatMap(client ->
            Arrays.stream(Format.values())
                .flatMap(first ->
                    first.others().stream().map(second -> arguments(client, first, second))));
  }

  static Stream<Arguments> breaks() {
    return changes()
        .map(Arguments::get)
        .flatMap(change ->
            Stream.of("stream_cut", "stream_end", "stream_stall", "error_in_stream", "malformed")
                .map(fault -> arguments(change[0], change[1], change[2], fault)));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void areWhole(Client client, Format first, Format second, String fault) {
    breakAt(first, 10, fault);
    Answer answer = client.ask(fixture, Question.of(first.modelBefore(second), true, "Say hi"));

    assertThat(answer.text()).isEqualTo(second.answer("Say hi"));
    assertThat(answer.comments()).isEqualTo(client.comments("continued by " + second));
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    assertThat(provider(first).requests()).hasSize(1);
    List<SeenRequest> rest = provider(second).requests();
    assertThat(rest).hasSize(1);
    assertThat(rest.getFirst().body()).contains(BEGINNING);
    // The question came to both providers, and its answer from both: no part was counted twice.
    assertThat(answer.tokens().input()).isGreaterThan(Math.ceilDiv(BEGINNING.length(), 4));
    assertThat(answer.tokens().output()).isBetween(25L, 60L);
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void failOverBeforeContent(Client client, Format first, Format second, String fault) {
    breakAt(first, 0, fault, fault, fault);
    Question question = Question.of(first.modelBefore(second), true, "Say hi");
    HttpResponse<String> response = client.asking(fixture, question).join();
    Answer answer = client.streamed(response);

    assertThat(answer.text()).isEqualTo(second.answer("Say hi"));
    assertThat(answer.comments()).isEmpty();
    assertThat(response.headers().firstValue("x-provider")).contains(second.provider());
    assertThat(provider(second).requests()).hasSize(1);
    assertThat(provider(second).requests().getFirst().body()).doesNotContain(BEGINNING);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void areWholeAfterABreakWhileThinking(Client client, Format first, Format second) {
    breakAt(first, 3, "stream_cut");
    Answer answer =
        client.ask(fixture, Question.of(first.modelBefore(second), true, "Say hi", Trait.THINKING));

    assertThat(answer.text()).isEqualTo(second.answer("Say hi"));
    assertThat(answer.finish()).isEqualTo(client.finish(false));
    assertThat(provider(second).requests()).hasSize(1);
    if (first != Format.OPENAI) { // whose thinking is hidden
      assertThat(answer.thinking()).startsWith("The user says");
    }
  }

  private static void breakAt(Format first, int contents, String... faults) {
    provider(first)
        .configure(
            "{\"strict\":true,\"stream_fault_after_chunks\":"
                + contents
                + ",\"script\":[\""
                + String.join("\",\"", faults)
                + "\"]}");
  }

  private static MockProvider provider(Format format) {
    return fixture.provider(format.provider());
  }
}
