package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.MessageHandler;
import com.langdock.reliability.gateway.server.RequestHandler;
import com.langdock.reliability.gateway.telemetry.WebSocketMeters;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one WebSocket. Each is a request of its own: admitted, limited, observed and
 * answered like one that comes by HTTP, with the setup that is in use when it begins. Lives on one
 * event loop.
 */
final class WebSocketMessages implements MessageHandler {
  /** More would be an answer that no client reads before it is too old. */
  private static final ApiError TOO_MANY =
      ApiError.invalid(
          429,
          "websocket_queue_full",
          "Too many requests wait for the one that runs on this WebSocket.",
          null);

  private static final ApiError INVALID_HANDSHAKE =
      ApiError.invalid(400, "invalid_request", "Not a valid WebSocket handshake.", null);

  private final RequestHandler api;
  private final Supplier<LoopSetup> setups;
  private final AnswerHistory history;
  private final RequestServices services;
  private final Terms terms;
  private final String requestId;
  private final long openedNanos;
  private long messages;

  private WebSocketMessages(
      RequestContext handshake, RequestHandler api, Supplier<LoopSetup> setups, Terms terms) {
    this.api = api;
    this.setups = setups;
    this.services = handshake.services();
    this.terms = terms;
    this.requestId = handshake.identity().requestId();
    this.openedNanos = services.events().ticker().nanos();
    this.history =
        new AnswerHistory(
            services.memory(), handshake.request().clientAddress(), terms.maxMessage());
  }

  /**
   * Makes the connection of {@code handshake} a WebSocket, or refuses that.
   *
   * @param setups in use when a message begins
   */
  static void open(RequestContext handshake, RequestHandler api, Supplier<LoopSetup> setups) {
    ClientRequest request = handshake.request();
    if (!request.asksForKnownWebSocket()) {
      handshake.response().header("sec-websocket-version", "13");
      handshake.refuse(DataApi.NO_WEBSOCKET);
    } else if (!request.isValidHandshake()) {
      handshake.refuse(INVALID_HANDSHAKE);
    } else {
      Terms terms = Objects.requireNonNull(handshake.setup().limits().webSocket(), "switched off");
      WebSocketMessages messages = new WebSocketMessages(handshake, api, setups, terms);
      request.openWebSocket(messages.requestId, messages, terms);
      messages.meters().opened();
      handshake.release(Usage.NONE, Grant.Outcome.ANSWERED);
    }
  }

  @Override
  public void handle(ClientRequest request) {
    messages++;
    LoopSetup setup = setups.get();
    RequestContext context = admitted(setup, request);
    if (context == null) {
      return;
    }
    if (setup.limits().webSocket() == null) {
      request.response().closeAfter();
      context.refuse(DataApi.NO_WEBSOCKET);
      return;
    }
    EndpointName endpoint = context.front().endpoint(request.path());
    if (endpoint != null && Entrance.allows(context, endpoint)) {
      Intake.begin(context);
    }
  }

  private @Nullable RequestContext admitted(LoopSetup setup, ClientRequest request) {
    RequestIdentity identity = Entrance.identity(services, request);
    return Entrance.admit(
        setup, request, front(setup, request, identity), setup.access().admit(request), identity);
  }

  private Front front(LoopSetup setup, ClientRequest request, RequestIdentity identity) {
    List<Front> fronts = setup.fronts();
    Front spoken =
        fronts.stream()
            .filter(front -> front.speaksWebSocket(request.path()))
            .findFirst()
            .orElseThrow();
    long now = services.events().ticker().unixMillis();
    return spoken.ofMessage(history, identity.requestId(), now);
  }

  @Override
  public void refuse(ClientRequest request, Problem problem) {
    LoopSetup setup = setups.get();
    RequestIdentity identity = Entrance.identity(services, request);
    Front front = front(setup, request, identity);
    new RequestContext(setup, front, request, identity, Grant.ANONYMOUS).refuse(error(problem));
  }

  private ApiError error(Problem problem) {
    return switch (problem) {
      case TOO_MANY -> TOO_MANY;
      case TOO_OLD ->
          ApiError.invalid(
              400,
              "websocket_connection_limit_reached",
              "This WebSocket has reached its age limit (%d minutes); connect again."
                  .formatted(TimeUnit.NANOSECONDS.toMinutes(terms.maxAgeNanos())),
              null);
      case STOPPING -> ErrorTable.STOPPING;
    };
  }

  @Override
  public boolean isStopping() {
    return api.isStopping();
  }

  @Override
  public void closed(String reason) {
    history.release();
    meters().closed(requestId, reason, messages, openedNanos);
  }

  private WebSocketMeters meters() {
    return services.observability().webSockets();
  }
}
