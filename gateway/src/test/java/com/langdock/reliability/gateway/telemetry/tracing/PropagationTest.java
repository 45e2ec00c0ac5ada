package com.langdock.reliability.gateway.telemetry.tracing;

import static com.langdock.reliability.gateway.telemetry.Samples.CLAUDE;
import static com.langdock.reliability.gateway.telemetry.Samples.GPT;
import static com.langdock.reliability.gateway.telemetry.Samples.TIMEOUT;
import static com.langdock.reliability.gateway.telemetry.Samples.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.telemetry.Samples;
import com.langdock.reliability.gateway.telemetry.TraceContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a client's trace goes on, and what the providers are told. */
class PropagationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  private static Recorded request(String flags, @Nullable String tracestate) {
    return new Recorded(
        Samples.REQUEST, new TraceContext("00-" + TRACE + "-" + SPAN + "-" + flags, tracestate));
  }

  private static Map<String, String> headers(Recorded recorded) {
    return recorded.trace.headersFor(recorded.request.running());
  }

  @Test
  void continuesTheClientsTrace() {
    try (Recorded recorded = request("01", null)) {
      recorded.request.attempt(1, GPT).succeeds(USAGE);
      recorded.answered(200);

      assertThat(recorded.trace.traceId()).isEqualTo(TRACE);
      assertThat(recorded.root().getTraceId()).isEqualTo(TRACE);
      assertThat(recorded.root().getParentSpanId()).isEqualTo(SPAN);
      assertThat(recorded.children()).hasSize(1);
    }
  }

  @Test
  void sendsEachProviderTheSpanOfItsOwnAttempt() {
    try (Recorded recorded = request("01", "foo=1,bar=2")) {
      recorded.request.attempt(1, GPT);
      Map<String, String> first = headers(recorded);
      recorded.request.attemptFails(TIMEOUT).attempt(2, CLAUDE);
      Map<String, String> second = headers(recorded);
      recorded.request.succeeds(USAGE);
      recorded.answered(200);

      assertThat(first).isEqualTo(expected(recorded, 0));
      assertThat(second).isEqualTo(expected(recorded, 1));
    }
  }

  private static Map<String, String> expected(Recorded recorded, int child) {
    String span = recorded.children().get(child).getSpanId();
    return Map.of("traceparent", "00-" + TRACE + "-" + span + "-01", "tracestate", "foo=1,bar=2");
  }

  @Test
  void passesOnATraceThatIsNotSampledWithoutRecordingIt() {
    try (Recorded recorded = request("00", "foo=1")) {
      recorded.request.attempt(1, GPT);

      assertThat(headers(recorded).get("traceparent"))
          .startsWith("00-" + TRACE + "-")
          .endsWith("-00")
          .doesNotContain(SPAN);
      assertThat(headers(recorded)).containsEntry("tracestate", "foo=1");
      recorded.request.succeeds(USAGE);
      recorded.answered(200);
      assertThat(recorded.spans()).isEmpty();
    }
  }

  @Test
  void understandsALaterVersion() {
    String later = "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-will-bring";
    try (Recorded recorded = new Recorded(Samples.REQUEST, new TraceContext(later, null))) {
      assertThat(recorded.trace.traceId()).isEqualTo(TRACE);
    }
  }

  @Test
  void startsATraceWhereThereIsNone() {
    try (Recorded recorded = new Recorded()) {
      recorded.request.attempt(1, GPT);

      assertThat(headers(recorded).get("traceparent"))
          .matches("00-" + recorded.trace.traceId() + "-[0-9a-f]{16}-03");
      assertThat(headers(recorded)).doesNotContainKey("tracestate");
    }
  }
}
