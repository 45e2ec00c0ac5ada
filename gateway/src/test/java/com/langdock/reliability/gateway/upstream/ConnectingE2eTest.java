package com.langdock.reliability.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.domain.UnreachableReason;
import com.langdock.reliability.gateway.loop.EventLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Name resolution and connection attempts, with real sockets on loopback. */
@Tag("e2e")
@Tag("sockets")
class ConnectingE2eTest {
  private static final String DEAD = "127.0.0.99";
  private static final String ALIVE = "127.0.0.1";
  private static final long NANOS = TimeUnit.SECONDS.toNanos(5);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private DnsServer dns;
  private ServerSocket server;
  private Path hosts;
  private UpstreamNetwork network;

  /** The result of an attempt. */
  private record Result(@Nullable Channel channel, @Nullable Throwable problem) {
    UnreachableReason reason() {
      return Reachability.reason(problem);
    }

    String address() {
      return ((InetSocketAddress) Objects.requireNonNull(channel).remoteAddress())
          .getAddress()
          .getHostAddress();
    }
  }

  @BeforeEach
  void open() throws IOException {
    dns = new DnsServer();
    server = new ServerSocket(0, 50, InetAddress.ofLiteral(ALIVE));
    hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
    network =
        on(() ->
            UpstreamNetwork.of(
                vertx, EventLoop.of(vertx, new RealTicker()), new HostsFile(hosts), dns.servers()));
  }

  @AfterEach
  void close() throws IOException {
    vertx.close().await();
    server.close();
    dns.close();
  }

  private record RealTicker() implements Ticker {
    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public long unixMillis() {
      return System.currentTimeMillis();
    }
  }

  private <T> T on(Callable<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(now -> {
      try {
        done.complete(work.call());
      } catch (Exception thrown) {
        done.completeExceptionally(thrown);
      }
    });
    return done.join();
  }

  private Upstream upstream(String scheme, String host, int port) {
    return new Upstream(
        URI.create(scheme + "://" + host + ":" + port + "/v1"),
        Map.of(),
        new UpstreamTls(List.of(), null),
        null,
        UpstreamObserver.NONE);
  }

  private Result connect(String host) {
    return connect(upstream("http", host, server.getLocalPort()));
  }

  private Result connect(Upstream upstream) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    on(() ->
        network
            .connector(upstream)
            .connect(NANOS, (last, problem) -> complete(result, last, problem)));
    return result.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static void complete(
      CompletableFuture<Result> result,
      @Nullable ChannelHandlerContext last,
      @Nullable Throwable problem) {
    result.complete(new Result(last == null ? null : last.channel(), problem));
  }

  @Test
  void triesTheSecondAddressAfterTheFirstFails() {
    dns.with("provider.test", DEAD, ALIVE);
    assertThat(connect("provider.test").address()).isEqualTo(ALIVE);
  }

  @Test
  void triesTheNextAddressBesideASilentOne() {
    dns.with("provider.test", DEAD, ALIVE);
    CompletableFuture<Channel> silent = new CompletableFuture<>();
    network
        .sockets()
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new UpstreamNetwork.Last(), new Silent(silent));
              }
            });

    assertThat(connect("provider.test").address()).isEqualTo(ALIVE);
    assertThat(silent.join().closeFuture().awaitUninterruptibly(5, TimeUnit.SECONDS)).isTrue();
  }

  /** Connects to the dead address without ever hearing of it. */
  private static final class Silent extends ChannelOutboundHandlerAdapter {
    private final CompletableFuture<Channel> channel;

    Silent(CompletableFuture<Channel> channel) {
      this.channel = channel;
    }

    @Override
    public void connect(
        ChannelHandlerContext context,
        SocketAddress remote,
        @Nullable SocketAddress local,
        ChannelPromise promise)
        throws Exception {
      if (((InetSocketAddress) remote).getAddress().getHostAddress().equals(DEAD)) {
        channel.complete(context.channel());
      } else {
        super.connect(context, remote, local, promise);
      }
    }
  }

  @Test
  void resolvesAMovedNameAgainAtOnce() throws Exception {
    dns.with("provider.test", ALIVE);
    assertThat(connect("provider.test").address()).isEqualTo(ALIVE);
    int port = server.getLocalPort();
    server.close();
    dns.with("provider.test", "127.0.0.2");
    server = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.2"));
    Thread.sleep(1_100); // a younger answer is not doubted

    assertThat(connect("provider.test").address()).isEqualTo("127.0.0.2");
  }

  @Test
  void cachesAnAnswerForItsTimeToLive() {
    dns.with("provider.test", ALIVE);
    connect("provider.test");
    int asked = dns.questions.get();
    connect("provider.test");
    assertThat(dns.questions).hasValue(asked);
  }

  @Test
  void limitsQueriesForADeadProvider() {
    dns.with("provider.test", DEAD);
    connect("provider.test");
    int asked = dns.questions.get();
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThat(connect("provider.test").reason()).isEqualTo(UnreachableReason.CONNECTION_REFUSED);
    }
    assertThat(dns.questions).hasValue(asked);
  }

  @Test
  void rereadsAChangedHostsFile() throws IOException {
    assertThat(connect("provider.test").reason()).isEqualTo(UnreachableReason.NAME_NOT_FOUND);
    Files.writeString(hosts, "127.0.0.1 localhost\n127.0.0.1 provider.test\n");
    assertThat(connect("provider.test").address()).isEqualTo(ALIVE);
  }

  @Test
  void resolvesANameWithAnIpv6AddressOnly() {
    dns.with("provider.test", "::1");
    Result result = connect(upstream("http", "provider.test", 1));
    assertThat(result.reason())
        .isIn(
            UnreachableReason.CONNECTION_REFUSED,
            UnreachableReason.NO_ROUTE,
            UnreachableReason.LOCAL_LIMIT);
    assertThat(connect("127.0.0.1").address()).isEqualTo(ALIVE);
  }

  @Test
  void reportsTheNameServersAnswer() {
    assertThat(connect("nowhere.test").reason()).isEqualTo(UnreachableReason.NAME_NOT_FOUND);
    dns.failing(DnsServer.SERVFAIL);
    assertThat(connect("nowhere.test").reason()).isEqualTo(UnreachableReason.NAME_SERVER_FAILED);
  }

  @Test
  void reportsASilentNameServer() throws Exception {
    dns.silent();
    Connector.Pending pending =
        on(() ->
            network
                .connector(upstream("http", "provider.test", 80))
                .connect(NANOS, (last, problem) -> {}));
    Thread.sleep(100);
    assertThat(on(pending::waitsFor)).isEqualTo(UnreachableReason.NAME_SERVER_SILENT);
    on(() -> {
      pending.cancel();
      return true;
    });
  }

  @Test
  void cancellingDuringTheHandshakeClosesTheConnection() throws Exception {
    CompletableFuture<Result> told = new CompletableFuture<>();
    Upstream upstream = upstream("https", "localhost", server.getLocalPort());
    Connector.Pending pending =
        on(() ->
            network
                .connector(upstream)
                .connect(NANOS, (last, problem) -> complete(told, last, problem)));
    try (Socket accepted = server.accept()) {
      assertThat(accepted.getInputStream().read()).isEqualTo(0x16); // the handshake has begun
      assertThat(on(pending::waitsFor)).isEqualTo(UnreachableReason.TLS_TIMED_OUT);
      on(() -> {
        pending.cancel();
        return true;
      });
      accepted.setSoTimeout(5_000);
      accepted.getInputStream().readAllBytes();
    }
    assertThat(told).isNotDone();
  }

  @Test
  void reportsAPortWithoutTls() throws Exception {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket accepted = server.accept()) {
            accepted.getInputStream().read();
            accepted
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            accepted.getInputStream().readAllBytes();
          } catch (IOException closed) {
            // the gateway left
          }
        });
    assertThat(connect(upstream("https", "localhost", server.getLocalPort())).reason())
        .isEqualTo(UnreachableReason.NOT_TLS);
  }
}
