package com.langdock.reliability.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.DeliveredContent;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.Assembly;
import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.LoopSetup;
import com.langdock.reliability.gateway.front.RequestMemory;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.front.chat.ChatWriter;
import com.langdock.reliability.gateway.limits.Load;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.upstream.Connector;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A report of an attempt that has ended changes nothing. */
class SessionDriverTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 3}
      providers:
        - {name: openai, base_url: "http://a.test", models: [m], priority: 1}
        - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final Failure SILENT = new Failure.Silent(Failure.Silent.Phase.HEADERS);
  private static final WholeAnswer ANSWER =
      new WholeAnswer.Neutral(List.of(), TokenReport.raw(new Usage(3, 0, 2), "{}"));

  private final ManualTicker time = new ManualTicker();
  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final List<Throwable> bugs = new ArrayList<>();
  private final List<SessionEvent> events = new ArrayList<>();
  private final FakeDelivery delivery = new FakeDelivery();
  private int cancelled;

  /** A driver whose first attempt has failed and whose second runs; no provider ever answers. */
  private SessionDriver driver(Exchange request) {
    Connector hanging = (nanos, connected) -> () -> cancelled++;
    EventLoop loop =
        new EventLoop(clock.eventLoop(), new BodyWorkers(Runnable::run, 1), time, bugs::add);
    SplittableRandom random = new SplittableRandom(1);
    Deadline deadline = new Deadline(time.nanos() + 60_000_000_000L);
    RequestMemory memory = new RequestMemory(1 << 20, time);
    RequestServices services =
        new RequestServices(
            loop,
            memory,
            new Load(new AtomicLong(), memory::used, () -> 0, shed -> {}),
            new Observability(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), time, List.of()),
            random);
    LoopSetup setup =
        Assembly.of(
                Configs.loaded(CONFIG), services, provider -> hanging, format -> format, List.of())
            .begin();
    Plan plan = setup.sessions().plan(asking("m", request), Rights.ALL);
    Session session =
        setup
            .sessions()
            .open(
                new RequestTraits(request.stream(), request.answer(), deadline, deadline),
                plan,
                (event, now) -> events.add(event),
                time.nanos());
    SessionDriver driver =
        new SessionDriver(setup.loop(), session, request, delivery, attempt -> Map.of());
    driver.begin();
    driver.failed(begun(1), SILENT);
    assertThat(begun(2).target().provider()).isEqualTo("spare");
    return driver;
  }

  private static Exchange asking(String model, Exchange request) {
    return new Exchange(
        model,
        request.task(),
        null,
        null,
        request.stream(),
        request.answer(),
        request.estimatedInputTokens(),
        request.payload());
  }

  private Attempt begun(int number) {
    return events.stream()
        .filter(event -> event instanceof SessionEvent.AttemptStarted)
        .map(event -> ((SessionEvent.AttemptStarted) event).attempt())
        .filter(attempt -> attempt.number() == number)
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class OfAWholeAnswer {
    private final SessionDriver driver = driver(Exchanges.request(CHAT));
    private final List<SessionEvent> before = List.copyOf(events);

    @Test
    void aLateFailureBeginsNoOtherAttempt() {
      driver.failed(begun(1), SILENT);

      assertThat(events).isEqualTo(before);
      assertThat(cancelled).isZero();
      assertTheSecondAnswers();
    }

    @Test
    void aLateAnswerIsNotDelivered() {
      driver.succeeded(begun(1), ANSWER);

      assertThat(events).isEqualTo(before);
      assertThat(delivery.answeredBy).isNull();
      assertTheSecondAnswers();
    }

    @Test
    void aFailureAfterAnotherAttemptsSuccessIsIgnored() {
      assertTheSecondAnswers();
      List<SessionEvent> all = List.copyOf(events);

      driver.failed(begun(1), SILENT);
      driver.failed(begun(2), SILENT);

      assertThat(events).isEqualTo(all);
      assertThat(delivery.failed).isNull();
    }

    @Test
    void onlyWhatRunsIsCancelled() {
      driver.clientLeft();

      assertThat(cancelled).isEqualTo(1);
      driver.failed(begun(2), SILENT);
      assertThat(events.getLast()).isInstanceOf(SessionEvent.Cancelled.class);
    }

    private void assertTheSecondAnswers() {
      driver.succeeded(begun(2), ANSWER);
      assertThat(delivery.answeredBy).isEqualTo(begun(2));
    }
  }

  @Nested
  class OfAStream {
    private final Exchange request = Exchanges.streaming(CHAT);
    private final SessionDriver driver = driver(request);
    private final List<SessionEvent> before = List.copyOf(events);

    @Test
    void aLateFirstContentOpensNoStream() {
      driver.firstContent(begun(1), new ClientStream(delivery.writer()));
      driver.streamed(null);

      assertThat(events).isEqualTo(before);
      assertThat(delivery.streamedBy).isNull();
    }

    @Test
    void aLateEndEndsNothing() {
      driver.streamEnded(begun(1), new StreamFacts(request));

      assertThat(events).isEqualTo(before);
    }

    @Test
    void aLateBreakBeginsNoOtherAttempt() {
      driver.streamFailed(begun(1), SILENT, new StreamFacts(request), DeliveredContent.TEXT);

      assertThat(events).isEqualTo(before);
      assertThat(delivery.failed).isNull();
      assertThat(cancelled).isZero();
    }

    @Test
    void theFirstContentOfTheRunningAttemptOpensIt() {
      driver.firstContent(begun(2), new ClientStream(delivery.writer()));

      assertThat(delivery.streamedBy).isEqualTo(begun(2));
      driver.clientLeft();
      assertThat(cancelled).isEqualTo(1);
    }
  }

  /** Keeps who answered. */
  private static final class FakeDelivery implements Delivery, StreamDelivery {
    private @Nullable Attempt answeredBy;
    private @Nullable Attempt streamedBy;
    private Step.@Nullable GiveUp failed;

    @Override
    public ClientWriter writer() {
      return new ChatWriter(Exchanges.streaming(CHAT).payload());
    }

    @Override
    public void answered(WholeAnswer answer, Attempt attempt, AnswerHead head) {
      answeredBy = attempt;
    }

    @Override
    public StreamDelivery streams(@Nullable Attempt attempt, AnswerHead head) {
      streamedBy = attempt;
      return this;
    }

    @Override
    public void failed(Step.GiveUp giveUp) {
      failed = giveUp;
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

    @Override
    public void write(byte[] bytes) {}

    @Override
    public boolean isFull() {
      return false;
    }

    @Override
    public void whenDrained(Runnable resume) {}

    @Override
    public void end(byte[] bytes) {}
  }
}
