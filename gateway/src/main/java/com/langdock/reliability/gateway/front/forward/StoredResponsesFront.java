package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.StoredState;
import com.langdock.reliability.gateway.exchange.StoredState.Location;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Requests about a response that a provider has stored: to show, delete or cancel it. They are
 * passed on to the provider that has it, and to no other.
 */
public final class StoredResponsesFront implements PassingFront {
  private static final String RESPONSES = "/v1/responses/";

  /** Ids of the gateway's own begin with {@code resp_gw}: nobody has stored those. */
  private static final Pattern PATH =
      Pattern.compile(
          "/v1(?<path>/responses/(?<id>(?!resp_gw|input_tokens$|compact$)[\\w-]{1,128})"
              + "(?<rest>/cancel|/input_items)?)");

  private static final Set<String> SHOW = Set.of("GET");
  private static final Set<String> SHOW_OR_DELETE = Set.of("GET", "DELETE");

  private static final ApiError UNSAFE_QUERY =
      ApiError.invalid(400, "invalid_path", "The query has characters that are not allowed.", null);

  private final @Nullable Target first;
  private final StoredState.View stored;

  /**
   * A front that asks the provider of {@code first} for responses of which nothing is known.
   *
   * @param first a target whose provider stores responses; null if none does
   * @param stored which target has which response
   */
  public StoredResponsesFront(@Nullable Target first, StoredState.View stored) {
    this.first = first;
    this.stored = stored;
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return first != null && path.startsWith(RESPONSES) && PATH.matcher(path).matches()
        ? EndpointName.RESPONSES
        : null;
  }

  @Override
  public Set<String> methods(String path) {
    return switch (matched(path).group("rest")) {
      case "/cancel" -> POST;
      case "/input_items" -> SHOW;
      case null, default -> SHOW_OR_DELETE;
    };
  }

  @Override
  public String operation(String path) {
    return "stored_response";
  }

  @Override
  public String route(String path) {
    String rest = matched(path).group("rest");
    return RESPONSES + "{id}" + (rest == null ? "" : rest);
  }

  private static Matcher matched(String path) {
    Matcher matched = PATH.matcher(path);
    if (!matched.matches()) {
      throw new IllegalArgumentException("not a path of this front");
    }
    return matched;
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    Matcher path = matched(head.path());
    if (!PassedPath.isSafeQuery(head.query())) {
      return new Reading.Refused(UNSAFE_QUERY);
    }
    String id = path.group("id");
    return switch (stored.of(id, head.caller().keyId())) {
      case Location.Known known -> passed(head, path, body, known.target());
      case Location.Unknown unknown -> passed(head, path, body, Objects.requireNonNull(first));
      case Location.Refused refused ->
          new Reading.Refused(
              ApiError.invalid(404, "not_found", "Response with id '" + id + "' not found.", "id"));
    };
  }

  private static Reading passed(RequestHead head, Matcher path, Body body, Target target) {
    Forwarding forwarding =
        new Forwarding(
            head.method(),
            path.group("path") + PassedPath.query(head.query()),
            Map.of(),
            model -> body.bytes());
    return new Reading.Accepted(
        new Exchange(
            target.model(),
            Task.PASS,
            target.provider(),
            null,
            true,
            AnswerTraits.PLAIN,
            0,
            PassingFront.payload(body, forwarding).pinTo(target.provider())));
  }
}
