package com.langdock.reliability.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.Assembly;
import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.LoopSetup;
import com.langdock.reliability.gateway.front.RequestMemory;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.front.chat.ChatWriter;
import com.langdock.reliability.gateway.limits.Load;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.upstream.Connector;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large body is hashed for its signature on a worker, not on the event loop. */
class SignedBodyTest {
  private static final String CONFIG =
      """
      providers:
        - name: bedrock
          base_url: "http://a.test"
          region: eu-west-1
          aws: {access_key_id: A, secret_access_key: b}
          models: [m]
      """;
  private static final int LARGE = 8 * 1024 * 1024;

  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final List<Throwable> bugs = new ArrayList<>();
  private final Queue<Runnable> work = new ArrayDeque<>();
  private boolean isOnWorker;
  private int connections;

  /** Where the wall clock was read: signing is all that reads it here. */
  private final List<Boolean> signedOnWorker = new ArrayList<>();

  private final class Time implements Ticker {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public long unixMillis() {
      signedOnWorker.add(isOnWorker);
      return 0;
    }
  }

  private void begin(boolean stream, int size) {
    Ticker time = new Time();
    Connector hanging =
        (nanos, connected) -> {
          connections++;
          return () -> {};
        };
    EventLoop loop =
        new EventLoop(clock.eventLoop(), new BodyWorkers(work::add, 2), time, bugs::add);
    RequestMemory memory = new RequestMemory(1L << 30, time);
    RequestServices services =
        new RequestServices(
            loop,
            memory,
            new Load(new AtomicLong(), memory::used, () -> 0, shed -> {}),
            new Observability(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), time, List.of()),
            new SplittableRandom(1));
    LoopSetup setup =
        Assembly.of(
                Configs.loaded(CONFIG), services, provider -> hanging, format -> format, List.of())
            .begin();
    Exchange request =
        Exchanges.request(
            "{\"model\":\"m\",\"stream\":"
                + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + "x".repeat(size)
                + "\"}]}");
    Exchange asking =
        new Exchange(
            "m",
            request.task(),
            null,
            null,
            stream,
            request.answer(),
            request.estimatedInputTokens(),
            request.payload());
    Deadline deadline = new Deadline(60_000_000_000L);
    Session session =
        setup
            .sessions()
            .open(
                new RequestTraits(stream, request.answer(), deadline, deadline),
                setup.sessions().plan(asking, Rights.ALL),
                (event, now) -> {},
                0);
    signedOnWorker.clear();
    new SessionDriver(setup.loop(), session, asking, new NoDelivery(), attempt -> Map.of()).begin();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLargeOneOnAWorker(boolean stream) {
    begin(stream, LARGE);
    assertThat(signedOnWorker).isEmpty();
    assertThat(work).hasSize(1);
    isOnWorker = true;
    work.remove().run();
    isOnWorker = false;
    assertThat(connections).isZero();
    clock.runPendingTasks();
    assertThat(connections).isEqualTo(1);
    assertThat(signedOnWorker).containsExactly(true);
    assertThat(bugs).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSmallOneAtOnce(boolean stream) {
    begin(stream, 100);
    assertThat(work).isEmpty();
    assertThat(connections).isEqualTo(1);
    assertThat(signedOnWorker).containsExactly(false);
    assertThat(bugs).isEmpty();
  }

  /** Is told nothing: no provider answers. */
  private static final class NoDelivery implements Delivery {
    @Override
    public ClientWriter writer() {
      return new ChatWriter(Exchanges.request("{}").payload());
    }

    @Override
    public void answered(WholeAnswer answer, Attempt attempt, AnswerHead head) {
      throw new AssertionError();
    }

    @Override
    public StreamDelivery streams(@Nullable Attempt attempt, AnswerHead head) {
      throw new AssertionError();
    }

    @Override
    public void failed(Step.GiveUp giveUp) {
      throw new AssertionError(giveUp);
    }

    @Override
    public boolean reserve(long bytes) {
      return true;
    }

    @Override
    public void giveBack(long bytes) {}

    @Override
    public void crashed(Throwable bug) {
      throw new AssertionError(bug);
    }
  }
}
