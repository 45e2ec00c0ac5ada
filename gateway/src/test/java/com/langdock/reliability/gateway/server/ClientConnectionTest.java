package com.langdock.reliability.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.loop.BodyArrays;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientConnectionTest {
  private TrustedProxies proxies = TrustedProxies.NONE;
  private static final String GET = "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n";
  private static final String POST =
      "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: %d\r\n\r\n";

  private final ManualTicker ticker = new ManualTicker();
  private final FakeHandler handler = new FakeHandler();
  private final List<Throwable> bugs = new ArrayList<>();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private ClientConnection connection = connect();

  private ClientConnection connect() {
    ConnectionContext server =
        new ConnectionContext(handler, ticker, new BodyArrays(1 << 20), () -> proxies, bugs::add);
    ClientConnection made = new ClientConnection(server, channel);
    channel.pipeline().addLast(made.decoder(), made);
    return made;
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private String sent() {
    StringBuilder sent = new StringBuilder();
    for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
      sent.append(next.toString(StandardCharsets.US_ASCII));
      next.release();
    }
    return sent.toString();
  }

  private void pass(Duration time) {
    ticker.advance(time);
    connection.look(ticker.nanos());
  }

  @Nested
  class WhenTheGatewayStops {
    @Test
    void eachAnswerIsTheLast() {
      receive(GET);
      handler.stopping = true;
      FakeHandler.answer(handler.requests.getLast(), 200, "a");
      assertThat(sent()).contains("connection: close\r\n");
      assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void asksTheCurrentRequestToEnd() {
      receive(GET);
      ClientResponse response = handler.requests.getLast().response();
      response.listener(new EndsWith503(response));
      connection.stop();
      assertThat(sent()).startsWith("HTTP/1.1 503 ").contains("connection: close\r\n");
      assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesResponsesWithoutAListener() {
      receive(GET);
      connection.stop();
      assertThat(channel.isOpen()).isFalse();
    }
  }

  private record EndsWith503(ClientResponse response) implements ResponseListener {
    @Override
    public void clientLeft() {}

    @Override
    public void stopped() {
      response.send(503, new byte[0]);
    }

    @Override
    public void crashed(Throwable bug) {}
  }

  @Nested
  class RequestsSentAhead {
    @Test
    void areHandledOneByOne() {
      receive(GET.repeat(3));
      assertThat(handler.requests).hasSize(1);

      FakeHandler.answer(handler.requests.getLast(), 200, "a");
      assertThat(handler.requests).hasSize(2);
      FakeHandler.answer(handler.requests.getLast(), 200, "b");
      assertThat(handler.requests).hasSize(3);
    }

    @Test
    void areNotDecodedWhileAnotherIsHandled() {
      receive(GET);
      receive(GET.repeat(1_000));
      assertThat(handler.requests).hasSize(1);
      assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void stopReadingAboveALimit() {
      receive(GET.repeat(100));
      assertThat(channel.config().isAutoRead()).isTrue();
      receive(GET.repeat(RequestDecoder.MAX_UNDECODED / GET.length() + 1));
      assertThat(channel.config().isAutoRead()).isFalse();

      handler.action = request -> FakeHandler.answer(request, 200, "x");
      FakeHandler.answer(handler.requests.getLast(), 200, "x");
      assertThat(channel.config().isAutoRead()).isTrue();
      assertThat(handler.requests).hasSizeGreaterThan(1_500);
    }

    /** A client that sends without reading fills the socket's buffer, not the gateway's memory. */
    @Test
    void waitForEarlierResponses() {
      channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(100, 1_000));
      handler.action = request -> FakeHandler.answer(request, 200, "x".repeat(900));
      channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
      receive(GET.repeat(50));
      assertThat(handler.requests).isEmpty();

      channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
      channel.runPendingTasks();
      assertThat(handler.requests).hasSize(50);
    }

    @Test
    void continueAfterAnExceptionInOne() {
      handler.action =
          request -> {
            throw new IllegalStateException("a bug");
          };
      receive(GET);
      assertThat(bugs).hasSize(1);
      assertThat(sent()).startsWith("HTTP/1.1 500").contains("connection: close");
      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Nested
  class ARequestWhoseHttpIsWrong {
    @ParameterizedTest
    @CsvSource({
      "'GET / HTTP/1.1|accept: a', NOT_ONE_HOST",
      "'GET / HTTP/1.1|host: a|host: b', NOT_ONE_HOST",
      "'GET / HTTP/1.0|host: a|host: b', NOT_ONE_HOST",
      "'GET / HTTP/3.7|host: a', OTHER_VERSION",
      "'PRI * HTTP/2.0|a: b', OTHER_VERSION",
      "'rubbish', NOT_HTTP"
    })
    void isRefusedAndTheConnectionEnds(String lines, MalformedRequest problem) {
      receive(lines.replace("|", "\r\n") + "\r\n\r\n");
      assertThat(handler.requests).isEmpty();
      assertThat(handler.refused).containsExactly(problem);
      assertThat(sent()).contains("connection: close");
    }

    @ParameterizedTest
    @CsvSource({"'GET / HTTP/1.0|accept: a'", "'GET / HTTP/1.2|host: a'"})
    void isAcceptedWhenUnusual(String lines) {
      receive(lines.replace("|", "\r\n") + "\r\n\r\n");
      assertThat(handler.requests).hasSize(1);
    }
  }

  @Nested
  class AnAnswerBeforeTheEndOfABody {
    @Test
    void keepsTheConnectionWhenLittleIsLeft() {
      handler.action = request -> FakeHandler.answer(request, 415, "no");
      receive(POST.formatted(4) + "ab");
      assertThat(sent()).contains("keep-alive: timeout=");
      receive("cd" + GET);
      assertThat(handler.requests).hasSize(2);
    }

    @Test
    void endsTheConnectionWhenMuchIsLeft() {
      handler.action = request -> FakeHandler.answer(request, 413, "no");
      receive(POST.formatted(ClientRequest.MAX_DROPPED + 1) + "ab");
      assertThat(sent()).startsWith("HTTP/1.1 413").contains("connection: close");
    }

    @Test
    void endsTheConnectionOfAClientThatExpectsContinue() {
      handler.action = request -> FakeHandler.answer(request, 413, "no");
      receive(POST.formatted(4).replace("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n"));
      assertThat(sent()).contains("connection: close");
    }
  }

  @Nested
  class ABody {
    private final FakeBody body = new FakeBody();

    private void begin(int length) {
      handler.action = request -> request.read(body);
      receive(POST.formatted(length));
    }

    @Test
    void timesOutAfterSilence() {
      begin(100);
      receive("a");
      pass(Duration.ofSeconds(10));
      assertThat(body.events).isEmpty();
      pass(Duration.ofSeconds(1));
      assertThat(body.events).containsExactly("too slow");
    }

    @Test
    void timesOutWhenSlow() {
      begin(10_000_000);
      for (int i = 0; i < 2; i++) {
        receive("a");
        pass(Duration.ofSeconds(8));
      }
      assertThat(body.events).containsExactly("too slow");
    }

    @Test
    void getsMoreTimeAsItArrives() {
      begin(10_000_000);
      for (int i = 0; i < 12; i++) {
        receive("a".repeat(800_000));
        pass(Duration.ofSeconds(8));
        assertThat(body.events).isEmpty();
      }
      receive("a".repeat(399_999));
      pass(Duration.ofSeconds(9));
      receive("a");
      assertThat(body.events).hasSize(1);
      assertThat(body.events.getFirst()).startsWith("end ");
    }
  }

  @Nested
  class TheMemoryOfARequest {
    private final FakeBody body = new FakeBody();
    private final List<ChannelPromise> writes = new ArrayList<>();

    private void answerWith(int length) {
      channel.pipeline().addFirst(new SlowSocket(writes));
      handler.action = request -> request.read(body);
      receive(POST.formatted(1) + "a");
      FakeHandler.answer(handler.requests.getFirst(), 200, "x".repeat(length));
    }

    @Test
    void isReleasedWhenASmallAnswerIsWritten() {
      answerWith(1_000);
      assertThat(body.events).containsExactly("end a", "released");
    }

    @Test
    void isHeldUntilALargeAnswerIsSent() {
      answerWith(100_000);
      assertThat(body.events).containsExactly("end a");
      writes.forEach(ChannelPromise::setSuccess);
      assertThat(body.events).containsExactly("end a", "released");
    }
  }

  /** Accepts writes, and completes them when the test allows it. */
  private static final class SlowSocket extends ChannelOutboundHandlerAdapter {
    private final List<ChannelPromise> writes;

    SlowSocket(List<ChannelPromise> writes) {
      this.writes = writes;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      writes.add(promise);
    }
  }

  @Nested
  class AnIdleConnection {
    @Test
    void staysOpenLongerThanClientPools() {
      handler.action = request -> FakeHandler.answer(request, 200, "x");
      receive(GET);
      assertThat(sent()).contains("connection: keep-alive\r\nkeep-alive: timeout=115\r\n");
      pass(Duration.ofSeconds(116));
      assertThat(channel.isOpen()).isTrue();
      pass(Duration.ofSeconds(5));
      assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void isClosedSoonForARefusedClient() {
      handler.admits = false;
      channel.pipeline().remove(ClientConnection.class);
      channel.pipeline().remove(RequestDecoder.class);
      connection = connect();
      pass(Duration.ofSeconds(11));
      assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void isNotClosedDuringARequest() {
      receive(GET);
      pass(Duration.ofMinutes(10));
      assertThat(channel.isOpen()).isTrue();
    }
  }
}
