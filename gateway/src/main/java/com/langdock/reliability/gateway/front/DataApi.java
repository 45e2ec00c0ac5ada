package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.MalformedRequest;
import com.langdock.reliability.gateway.server.RequestHandler;
import com.langdock.reliability.gateway.telemetry.Health;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data API on one event loop: admits or refuses a request, and routes it to the front of its
 * path. A request keeps the setup that is in use at its head.
 */
public final class DataApi implements RequestHandler {
  private static final int OK = 200;

  private static final Set<String> GET = Set.of("GET");

  private static final byte[] NOTHING = {};

  /** Clients that try WebSocket first go on by HTTP after this status; after others they retry. */
  static final ApiError NO_WEBSOCKET =
      ApiError.invalid(426, "websocket_not_supported", "Send the request by HTTP.", null);

  private static final ApiError NOT_FOUND = ApiError.invalid(404, "not_found", "Not found.", null);

  private final Health health;
  private LoopSetup current;

  /**
   * An API that begins with {@code setup}. An unknown path is refused in the shape of the front
   * that the client speaks, else of the first.
   */
  public DataApi(Health health, LoopSetup setup) {
    this.health = health;
    this.current = setup;
  }

  /** Replaces the setup in use; called on the event loop. */
  public void use(LoopSetup next) {
    current = next;
  }

  @Override
  public void handle(ClientRequest request) {
    String path = request.path();
    switch (path) {
      case "/health", "/health/live", "/health/ready" -> health(request, path);
      default -> enter(current, request, path);
    }
  }

  private void enter(LoopSetup setup, ClientRequest request, String path) {
    List<Front> fronts = setup.fronts();
    for (int i = 0; i < fronts.size(); i++) {
      Front front = fronts.get(i);
      EndpointName endpoint = front.endpoint(path);
      if (endpoint != null) {
        RequestContext context = Entrance.admit(setup, request, front);
        if (context != null && Entrance.allows(context, endpoint)) {
          begin(context, path);
        }
        return;
      }
    }
    page(setup, request, path);
  }

  private void begin(RequestContext context, String path) {
    if (context.request().asksForWebSocket()
        && context.front().speaksWebSocket(path)
        && context.setup().limits().webSocket() != null) {
      WebSocketMessages.open(context, this, () -> current);
    } else if (allows(context, context.front().methods(path))) {
      Intake.begin(context);
    }
  }

  private static void page(LoopSetup setup, ClientRequest request, String path) {
    for (Front front : spokenFirst(setup, request)) {
      Front.Page page = front.page(path, Rights.ALL);
      if (page != null && isFor(request, page)) {
        RequestContext context = Entrance.admit(setup, request, spoken(setup, request, front));
        if (context != null) {
          show(context, front.page(path, context.grant().caller().rights()));
        }
        return;
      }
    }
    Front spoken = spoken(setup, request, setup.fronts().getFirst());
    if (path.equals(CallerPage.PATH)) {
      RequestContext context = Entrance.admit(setup, request, spoken);
      if (context != null) {
        show(context, CallerPage.of(context.grant().caller(), setup.limiter()));
      }
      return;
    }
    RequestContext context =
        Entrance.admit(setup, request, spoken, setup.access().admitToUnknownPath(request));
    if (context != null) {
      context.refuse(NOT_FOUND);
    }
  }

  /** A page that is missing is missing whatever the method. */
  private static void show(RequestContext context, Front.@Nullable Page page) {
    if (page == null) {
      context.refuse(NOT_FOUND);
    } else if (page instanceof Front.Page.Missing || isShownTo(context)) {
      answer(context, page);
    }
  }

  /** Several APIs have pages of the same path: that of the client's API is shown. */
  private static List<Front> spokenFirst(LoopSetup setup, ClientRequest request) {
    Front spoken = spoken(setup, request, setup.fronts().getFirst());
    return Stream.concat(Stream.of(spoken), setup.fronts().stream()).toList();
  }

  private static boolean isFor(ClientRequest request, Front.Page page) {
    return !(page instanceof Front.Page.Probe) || request.method().equals("HEAD");
  }

  /** The front whose API the client speaks; {@code otherwise} where that is unknown. */
  private static Front spoken(LoopSetup setup, ClientRequest request, Front otherwise) {
    for (Front front : setup.fronts()) {
      if (front.isSpoken(RequestContext.head(request, front))) {
        return front;
      }
    }
    return otherwise;
  }

  private static void answer(RequestContext context, Front.Page page) {
    switch (page) {
      case Front.Page.Json json -> {
        Responder.identify(context.response(), context.front(), context.identity());
        Responder.json(context.response(), OK, json.body());
        context.outcome(Grant.Outcome.ANSWERED);
        context.released();
      }
      case Front.Page.Probe probe -> {
        Responder.identify(context.response(), context.front(), context.identity());
        context.response().send(OK, NOTHING);
        context.outcome(Grant.Outcome.ANSWERED);
        context.released();
      }
      case Front.Page.Missing missing -> context.refuse(missing.error());
    }
  }

  /** Whether a page may be shown: a HEAD asks for one too. */
  private static boolean isShownTo(RequestContext context) {
    return context.request().method().equals("HEAD") || allows(context, GET);
  }

  private static boolean allows(RequestContext context, Set<String> methods) {
    boolean allowed = methods.contains(context.request().method());
    if (!allowed) {
      String taken = methods.stream().sorted().collect(Collectors.joining(", "));
      context.response().header("allow", taken);
      boolean isForWebSocket = context.request().asksForWebSocket();
      if (isForWebSocket) {
        context.response().header("upgrade", "HTTP/1.1"); // RFC 9110, 15.5.22: what to go on with
      }
      String message = "This path takes " + taken + " only.";
      context.refuse(
          isForWebSocket
              ? NO_WEBSOCKET
              : ApiError.invalid(405, "method_not_allowed", message, null));
    }
    return allowed;
  }

  private void health(ClientRequest request, String path) {
    LoopSetup setup = current;
    Front first = setup.fronts().getFirst();
    if (isShownTo(Entrance.context(setup, request, first, Grant.ANONYMOUS))) {
      Health.Answer answer = health.answer(path);
      Responder.json(request.response(), answer.status(), answer.json().getBytes(UTF_8));
    }
  }

  @Override
  public boolean admits(@Nullable InetAddress address) {
    return current.access().admits(address);
  }

  @Override
  public boolean isStopping() {
    return health.isDraining();
  }

  @Override
  public void refuse(ClientRequest request, MalformedRequest problem) {
    LoopSetup setup = current;
    Front front = spoken(setup, request, setup.fronts().getFirst());
    Entrance.context(setup, request, front, Grant.ANONYMOUS).refuse(ErrorTable.of(problem));
  }

  @Override
  public void crashed(ClientRequest request) {
    LoopSetup setup = current;
    Front front = spoken(setup, request, setup.fronts().getFirst());
    RequestIdentity identity = Entrance.identity(setup.services(), request);
    byte[] json = front.error(ErrorTable.BUG, identity.requestId());
    Responder.error(request.response(), front, ErrorTable.BUG, json, identity);
  }
}
