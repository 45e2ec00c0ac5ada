package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Signer;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.upstream.Upstream;
import com.langdock.reliability.gateway.upstream.UpstreamNetwork;
import com.langdock.reliability.gateway.upstream.UpstreamObserver;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import com.langdock.reliability.gateway.upstream.UpstreamRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Asks each provider of a configuration for its models, all at once, as the gateway itself connects
 * to them: with their proxies, certificates and credentials.
 */
final class OnlineCheck {
  /** The exit code where a provider is not as configured. */
  static final int NOT_CONFIRMED = 3;

  /** Of all threads: each call goes to the caller's own generator. */
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private static final Duration USUAL_LIMIT = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Ticker ticker;
  private final Duration limit;

  /** A check that asks each provider for at most {@code limit}. */
  OnlineCheck(PrintStream out, Ticker ticker, Duration limit) {
    this.out = out;
    this.ticker = ticker;
    this.limit = limit;
  }

  /** A check with the machine's clock and the usual limit. */
  static OnlineCheck ofSystem(PrintStream out) {
    return new OnlineCheck(out, new SystemTicker(), USUAL_LIMIT);
  }

  /** A provider where it lists its models. */
  private record Asked(ProviderConfig provider, ModelListing listing) {
    static Asked of(ProviderConfig provider) {
      ModelListing listing = ProviderFormats.of(provider).modelListing();
      return new Asked(provider.at(listing.address().apply(provider.baseUrl())), listing);
    }
  }

  /** Prints what each provider turned out to be; returns the exit code. */
  int run(GatewayConfig config) {
    List<Asked> asked = config.providers().stream().map(Asked::of).toList();
    out.printf(
        "asking %d %s for models, at most %d s each:%n",
        asked.size(), asked.size() == 1 ? "provider" : "providers", limit.toSeconds());
    List<ProviderConfig> providers = asked.stream().map(Asked::provider).toList();
    Vertx vertx = vertx();
    try (Signers signers = Signers.none(ticker, RANDOM).next(providers)) {
      List<CompletableFuture<ListCall.Result>> results = new ArrayList<>();
      asked.forEach(_ -> results.add(new CompletableFuture<>()));
      Context context = vertx.getOrCreateContext();
      context.runOnContext(_ -> ask(vertx, asked, signers, results));
      return print(asked, results);
    } finally {
      vertx.close().await();
    }
  }

  private static Vertx vertx() {
    FileSystemOptions noFiles =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setFileSystemOptions(noFiles));
  }

  /** Begins all calls, on the event loop. */
  private void ask(
      Vertx vertx,
      List<Asked> asked,
      Signers signers,
      List<CompletableFuture<ListCall.Result>> results) {
    try {
      EventLoop loop = EventLoop.of(vertx, ticker);
      UpstreamNetwork network = UpstreamNetwork.of(vertx, loop);
      Upstreams upstreams =
          Upstreams.of(asked.stream().map(Asked::provider).toList(), _ -> UpstreamObserver.NONE);
      for (int index = 0; index < asked.size(); index++) {
        ProviderConfig provider = asked.get(index).provider();
        ModelListing listing = asked.get(index).listing();
        Upstream upstream = upstreams.of(provider);
        UpstreamPool pool = new UpstreamPool(loop, upstream, network.connector(upstream));
        ListCall call = new ListCall(provider, listing, loop, limit, results.get(index));
        call.begin(pool, request(listing, signers.of(provider)));
      }
    } catch (RuntimeException bug) {
      results.forEach(result -> result.completeExceptionally(bug));
    }
  }

  /** The request for the list; empty if there is no credential for it. */
  private Optional<UpstreamRequest> request(ModelListing listing, Signer signer) {
    Outgoing outgoing = new Outgoing("GET", listing.path(), Map.of(), new byte[0]);
    long nanos = limit.toNanos();
    Limits limits = new Limits(nanos, nanos, nanos, Limits.NEVER, nanos, nanos);
    return signer
        .sign(outgoing)
        .map(headers ->
            new UpstreamRequest(
                outgoing.method(),
                outgoing.path(),
                headers,
                outgoing.content(),
                limits,
                new UpstreamRequest.Reuse(false, false)));
  }

  private int print(List<Asked> asked, List<CompletableFuture<ListCall.Result>> results) {
    int code = 0;
    for (int index = 0; index < asked.size(); index++) {
      ListCall.Result result =
          results.get(index).orTimeout(limit.toMillis() * 2, TimeUnit.MILLISECONDS).join();
      out.printf(
          "  %s: %s (%d ms)%n",
          asked.get(index).provider().name(),
          result.finding().text(),
          TimeUnit.NANOSECONDS.toMillis(result.nanos()));
      code = result.finding().isFine() ? code : NOT_CONFIRMED;
    }
    return code;
  }
}
