package com.langdock.reliability.gateway.management;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The mock providers among the configured ones: those on this machine that show the mock's
 * settings. Nothing is sent to any other host.
 */
public final class Mocks {
  /** An answer of a mock. */
  public record Answer(int status, Buffer body) {}

  private static final String SETTINGS = "/config/failures";
  private static final String TELLING = "rate_limit_probability";
  private static final long TIMEOUT_MILLIS = 2_000;
  private static final int HTTP = 80;

  /** An answer may have less than 100 kB. */
  private static final int MAX_DIGITS = 5;

  private static final JsonFactory JSON = new JsonFactory();

  private final LazyClient client;
  private final Map<String, URI> near = new LinkedHashMap<>();

  /** Looks among {@code local}: base URLs by the name of the provider, all of this machine. */
  public Mocks(Vertx vertx, Map<String, URI> local) {
    this.client = new LazyClient(vertx, new PoolOptions());
    near.putAll(local);
  }

  /** The settings of every mock by its provider's name, in the configuration's order. */
  public Future<Map<String, Buffer>> settings() {
    Map<String, Buffer> settings = new ConcurrentHashMap<>();
    List<Future<Optional<Buffer>>> asked = new ArrayList<>();
    near.forEach((name, url) ->
        asked.add(
            settings(url).onSuccess(found -> found.ifPresent(shown -> settings.put(name, shown)))));
    return Future.join(asked).map(all -> inOrder(settings));
  }

  private Map<String, Buffer> inOrder(Map<String, Buffer> settings) {
    Map<String, Buffer> ordered = new LinkedHashMap<>();
    near.keySet().stream()
        .filter(settings::containsKey)
        .forEach(name -> ordered.put(name, Objects.requireNonNull(settings.get(name))));
    return ordered;
  }

  /** A mock's settings, empty when the provider is none. */
  private Future<Optional<Buffer>> settings(URI provider) {
    return send(provider, HttpMethod.GET, Buffer.buffer())
        .map(answer ->
            answer.status() == 200 && isSettings(answer.body())
                ? Optional.of(answer.body())
                : Optional.<Buffer>empty())
        .otherwise(Optional.empty());
  }

  /** Whether it is one JSON object that has the mock's fields. */
  private static boolean isSettings(Buffer body) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body.getBytes())) {
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      boolean tells = false;
      while (isObject && json.nextToken() == JsonToken.PROPERTY_NAME) {
        tells |= TELLING.equals(json.currentName());
        json.nextToken();
        json.skipChildren();
      }
      return tells && json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (JacksonException notJson) {
      return false;
    }
  }

  /** Replaces a mock's settings; empty when the provider is none. */
  public Future<Optional<Answer>> change(String provider, Buffer settings) {
    URI url = near.get(provider);
    if (url == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return settings(url)
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture(Optional.<Answer>empty())
                : send(url, HttpMethod.POST, settings).map(Optional::of));
  }

  private Future<Answer> send(URI url, HttpMethod method, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(url.getHost().replaceAll("[\\[\\]]", ""))
            .setPort(url.getPort() < 0 ? HTTP : url.getPort())
            .setURI(SETTINGS)
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("content-type", "application/json");
    return client.get().request(options).compose(request -> exchange(request, body));
  }

  private static Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    return request.send(body).compose(Mocks::read);
  }

  private static Future<Answer> read(HttpClientResponse response) {
    String length = Objects.requireNonNullElse(response.getHeader("content-length"), "");
    if (length.isEmpty() || length.length() > MAX_DIGITS) {
      response.request().reset();
      return Future.failedFuture("no mock answers so much");
    }
    return response.body().map(body -> new Answer(response.statusCode(), body));
  }
}
