package com.langdock.reliability.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A server of credentials, or a provider that checks them: answers as the test says, and keeps what
 * it saw.
 */
public final class LoginServer implements AutoCloseable {
  /**
   * A request, as the server saw it.
   *
   * @param headers with names in lower case
   */
  public record Seen(String method, String path, Map<String, String> headers, String body) {}

  /** An answer in JSON, or whatever {@code body} is, after {@code delayMillis}. */
  public record Given(int status, String body, long delayMillis) {
    /** At once. */
    public Given(int status, String body) {
      this(status, body, 0);
    }
  }

  /** What it saw, in order. */
  public final List<Seen> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final Queue<Given> next = new ArrayDeque<>();
  private volatile Function<Seen, Given> usual;

  /** A server that gives {@code usual} where nothing else was scripted. */
  public LoginServer(Function<Seen, Given> usual) {
    this.usual = usual;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its address without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives {@code given} to the next request that nothing was scripted for. */
  public LoginServer next(Given given) {
    synchronized (next) {
      next.add(given);
    }
    return this;
  }

  /** Gives {@code other} from now on. */
  public void usual(Function<Seen, Given> other) {
    usual = other;
  }

  /** The values of the header {@code name} of the requests to paths that contain {@code part}. */
  public List<String> header(String name, String part) {
    return requests.stream()
        .filter(request -> request.path().contains(part))
        .map(request -> request.headers().getOrDefault(name, ""))
        .toList();
  }

  /** The number of requests to paths that contain {@code part}. */
  public long count(String part) {
    return requests.stream().filter(request -> request.path().contains(part)).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Seen seen =
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          header -> header.getKey().toLowerCase(Locale.ROOT),
                          header -> String.join(",", header.getValue()),
                          (one, other) -> one,
                          TreeMap::new)),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      requests.add(seen);
      Given given;
      synchronized (next) {
        given = next.poll();
      }
      given = given == null ? usual.apply(seen) : given;
      pause(given.delayMillis());
      byte[] body = given.body().getBytes(UTF_8);
      String type = given.body().startsWith("<") ? "text/xml" : "application/json";
      exchange.getResponseHeaders().add("content-type", type);
      exchange.sendResponseHeaders(given.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
