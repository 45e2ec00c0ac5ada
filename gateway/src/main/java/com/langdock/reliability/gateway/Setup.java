package com.langdock.reliability.gateway;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.gateway.access.ClientKeyRings;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.ServerConfig;
import com.langdock.reliability.gateway.config.WebSocketConfig;
import com.langdock.reliability.gateway.config.access.BodyLimits;
import com.langdock.reliability.gateway.engine.Sessions;
import com.langdock.reliability.gateway.engine.StreamTimes;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestLimits;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.management.ManagementAccess;
import com.langdock.reliability.gateway.server.MessageHandler;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything derived from one configuration, shared by all event loops. Immutable; the targets'
 * states are guarded by themselves. A request keeps the setup it began with.
 *
 * @param upstreams of all providers
 * @param keys of clients; null where no request needs one
 * @param management who may use that port
 * @param quotas what all requests used, from one setup to the next
 * @param limitRules null where requests are not counted
 * @param meters watches requests, at the prices of this configuration
 */
record Setup(
    GatewayConfig config,
    TargetStates targetStates,
    Sessions sessions,
    List<Front> fronts,
    Upstreams upstreams,
    List<ProviderSetup> providers,
    @Nullable ClientKeyRings keys,
    ManagementAccess management,
    RequestWatcher meters,
    ProcessLimits quotas,
    @Nullable LimitRules limitRules) {
  /** What a request may take. */
  RequestLimits limits() {
    return new RequestLimits(
        config.server().input().bodies().usual(),
        config.server().input().bodies().of(),
        config.timeout().total().toNanos(),
        config.timeout().streamTotal().toNanos(),
        config.server().capacity().inFlight(),
        webSocket(config.server()));
  }

  private static MessageHandler.@Nullable Terms webSocket(ServerConfig server) {
    WebSocketConfig socket = server.input().webSocket();
    BodyLimits bodies = server.input().bodies();
    long most = bodies.of().getOrDefault(EndpointName.RESPONSES, bodies.usual());
    return socket.enabled()
        ? new MessageHandler.Terms(most, socket.maxAge().toNanos(), socket.idleTimeout().toNanos())
        : null;
  }

  /** When clients of streams are told that they live. */
  StreamTimes streamTimes() {
    return new StreamTimes(
        config.streaming().keepAlive().toNanos(), config.streaming().earlyHead().toNanos());
  }

  /** The base URLs of the providers by name. */
  Map<String, URI> baseUrls() {
    return config.providers().stream()
        .collect(Collectors.toMap(ProviderConfig::name, ProviderConfig::baseUrl));
  }
}
