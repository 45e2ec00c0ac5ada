package com.langdock.reliability.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Limits;
import com.langdock.reliability.core.domain.UnreachableReason;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamPoolTest {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration HEADERS = Duration.ofSeconds(60);
  private static final Duration BODY = Duration.ofSeconds(5);
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

  private final ManualTicker time = new ManualTicker();
  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final List<Throwable> bugs = new ArrayList<>();
  private final EventLoop loop =
      new EventLoop(clock.eventLoop(), new BodyWorkers(Runnable::run, 1), time, bugs::add);
  private final List<Boolean> unsolicited = new ArrayList<>();
  private final Upstream upstream =
      new Upstream(
          URI.create("http://provider.test/v1"),
          Map.of(),
          new UpstreamTls(List.of(), null),
          null,
          unsolicited::add);
  private final FakeConnector connector = new FakeConnector();
  private final UpstreamPool pool = new UpstreamPool(loop, upstream, connector);

  /** Connects at once by default. */
  private static final class FakeConnector implements Connector {
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private boolean hangs;
    private int cancelled;

    @Override
    public Pending connect(
        long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected) {
      if (!hangs) {
        ChannelInboundHandlerAdapter last = new ChannelInboundHandlerAdapter();
        EmbeddedChannel channel = new EmbeddedChannel(last);
        channels.add(channel);
        connected.accept(channel.pipeline().context(last), null);
      }
      return new Pending() {
        @Override
        public void cancel() {
          cancelled++;
        }

        @Override
        public UnreachableReason waitsFor() {
          return UnreachableReason.PROXY_TIMED_OUT;
        }
      };
    }
  }

  /** What a call received. */
  private static final class Heard implements ReplyListener {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean ended;
    private @Nullable Failure failure;

    @Override
    public void head(int answered, ReplyHeaders headers) {
      status = answered;
    }

    @Override
    public void chunk(byte[] bytes) {
      body.writeBytes(bytes);
    }

    @Override
    public void end() {
      ended = true;
    }

    @Override
    public void failed(Failure why) {
      failure = why;
    }
  }

  private UpstreamCall send(Heard heard) {
    Limits limits =
        new Limits(
            CONNECT.toNanos(),
            HEADERS.toNanos(),
            BODY.toNanos(),
            Limits.NEVER,
            BODY.toNanos(),
            BODY.toNanos());
    return pool.send(
        new UpstreamRequest(
            "POST",
            "/chat",
            Map.of(),
            Body.of(new byte[] {'{', '}'}),
            limits,
            new UpstreamRequest.Reuse(true, true)),
        heard);
  }

  private void pass(Duration by) {
    time.advance(by);
    clock.advanceTimeBy(by.toNanos(), TimeUnit.NANOSECONDS);
    clock.runScheduledPendingTasks();
  }

  private static void answer(EmbeddedChannel channel, String reply) {
    channel.flushOutbound();
    channel.runPendingTasks();
    channel.writeInbound(Unpooled.copiedBuffer(reply, StandardCharsets.ISO_8859_1));
  }

  private EmbeddedChannel connection(int number) {
    return connector.channels.get(number);
  }

  @Nested
  class Reuse {
    @Test
    void beginsWhenTheReadIsOver() {
      Heard first = new Heard();
      send(first);
      connection(0).flushOutbound();
      connection(0).runPendingTasks();
      connection(0)
          .pipeline()
          .fireChannelRead(Unpooled.copiedBuffer(OK, StandardCharsets.ISO_8859_1));
      assertThat(first.ended).isTrue();
      send(new Heard());
      assertThat(connector.channels).hasSize(2);

      connection(0).pipeline().fireChannelReadComplete();
      send(new Heard());

      assertThat(connector.channels).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {OK, "HTTP/1.1 2", "x", "\r\n\r\nx"})
    void endsWithUnsolicitedBytes(String more) {
      send(new Heard());
      send(new Heard());
      answer(connection(0), OK);
      answer(connection(1), OK + more);

      assertThat(connection(0).isOpen()).isFalse();
      assertThat(connection(1).isOpen()).isFalse();
      assertThat(unsolicited).containsExactly(true);
    }

    @Test
    void beginsAgainAfterAMinute() {
      send(new Heard());
      answer(connection(0), OK + "x");
      send(new Heard());
      answer(connection(1), OK);
      assertThat(connection(1).isOpen()).isFalse();

      pass(Duration.ofSeconds(ReuseGuard.SUSPENDED_SECONDS));
      send(new Heard());
      answer(connection(2), OK);
      send(new Heard());

      assertThat(connector.channels).hasSize(3);
    }

    @Test
    void isLimited() {
      for (int call = 0; call < UpstreamPool.MAX_IDLE + 5; call++) {
        send(new Heard());
      }
      connector.channels.forEach(channel -> answer(channel, OK));

      assertThat(connector.channels.stream().filter(EmbeddedChannel::isOpen))
          .hasSize(UpstreamPool.MAX_IDLE);
      assertThat(connection(0).isOpen()).isFalse();
    }

    @Test
    void endsWhenThePoolIsClosed() {
      Heard busy = new Heard();
      send(new Heard());
      send(busy);
      answer(connection(0), OK);

      pool.close();

      assertThat(connection(0).isOpen()).isFalse();
      answer(connection(1), OK);
      assertThat(busy.ended).isTrue();
      assertThat(connection(1).isOpen()).isFalse();
      assertThat(clock.hasPendingTasks()).isFalse();
    }
  }

  @Nested
  class Connecting {
    @Test
    void endsWithTheCall() {
      connector.hangs = true;
      Heard heard = new Heard();
      UpstreamCall call = send(heard);

      call.cancel();

      assertThat(connector.cancelled).isEqualTo(1);
      assertThat(heard.failure).isNull();
    }

    @Test
    void timesOutAndReportsTheStep() {
      connector.hangs = true;
      Heard heard = new Heard();
      send(heard);

      pass(CONNECT);

      assertThat(connector.cancelled).isEqualTo(1);
      assertThat(heard.failure)
          .isEqualTo(new Failure.Unreachable(UnreachableReason.PROXY_TIMED_OUT));
    }
  }

  @Nested
  class Silence {
    @Test
    void isLongBeforeTheHeadAndShortInTheBody() {
      Heard heard = new Heard();
      send(heard);
      pass(HEADERS.minusSeconds(1));
      assertThat(heard.failure).isNull();
      answer(connection(0), "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nok");

      pass(HEADERS);

      assertThat(heard.failure).isEqualTo(new Failure.Silent(Failure.Silent.Phase.BODY));
    }

    @Test
    void beforeTheHeadEndsAfterItsTime() {
      Heard heard = new Heard();
      send(heard);

      pass(HEADERS);

      assertThat(heard.failure).isEqualTo(new Failure.Silent(Failure.Silent.Phase.HEADERS));
      assertThat(connection(0).isOpen()).isFalse();
    }
  }

  @Nested
  class Replies {
    @Test
    void withoutABodyEndWithTheirHead() {
      for (String status : List.of("204 No Content", "304 Not Modified")) {
        Heard heard = new Heard();
        send(heard);
        answer(connection(0), "HTTP/1.1 " + status + "\r\ncontent-length: 5\r\n\r\n");
        assertThat(heard.ended).isTrue();
      }
      assertThat(connector.channels).hasSize(1);
    }

    @Test
    void thatSwitchProtocolsEndTheConnection() {
      Heard heard = new Heard();
      send(heard);
      answer(connection(0), "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n");

      assertThat(heard.status).isEqualTo(101);
      assertThat(connection(0).isOpen()).isFalse();
    }

    @Test
    void thatAreNotHttpAreReported() {
      Heard heard = new Heard();
      send(heard);
      answer(connection(0), "SSH-2.0-OpenSSH_9.7\r\n\r\n");

      assertThat(heard.failure).isEqualTo(new Failure.Unreachable(UnreachableReason.NOT_HTTP));
    }

    @Test
    void thatClaimTwoLengthsAreNoHttp() {
      Heard heard = new Heard();
      send(heard);
      String lengths = "content-length: 2\r\ncontent-length: 3\r\n\r\n";
      answer(connection(0), "HTTP/1.1 200 OK\r\n" + lengths + "abc");

      assertThat(heard.failure).isEqualTo(new Failure.Unreachable(UnreachableReason.NOT_HTTP));
    }

    @Test
    void areDecodedOnlyAsFarAsTheyAreRead() throws IOException {
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
        zip.write(new byte[1_000_000]);
      }
      Heard heard = new Heard();
      UpstreamCall call = send(heard);
      connection(0).flushOutbound();
      connection(0).runPendingTasks();
      call.pause();
      answer(
          connection(0),
          "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: "
              + zipped.size()
              + "\r\n\r\n");
      connection(0).writeInbound(Unpooled.wrappedBuffer(zipped.toByteArray()));
      assertThat(heard.body.size()).isZero();
      assertThat(heard.ended).isFalse();

      call.resume();

      assertThat(heard.body.size()).isEqualTo(1_000_000);
      assertThat(heard.ended).isTrue();
      send(new Heard());
      assertThat(connector.channels).hasSize(1);
    }
  }
}
