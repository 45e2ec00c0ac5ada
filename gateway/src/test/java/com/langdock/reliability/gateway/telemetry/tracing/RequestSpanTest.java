package com.langdock.reliability.gateway.telemetry.tracing;

import static com.langdock.reliability.gateway.telemetry.Samples.CLAUDE;
import static com.langdock.reliability.gateway.telemetry.Samples.GPT;
import static com.langdock.reliability.gateway.telemetry.Samples.RATE_LIMITED;
import static com.langdock.reliability.gateway.telemetry.Samples.TIMEOUT;
import static com.langdock.reliability.gateway.telemetry.Samples.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The tree of spans that the events of a session make. */
class RequestSpanTest {
  private final Recorded recorded = new Recorded();

  @AfterEach
  void closeTheSdk() {
    recorded.close();
  }

  /** The attributes of an answered request or attempt, and those given. */
  private static Map<String, Object> answeredWith(Map<String, Object> others) {
    Map<String, Object> attributes =
        new HashMap<>(
            Map.of(
                "gen_ai.operation.name",
                "chat",
                "gen_ai.provider.name",
                "openai",
                "gen_ai.request.model",
                "gpt-4",
                "gen_ai.request.stream",
                false,
                "gen_ai.response.model",
                "gpt-4",
                "gen_ai.usage.input_tokens",
                10L,
                "gen_ai.usage.cache_read.input_tokens",
                4L,
                "gen_ai.usage.output_tokens",
                5L));
    attributes.putAll(others);
    return attributes;
  }

  @Test
  void aRequestIsAServersSpanWithAClientsSpanForItsAttempt() {
    recorded.request.after(2).attempt(1, GPT).after(40).succeeds(USAGE);
    recorded.answered(200);

    SpanData root = recorded.root();
    assertThat(root.getName()).isEqualTo("chat gpt-4");
    assertThat(root.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(root.getParentSpanContext().isValid()).isFalse();
    assertThat(root.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(Recorded.times(root)).containsExactly(0L, 42L);
    assertThat(Recorded.attributes(root))
        .containsExactlyInAnyOrderEntriesOf(
            answeredWith(
                Map.of(
                    "http.request.method",
                    "POST",
                    "http.route",
                    "/v1/chat/completions",
                    "http.response.status_code",
                    200L,
                    "gateway.request_id",
                    "req_1_0000000a",
                    "gateway.attempts",
                    1L)));
    SpanData attempt = recorded.children().getFirst();
    assertThat(attempt.getName()).isEqualTo("chat gpt-4");
    assertThat(attempt.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(Recorded.times(attempt)).containsExactly(2L, 42L);
    assertThat(Recorded.attributes(attempt))
        .containsExactlyInAnyOrderEntriesOf(
            answeredWith(
                Map.of(
                    "http.response.status_code",
                    200L,
                    "server.address",
                    "api.openai.com",
                    "server.port",
                    443L,
                    "gateway.attempt_number",
                    1L,
                    "gateway.probe",
                    false)));
  }

  @Test
  void aWaitAndAMoveAreBetweenAttempts() {
    recorded
        .request
        .attempt(1, GPT)
        .after(10)
        .attemptFails(RATE_LIMITED)
        .retryIn(50)
        .after(51)
        .attempt(2, GPT)
        .after(10)
        .attemptFails(TIMEOUT)
        .moves(GPT, CLAUDE, TIMEOUT)
        .probe(3, CLAUDE)
        .after(20)
        .succeeds(USAGE);
    recorded.answered(200);

    List<SpanData> children = recorded.children();
    assertThat(children)
        .extracting(SpanData::getName)
        .containsExactly("chat gpt-4", "wait", "chat gpt-4", "chat claude-3-opus");
    SpanData limited = children.getFirst();
    assertThat(limited.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(Recorded.attributes(limited))
        .containsEntry("error.type", "rate_limited")
        .containsEntry("http.response.status_code", 429L)
        .doesNotContainKey("gen_ai.response.model");
    assertThat(Recorded.times(children.get(1))).containsExactly(10L, 61L);
    assertThat(children.get(1).getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(Recorded.attributes(children.get(1)))
        .containsEntry("gateway.error", "rate_limited")
        .containsEntry("gateway.wait_ms", 50L)
        .containsEntry("gateway.attempt_number", 2L);
    assertThat(Recorded.attributes(children.get(2)))
        .containsEntry("error.type", "timeout")
        .doesNotContainKey("http.response.status_code");
    assertThat(Recorded.attributes(children.get(3)))
        .containsEntry("gateway.probe", true)
        .containsEntry("server.address", "localhost")
        .containsEntry("server.port", 8002L);
    assertThat(recorded.root().getEvents())
        .extracting(EventData::getName)
        .containsExactly("failover", "fallback");
    assertThat(
            recorded
                .root()
                .getEvents()
                .getFirst()
                .getAttributes()
                .get(SpanAttributes.FROM_PROVIDER))
        .isEqualTo("openai");
    assertThat(Recorded.attributes(recorded.root()))
        .containsEntry("gateway.attempts", 3L)
        .containsEntry("gen_ai.provider.name", "anthropic")
        .containsEntry("gen_ai.response.model", "claude-3-opus");
  }

  @Test
  void aRefusedTargetIsAnEventWithoutASpan() {
    recorded
        .request
        .targetIsRefused(GPT, new Failure.Refused(Failure.Refused.By.PAUSE, 1))
        .retryIn(5)
        .after(5)
        .attempt(1, GPT)
        .succeeds(USAGE);
    recorded.answered(200);

    assertThat(recorded.root().getEvents())
        .extracting(EventData::getName)
        .containsExactly("target_refused");
    assertThat(Recorded.attributes(recorded.children().getFirst()))
        .containsEntry("gateway.error", "paused");
  }

  @Test
  void aSkippedAttemptIsNotCounted() {
    recorded
        .request
        .attempt(1, CLAUDE)
        .attemptIsSkipped(new Failure.Untranslatable("n", "SECRET"))
        .attempt(1, GPT)
        .succeeds(USAGE);
    recorded.answered(200);

    assertThat(Recorded.text(recorded.children().getFirst(), "error.type"))
        .isEqualTo("untranslatable");
    assertThat(Recorded.attributes(recorded.root())).containsEntry("gateway.attempts", 1L);
  }

  @Test
  void aFailureHasTheClientsCodeAndTheLastError() {
    recorded
        .request
        .attempt(1, GPT)
        .after(30)
        .attemptFails(TIMEOUT)
        .fails(TIMEOUT, ErrorCode.PROVIDER_TIMEOUT);
    assertThat(recorded.spans()).hasSize(1);

    recorded.answered(504);

    assertThat(recorded.root().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(Recorded.attributes(recorded.root()))
        .containsEntry("error.type", "provider_timeout")
        .containsEntry("gateway.error", "timeout")
        .containsEntry("http.response.status_code", 504L);
  }

  @Test
  void anErrorOfTheClientsIsNoErrorOfTheServers() {
    recorded.request.attempt(1, GPT).attemptFails(RATE_LIMITED);
    recorded.request.fails(RATE_LIMITED, ErrorCode.RATE_LIMIT_EXCEEDED);
    recorded.answered(429);

    assertThat(recorded.root().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(Recorded.text(recorded.root(), "error.type")).isEqualTo("rate_limit_exceeded");
  }

  @Test
  void aClientThatLeavesEndsAllSpansWithoutAnError() {
    recorded.request.attempt(1, GPT).after(7).attemptFails(new Failure.ClientGone()).clientLeaves();

    assertThat(recorded.spans())
        .hasSize(2)
        .allSatisfy(span -> {
          assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
          assertThat(Recorded.text(span, "error.type")).isEqualTo("client_gone");
          assertThat(Recorded.times(span)).containsExactly(0L, 7L);
        });
  }

  @Test
  void anEventIsRecordedAtTheAttemptThatItNames() {
    Attempt first = recorded.request.attempt(1, GPT).running();
    Attempt second = recorded.request.after(5).attempt(2, CLAUDE).running();
    recorded.request.about(first).after(5).attemptFails(TIMEOUT);
    recorded.request.about(second).after(5).succeeds(USAGE);
    recorded.answered(200);

    assertThat(recorded.children())
        .satisfiesExactly(
            child -> {
              assertThat(Recorded.times(child)).containsExactly(0L, 10L);
              assertThat(child.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            },
            child -> {
              assertThat(Recorded.times(child)).containsExactly(5L, 15L);
              assertThat(child.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            });
  }

  @Test
  void aClientThatLeavesInAWaitEndsTheWait() {
    recorded.request.attempt(1, GPT).attemptFails(TIMEOUT).retryIn(50).after(9).clientLeaves();

    assertThat(Recorded.times(recorded.children().getLast())).containsExactly(0L, 9L);
  }

  @Nested
  class OfAStream {
    @Test
    void endsWhenTheStreamDoes() {
      recorded.request.attempt(1, GPT).after(30).firstContent();
      recorded.answered(200);
      recorded.request.after(100).succeeds(USAGE);

      SpanData attempt = recorded.children().getFirst();
      assertThat(attempt.getEvents())
          .extracting(EventData::getName)
          .containsExactly("first_content");
      assertThat(Recorded.attributes(attempt))
          .containsEntry("gen_ai.response.time_to_first_chunk", 0.03);
      assertThat(Recorded.times(recorded.root())).containsExactly(0L, 130L);
    }

    @Test
    void recordsThatItIsContinuedElsewhere() {
      recorded.request.attempt(1, GPT).firstContent();
      recorded.answered(200);
      recorded
          .request
          .uses(USAGE)
          .attemptFails(new Failure.Broken())
          .moves(GPT, CLAUDE, new Failure.Broken())
          .attempt(2, CLAUDE)
          .streamContinues()
          .succeeds(USAGE);

      assertThat(recorded.root().getEvents())
          .extracting(EventData::getName)
          .containsExactly("failover", "fallback", "stream_continued");
      assertThat(Recorded.attributes(recorded.root()))
          .containsEntry("gen_ai.usage.output_tokens", 10L);
    }

    @Test
    void isAnErrorWhenItIsIncomplete() {
      recorded.request.attempt(1, GPT).firstContent();
      recorded.answered(200);
      recorded.request.attemptFails(new Failure.Broken());
      recorded.request.fails(new Failure.Broken(), ErrorCode.PROVIDER_ERROR);

      assertThat(recorded.root().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(Recorded.attributes(recorded.root()))
          .containsEntry("http.response.status_code", 200L)
          .containsEntry("error.type", "provider_error");
    }
  }

  @Test
  void noSpanShowsAProvidersMessage() {
    recorded.request.attempt(1, GPT).attemptFails(RATE_LIMITED);
    recorded.request.fails(RATE_LIMITED, ErrorCode.RATE_LIMIT_EXCEEDED);
    recorded.answered(429);

    assertThat(recorded.spans().toString()).doesNotContain("SECRET");
  }

  @Test
  void aRefusedRequestHasASpanWithoutAModel() {
    RequestObserver trace = recorded.other();
    trace.refused(
        new RequestObserver.Refusal("req_2_0000000b", null, "invalid_value", null, 0, 0, null));
    trace.answered(400, 3_000_000);

    assertThat(recorded.root().getName()).isEqualTo("chat");
    assertThat(recorded.root().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(Recorded.times(recorded.root())).containsExactly(0L, 3L);
    assertThat(Recorded.attributes(recorded.root()))
        .containsEntry("error.type", "invalid_value")
        .containsEntry("http.response.status_code", 400L);
  }
}
