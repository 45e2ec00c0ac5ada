package com.langdock.reliability.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.telemetry.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassedOnTraceTest {
  private static final Attempt ATTEMPT = new Attempt(1, Samples.GPT, 0);

  private final Tracing tracing = Tracing.of(Map.of(), Map.of());

  @Test
  void isNothingWithoutAClientsTrace() {
    RequestTrace trace = tracing.begin("req_1_0000000a", 0, 0, null);

    assertThat(trace).isSameAs(RequestTrace.NONE);
    assertThat(trace.traceId()).isNull();
    assertThat(trace.headers(ATTEMPT)).isEmpty();
  }

  @Test
  void passesAClientsTraceOnUnchanged() {
    TraceContext incoming =
        new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", "foo=1");
    RequestTrace trace = tracing.begin("req_1_0000000a", 0, 0, incoming);

    assertThat(trace.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(trace.headers(ATTEMPT))
        .isEqualTo(Map.of("traceparent", incoming.traceparent(), "tracestate", "foo=1"));
  }

  @Test
  void ignoresEvents() {
    SessionListener others = (event, now) -> {};
    RequestTrace trace = tracing.begin("req_1_0000000a", 0, 0, null);

    assertThat(trace.started(Samples.REQUEST, others)).isSameAs(others);
  }
}
