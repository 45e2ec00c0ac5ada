package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.gateway.journal.JournalReader;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the management port shows and changes.
 *
 * @param offers the configured targets, in the file's order; each has a state
 * @param journal null where none is kept
 */
public record ManagementSources(
    PrometheusMeterRegistry metrics,
    List<ConfiguredTarget> offers,
    TargetStates targetStates,
    Health health,
    LogSetup log,
    @Nullable JournalReader journal,
    BreakerHistory breakers,
    ManagementAccess access,
    Ticker ticker) {
  /** Keeps an immutable copy of the offers. */
  public ManagementSources {
    offers = List.copyOf(offers);
  }
}
