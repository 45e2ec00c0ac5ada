package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.core.session.SessionFactory;
import com.langdock.reliability.gateway.access.StoredKeys;
import com.langdock.reliability.gateway.config.ApiFormat;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.access.ClientKeysConfig;
import com.langdock.reliability.gateway.config.route.RouteConfig;
import com.langdock.reliability.gateway.engine.Sessions;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.StoredState;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.chat.ChatFront;
import com.langdock.reliability.gateway.front.forward.ForwardFront;
import com.langdock.reliability.gateway.front.forward.Route;
import com.langdock.reliability.gateway.front.forward.RouteFront;
import com.langdock.reliability.gateway.front.forward.StoredResponsesFront;
import com.langdock.reliability.gateway.front.gemini.GeminiFront;
import com.langdock.reliability.gateway.front.messages.MessagesFront;
import com.langdock.reliability.gateway.front.responses.ResponsesFront;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.telemetry.BudgetGauges;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.TargetGauges;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The setup in use. The next one is made aside, shares with it what is unchanged, and replaces it.
 *
 * <p>Thread-safe. What outlives a setup is not part of it: the event loops, the clients'
 * connections, the memory of requests, meters, log, traces and journal.
 */
final class Setups {
  private final Observability observability;
  private final ProcessLimits limits;
  private final StoredKeys keys;
  private final RandomGenerator random;
  private final Ticker ticker;
  private final Function<ProviderConfig, ProviderFormat> formats;
  private final long startedSeconds;
  private final TargetGauges gauges;
  private final BudgetGauges budgets;

  /** Outlives a setup: what a provider has stored remains there. */
  private final StoredState stored = new StoredState();

  private Signers signers;
  private volatile Setup current;

  /**
   * What outlives every setup.
   *
   * @param keys those of the store
   * @param random must allow calls from every thread
   */
  record Shared(
      Observability observability,
      ProcessLimits limits,
      StoredKeys keys,
      RandomGenerator random,
      Ticker ticker) {}

  /**
   * Begins with the setup of {@code config}.
   *
   * @param formats the registry of provider formats
   */
  Setups(GatewayConfig config, Shared shared, Function<ProviderConfig, ProviderFormat> formats) {
    this.observability = shared.observability();
    this.limits = shared.limits();
    this.keys = shared.keys();
    this.random = shared.random();
    this.ticker = shared.ticker();
    this.formats = formats;
    this.startedSeconds = ticker.unixMillis() / 1_000;
    this.signers = Signers.none(ticker, random).next(config.providers());
    this.current =
        setup(config, signers, upstreams(config), () -> targetStates(new CoreParts(config)));
    this.budgets = observability.budgets(limits);
    useLimits(config);
    this.gauges = observability.gauges(current.targetStates());
  }

  /** The setup in use. */
  Setup current() {
    return current;
  }

  /**
   * Replaces the setup in use by that of {@code config}, and returns it.
   *
   * @throws IllegalArgumentException when the configuration changes what needs a restart; then
   *     nothing has changed
   */
  synchronized Setup use(GatewayConfig config) {
    Setup before = current;
    RestartSettings.check(before.config(), config);
    Upstreams upstreams = before.upstreams().next(config.providers());
    Signers nextSigners = signers.next(config.providers());
    Setup next =
        setup(config, nextSigners, upstreams, () -> targetStates(new CoreParts(config), before));
    useLimits(config);
    current = next;
    signers.closeBut(nextSigners);
    signers = nextSigners;
    gauges.show(next.targetStates());
    return next;
  }

  private void useLimits(GatewayConfig config) {
    LimitRules rules = LimitParts.rules(config);
    limits.use(rules, config.timeout().streamTotal().toNanos());
    budgets.show(rules.subjects());
  }

  /** Stops what works in the background. */
  synchronized void close() {
    signers.close();
  }

  private Setup setup(
      GatewayConfig config,
      Signers signers,
      Upstreams upstreams,
      Supplier<TargetStates> targetStates) {
    CoreParts core = new CoreParts(config);
    List<Target> targets = core.modelTargets();
    List<Front> fronts =
        List.of(
            new ChatFront(config.catalog(), targets, startedSeconds),
            new MessagesFront(config.catalog(), targets),
            new ResponsesFront(config.catalog(), targets, stored(config)),
            new StoredResponsesFront(storing(config, targets), stored(config)),
            new GeminiFront(config.catalog(), targets),
            new ForwardFront(targets),
            new RouteFront(config.routes().stream().map(Setups::route).toList()));
    List<ProviderSetup> providers =
        config.providers().stream()
            .map(provider ->
                ProviderSetup.of(
                    config,
                    provider,
                    upstreams.of(provider),
                    formats.apply(provider),
                    signers.of(provider)))
            .toList();
    RequestWatcher meters = observability.meters(core.targets(), config.catalog());
    // Last, when nothing can fail any more: breakers that are taken over follow the new rules.
    TargetStates states = targetStates.get();
    SessionFactory sessions = new SessionFactory(core.sessionPolicy(), states, random);
    return new Setup(
        config,
        states,
        new Sessions(core.router(), sessions),
        fronts,
        upstreams,
        providers,
        AccessParts.keys(config.access(), keys),
        AccessParts.management(config),
        meters,
        limits,
        LimitParts.areCounted(config) ? LimitParts.rules(config) : null);
  }

  private StoredState.View stored(GatewayConfig config) {
    ClientKeysConfig keys = config.access().clientKeys();
    return new StoredState.View(stored, keys != null && keys.knownResponsesOnly());
  }

  private static Route route(RouteConfig config) {
    return new Route(
        config.path(), config.to(), config.methods(), config.headers(), config.maxBody());
  }

  /** The first target whose provider stores responses; null if none does. */
  private static @Nullable Target storing(GatewayConfig config, List<Target> targets) {
    Set<String> providers =
        config.providers().stream()
            .filter(provider -> provider.api().formats().contains(ApiFormat.RESPONSES))
            .map(ProviderConfig::name)
            .collect(Collectors.toSet());
    return targets.stream()
        .filter(target -> providers.contains(target.provider()))
        .findFirst()
        .orElse(null);
  }

  private Upstreams upstreams(GatewayConfig config) {
    return Upstreams.of(
        config.providers(), provider -> first -> observability.unsolicited(provider, first));
  }

  private TargetStates targetStates(CoreParts core) {
    return new TargetStates(
        core.targets(),
        core.targetRules(),
        observability.breakerListener(),
        random,
        ticker.nanos());
  }

  private TargetStates targetStates(CoreParts core, Setup before) {
    return before
        .targetStates()
        .next(
            core.targets(),
            core.targetRules(),
            UnchangedTargets.of(before.config(), core.config()),
            ticker.nanos());
  }
}
