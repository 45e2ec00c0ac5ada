package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.routing.ConfiguredTarget;
import com.langdock.reliability.gateway.journal.JournalReader;
import com.langdock.reliability.gateway.keys.Governance;
import com.langdock.reliability.gateway.keys.KeyChanges;
import com.langdock.reliability.gateway.keys.OtherChanges;
import com.langdock.reliability.gateway.keys.TeamChanges;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.reload.ConfigReload;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.MeterSnapshot;
import com.langdock.reliability.gateway.telemetry.log.LogSetup;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the management port shows and changes.
 *
 * @param targets those that are configured now
 * @param journal null where none is kept
 * @param config the file in use, null where there is none
 * @param keys null where no request needs a key
 * @param access who may use it, which may change
 */
public record ManagementSources(
    Meters meters,
    Supplier<Targets> targets,
    Health health,
    LogSetup log,
    @Nullable JournalReader journal,
    @Nullable ConfigReload config,
    @Nullable Keys keys,
    Supplier<ManagementAccess> access,
    ProcessLimits limits,
    Ticker ticker) {

  /**
   * The gateway's meters.
   *
   * @param registry all of them, for Prometheus
   * @param snapshot reads those of requests
   */
  public record Meters(PrometheusMeterRegistry registry, Supplier<MeterSnapshot> snapshot) {}

  /** Keys and teams, and what changes them. */
  public record Keys(
      Governance governance, KeyChanges changes, TeamChanges teams, OtherChanges others) {}

  /**
   * The targets of one configuration.
   *
   * @param configured in the file's order; each has a state
   */
  public record Targets(
      List<ConfiguredTarget> configured, TargetStates states, BreakerHistory breakers) {
    /** Keeps an immutable copy of the list. */
    public Targets {
      configured = List.copyOf(configured);
    }
  }
}
