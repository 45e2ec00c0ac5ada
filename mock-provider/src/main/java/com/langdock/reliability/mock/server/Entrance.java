package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.TokenCounter;
import com.langdock.reliability.mock.log.Arrival;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Receives the requests to one provider and routes them by path. */
public final class Entrance implements Handler<HttpServerRequest> {
  private final ProviderFormat format;
  private final ChatEndpoint chat;
  private final Map<ProviderFormat, ChatEndpoint> others = new LinkedHashMap<>();
  private final ControlEndpoint control;
  private final ControlPage page;
  private final Stamps stamps = new Stamps();

  /** The routes of a provider that uses {@code format}. */
  public Entrance(Vertx vertx, ProviderFormat format, ProviderState state) {
    this.format = format;
    this.chat = new ChatEndpoint(vertx, format, state, stamps);
    for (ProviderFormat other : format.others()) {
      others.put(other, new ChatEndpoint(vertx, other, state, stamps));
    }
    this.control = new ControlEndpoint(format.name(), state);
    this.page = new ControlPage(format);
  }

  @Override
  public void handle(HttpServerRequest request) {
    Arrival arrival = Arrivals.of(request);
    Bodies.receive(request)
        .onSuccess(body -> route(request, arrival, body))
        .onFailure(problem -> refuse(request, problem));
  }

  private void route(HttpServerRequest request, Arrival arrival, Buffer body) {
    String path = arrival.path();
    switch (path) {
      case "/" -> onlyFor(HttpMethod.GET, request, () -> page(request));
      case "/config/failures" -> settings(request, body);
      case "/stats" -> onlyFor(HttpMethod.GET, request, () -> control.showStats(request));
      case "/reset" -> onlyFor(HttpMethod.POST, request, () -> control.reset(request));
      case "/health" -> onlyFor(HttpMethod.GET, request, () -> control.health(request));
      default -> api(request, arrival, body);
    }
  }

  private void api(HttpServerRequest request, Arrival arrival, Buffer body) {
    String path = arrival.path();
    Optional<ChatEndpoint> other = other(path);
    Optional<TokenCounter> counter =
        Stream.concat(Stream.of(format), format.others().stream())
            .flatMap(api -> api.tokenCounter().stream())
            .filter(candidate -> candidate.serves(path))
            .findFirst();
    if (format.isChat(path)) {
      onlyFor(HttpMethod.POST, request, () -> chat.answer(request, arrival, body));
    } else if (other.isPresent()) {
      ChatEndpoint endpoint = other.get();
      boolean isTaken = endpoint.takes(request.method().name());
      HttpMethod taken = isTaken ? request.method() : HttpMethod.POST;
      onlyFor(taken, request, () -> endpoint.answer(request, arrival, body));
    } else if (counter.isPresent()) {
      RawRequest raw = ChatEndpoint.raw(request, arrival, body);
      onlyFor(
          HttpMethod.POST,
          request,
          () -> answer(request, chat.count(counter.get(), raw), stamps.next()));
    } else if (format.isModels(path)) {
      onlyFor(HttpMethod.GET, request, () -> models(request));
    } else {
      unroutable(request, 404, "Invalid URL (" + request.method() + " " + path + ")");
    }
  }

  private Optional<ChatEndpoint> other(String path) {
    return others.entrySet().stream()
        .filter(other -> other.getKey().isChat(path))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private void page(HttpServerRequest request) {
    request
        .response()
        .putHeader("content-type", "text/html; charset=utf-8")
        .putHeader("cache-control", "no-cache")
        .end(page.html());
  }

  private void settings(HttpServerRequest request, Buffer body) {
    if (request.method().equals(HttpMethod.POST)) {
      control.changeSettings(request, body);
    } else {
      onlyFor(HttpMethod.GET, request, () -> control.showSettings(request));
    }
  }

  private void models(HttpServerRequest request) {
    answer(request, new JsonAnswer(200, format.models()), stamps.next());
  }

  private void onlyFor(HttpMethod method, HttpServerRequest request, Runnable answer) {
    if (request.method().equals(method)) {
      answer.run();
    } else {
      unroutable(request, 405, "Not allowed to " + request.method() + " here.");
    }
  }

  private void refuse(HttpServerRequest request, Throwable problem) {
    if (problem instanceof Bodies.TooLarge && !request.response().closed()) {
      unroutable(request, 413, "Request exceeds the maximum size");
    }
  }

  private void unroutable(HttpServerRequest request, int status, String message) {
    Stamp stamp = stamps.next();
    answer(request, format.unroutable(status, message, stamp), stamp);
  }

  private void answer(HttpServerRequest request, JsonAnswer answer, Stamp stamp) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    format.headers(stamp).forEach(response::putHeader);
    answer.headers().forEach(response::putHeader);
    response.putHeader("content-type", "application/json");
    response.end(answer.body());
  }
}
