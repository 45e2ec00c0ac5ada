package com.langdock.reliability.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.Samples;
import com.langdock.reliability.gateway.telemetry.TraceContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassedOnTraceTest {
  private static final Attempt ATTEMPT = new Attempt(1, Samples.GPT, 0);

  private final RequestWatcher tracing = Tracing.of(Map.of()).requests(Map.of());

  @Test
  void isNothingWithoutAClientsTrace() {
    RequestObserver trace = observe(null);

    assertThat(trace).isSameAs(RequestObserver.NONE);
    assertThat(trace.traceId()).isNull();
    assertThat(trace.headersFor(ATTEMPT)).isEmpty();
  }

  @Test
  void passesAClientsTraceOnUnchanged() {
    TraceContext incoming =
        new TraceContext("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00", "foo=1");
    RequestObserver trace = observe(incoming);

    assertThat(trace.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(trace.headersFor(ATTEMPT))
        .isEqualTo(Map.of("traceparent", incoming.traceparent(), "tracestate", "foo=1"));
  }

  private RequestObserver observe(@Nullable TraceContext incoming) {
    return tracing.observe(new RequestStart("req_1_0000000a", null, 0, 0, incoming));
  }
}
