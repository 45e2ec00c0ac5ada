package com.langdock.reliability.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.front.chat.Problem;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.MalformedRequest;
import com.langdock.reliability.gateway.server.RequestHandler;
import com.langdock.reliability.gateway.telemetry.EarlyRefusal;
import com.langdock.reliability.gateway.telemetry.Health;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data API on one event loop: finds the handler for a method and path, refuses what it does not
 * know, and lets strangers in only when the configuration says so.
 */
public final class DataApi implements RequestHandler {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MODELS = "/v1/models";
  private static final int OK = 200;

  private final ChatServices services;
  private final AccessPolicy access;
  private final Health health;
  private final byte[] models;
  private final Map<String, byte[]> modelsByName;

  /** An API that offers {@code targets}. */
  public DataApi(ChatServices services, AccessPolicy access, Health health, List<Target> targets) {
    this.services = services;
    this.access = access;
    this.health = health;
    long startedSeconds = services.loop().ticker().unixMillis() / 1_000;
    this.models = ModelList.of(targets, startedSeconds);
    this.modelsByName = ModelList.each(targets, startedSeconds);
  }

  @Override
  public void handle(ClientRequest request) {
    String path = request.path();
    switch (path) {
      case "/health", "/health/live", "/health/ready" -> health(request, path);
      default -> enter(request, path);
    }
  }

  private void enter(ClientRequest request, String path) {
    ApiError refusal = access.refusal(request);
    if (refusal == null) {
      route(request, path);
    } else {
      request.response().closeAfter();
      fail(request, refusal);
    }
  }

  @Override
  public boolean admits(@Nullable InetAddress address) {
    return access.admits(address);
  }

  @Override
  public boolean isStopping() {
    return health.isDraining();
  }

  @Override
  public void refuse(ClientRequest request, MalformedRequest problem) {
    fail(request, ErrorTable.of(problem));
  }

  @Override
  public void crashed(ClientRequest request) {
    Responder.error(request.response(), ErrorTable.BUG, identity(request));
  }

  private void route(ClientRequest request, String path) {
    switch (path) {
      case CHAT -> {
        if (allows(request, "POST")) {
          chat(request);
        }
      }
      case MODELS -> {
        if (allows(request, "GET")) {
          answer(request, models);
        }
      }
      case String model when model.startsWith(MODELS + "/") -> {
        if (allows(request, "GET")) {
          model(request, model.substring(MODELS.length() + 1));
        }
      }
      default -> fail(request, ApiError.invalid(404, "not_found", "Not found.", null));
    }
  }

  private void model(ClientRequest request, String encoded) {
    String name = decoded(encoded);
    byte[] model = modelsByName.get(name);
    if (model == null) {
      fail(request, ErrorTable.of(Problem.modelNotFound(name)));
    } else {
      answer(request, model);
    }
  }

  /** Names of models may have slashes, encoded or not; what cannot be decoded is no name. */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return path;
    }
  }

  private void answer(ClientRequest request, byte[] json) {
    Responder.identify(request.response(), identity(request));
    Responder.json(request.response(), OK, json);
  }

  private void chat(ClientRequest request) {
    if (!ContentType.isJson(request)) {
      fail(request, ContentType.REFUSAL);
      return;
    }
    ContentEncoding encoding = ContentEncoding.of(request);
    if (encoding == null) {
      request.response().header("accept-encoding", "gzip, deflate");
      fail(request, ContentEncoding.refusal(request));
      return;
    }
    RequestMemory.Share memory = services.memory().share(request.remoteAddress());
    ClientCall call = new ClientCall(services, request, identity(request), encoding, memory);
    new BodyReader(services.limits().maxBody(), memory, call).read(request);
  }

  private void health(ClientRequest request, String path) {
    if (allows(request, "GET")) {
      Health.Answer answer = health.answer(path);
      Responder.json(request.response(), answer.status(), answer.json().getBytes(UTF_8));
    }
  }

  private boolean allows(ClientRequest request, String method) {
    String asked = request.method();
    boolean allowed = asked.equals(method) || (method.equals("GET") && asked.equals("HEAD"));
    if (!allowed) {
      request.response().header("allow", method);
      String message = "This path takes " + method + " only.";
      fail(request, ApiError.invalid(405, "method_not_allowed", message, null));
    }
    return allowed;
  }

  private void fail(ClientRequest request, ApiError error) {
    RequestIdentity identity = identity(request);
    services.observability().requestRefused(refusal(error, identity, request.remoteAddress()));
    Responder.error(request.response(), error, identity);
  }

  /** What is logged of a request from {@code address} that is refused with {@code error}. */
  static EarlyRefusal refusal(
      ApiError error, RequestIdentity identity, @Nullable InetAddress address) {
    return new EarlyRefusal(
        identity.requestId(),
        identity.clientRequestId(),
        error.status(),
        error.code(),
        address == null ? null : address.getHostAddress());
  }

  private RequestIdentity identity(ClientRequest request) {
    long now = services.loop().ticker().unixMillis();
    return RequestIdentity.of(
        RequestIds.next(now, services.random()), request.header(HeaderNames.REQUEST_ID));
  }
}
