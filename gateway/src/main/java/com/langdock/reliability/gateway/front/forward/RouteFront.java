package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are passed on as they are, below the paths that a configuration names. The path is
 * the model that they ask for.
 */
public final class RouteFront implements PassingFront {
  /** What a client may say of its request; credentials and addresses are never passed on. */
  private static final Set<String> HEADERS =
      Set.of(
          "accept",
          "accept-language",
          "anthropic-beta",
          "anthropic-version",
          "content-type",
          "idempotency-key",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "openai-beta",
          "range");

  private static final ApiError UNSAFE_PATH =
      ApiError.invalid(
          400,
          "invalid_path",
          "The path or query has empty or relative segments, or characters that are not allowed.",
          null);

  private final List<Route> routes;

  /** A front of these routes, none of which is above another. */
  public RouteFront(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  private @Nullable Route routeOf(String path) {
    for (Route route : routes) {
      if (route.takes(path)) {
        return route;
      }
    }
    return null;
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return routeOf(path) == null ? null : EndpointName.ROUTES;
  }

  @Override
  public Set<String> methods(String path) {
    Route route = routeOf(path);
    return route == null ? POST : route.methods();
  }

  @Override
  public long maxBody(String path, long usual) {
    Route route = routeOf(path);
    return route == null || route.maxBody() == 0 ? usual : route.maxBody();
  }

  @Override
  public String operation(String path) {
    return "pass";
  }

  @Override
  public String route(String path) {
    Route route = routeOf(path);
    return route == null ? path : route.path();
  }

  /** All headers. */
  @Override
  public Set<String> headerPrefixes() {
    return Set.of("");
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    Route route = Objects.requireNonNull(routeOf(head.path()));
    String rest = head.path().substring(route.path().length());
    if (!PassedPath.isSafe(rest) || !PassedPath.isSafeQuery(head.query())) {
      return new Reading.Refused(UNSAFE_PATH);
    }
    Forwarding forwarding =
        new Forwarding(
            head.method(),
            route.to() + rest + PassedPath.query(head.query()),
            headers(route, head.headers()),
            path -> body.bytes());
    return new Reading.Accepted(
        new Exchange(
            route.path(),
            Task.PASS,
            null,
            null,
            true,
            AnswerTraits.PLAIN,
            0,
            PassingFront.payload(body, forwarding)));
  }

  /** A body whose type the client does not tell is not JSON, as most requests to providers are. */
  private static Map<String, String> headers(Route route, Map<String, String> sent) {
    Map<String, String> passed = new LinkedHashMap<>();
    passed.put("content-type", "application/octet-stream");
    sent.forEach((name, value) -> {
      if (HEADERS.contains(name) || route.headers().contains(name)) {
        passed.put(name, value);
      }
    });
    return passed;
  }
}
