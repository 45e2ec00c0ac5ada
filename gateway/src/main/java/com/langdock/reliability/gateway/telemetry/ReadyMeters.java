package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.TargetState;
import com.langdock.reliability.core.resilience.TargetStates;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Which targets would take a request now: neither paused nor behind an open circuit. */
public final class ReadyMeters {
  private ReadyMeters() {}

  /** Registers for each of {@code targets} whether it is ready. */
  public static void register(
      MeterRegistry registry, List<Target> targets, TargetStates targetStates, Ticker ticker) {
    for (Target target : targets) {
      TargetState state = targetStates.of(target);
      Gauge.builder("gateway.target.ready", () -> state.snapshot(ticker.nanos()).isReady() ? 1 : 0)
          .description("1 while the target would take a request: not paused, circuit not open.")
          .tag("provider", target.provider())
          .tag("model", target.model())
          .register(registry);
    }
  }
}
