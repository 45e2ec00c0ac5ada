package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.access.Grant.Outcome;
import com.langdock.reliability.gateway.engine.Delivery;
import com.langdock.reliability.gateway.engine.SessionDriver;
import com.langdock.reliability.gateway.engine.Sessions;
import com.langdock.reliability.gateway.engine.StreamDelivery;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.limits.LimitedRequest;
import com.langdock.reliability.gateway.limits.Money;
import com.langdock.reliability.gateway.limits.RequestCost;
import com.langdock.reliability.gateway.server.ClientResponse;
import com.langdock.reliability.gateway.server.ResponseListener;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.json.JsonSplice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the answer to one accepted request: starts its session, and writes the result in the
 * format of its front. It listens to the session for the outcome that the grant is released with.
 * Lives on one event loop.
 */
final class AnswerDelivery implements Delivery, SessionListener, ResponseListener {

  private final RequestContext context;
  private final ClientResponse response;
  private final RequestIdentity identity;
  private final Arrival arrival;
  private final RequestMemory.Share memory;
  private final ResponseCompletion completion;
  private final RequestCost cost;

  private SessionListener listener = RequestObserver.NO_EVENTS;
  private Outcome outcome = Outcome.FAILED;
  private @Nullable Session session;
  private @Nullable Exchange exchange;
  private @Nullable SessionDriver driver;
  private @Nullable StreamAnswer stream;
  private @Nullable ClientWriter writer;
  private @Nullable LimitedRequest limited;

  AnswerDelivery(
      RequestContext context,
      Arrival arrival,
      RequestMemory.Share memory,
      ResponseCompletion completion) {
    this.context = context;
    this.response = context.response();
    this.identity = context.identity();
    this.arrival = arrival;
    this.memory = memory;
    this.completion = completion;
    this.cost = new RequestCost(context.setup().accounting().models());
  }

  /**
   * Begins the request's session, and listens to the response from now on.
   *
   * @param plan the targets that may answer the caller
   * @param timeout in nanoseconds that the client asks for
   * @param holds what it holds of its limits; null where requests are not counted
   */
  void begin(Exchange exchange, Plan plan, OptionalLong timeout, @Nullable LimitedRequest holds) {
    limited = holds;
    response.listener(this);
    this.exchange = exchange;
    completion.request(exchange.payload());
    if (context.front().answersItself(exchange)
        || !Sessions.canAsk(exchange, plan, context.loop())) {
      Front.OwnAnswer own = context.front().ownAnswer(exchange, null);
      if (own != null) {
        outcome = Outcome.ANSWERED;
        answer(own, List.of());
        return;
      }
    }
    RequestInfo info = info(exchange);
    RequestTraits traits = traits(exchange, timeout);
    // An observer that was told of the beginning is told of the end, by the session only.
    listener = context.observer().began(info);
    Session opened = context.setup().sessions().open(traits, plan, this, arrival.nanos());
    session = opened;
    SessionDriver begun =
        new SessionDriver(context.loop(), opened, exchange, this, context.observer()::headersFor);
    driver = begun;
    begun.begin();
  }

  private RequestInfo info(Exchange exchange) {
    return new RequestInfo(
        identity.requestId(),
        identity.clientRequestId(),
        new RequestInfo.Client(exchange.clientId(), context.grant().caller()),
        exchange.model(),
        exchange.stream(),
        arrival.nanos(),
        arrival.unixMillis(),
        context.observer().traceId());
  }

  private RequestTraits traits(Exchange exchange, OptionalLong timeout) {
    RequestLimits limits = context.setup().limits();
    long total = Math.min(limits.totalNanos(), timeout.orElse(Long.MAX_VALUE));
    boolean isPassed = exchange.task() == Exchange.Task.PASS; // answered when the provider likes
    return new RequestTraits(
        exchange.stream() && !isPassed,
        exchange.answer(),
        new Deadline(arrival.nanos() + total),
        new Deadline(arrival.nanos() + limits.streamTotalNanos()),
        exchange.isRepeatable(),
        context.caller().priority() != Priority.LOW);
  }

  @Override
  public void on(SessionEvent event, long now) {
    if (limited != null) {
      limited.on(event, now); // Before what may wait: its slot is free when the session ends.
    }
    if (event instanceof SessionEvent.TokensUsed used) {
      cost.add(used.attempt().target(), used.usage());
    } else if (event instanceof SessionEvent.Succeeded) {
      outcome = Outcome.ANSWERED;
    } else if (event instanceof SessionEvent.Cancelled) {
      outcome = Outcome.CANCELLED;
    }
    listener.on(event, now);
  }

  @Override
  public ClientWriter writer() {
    ClientWriter created = context.front().writer(exchange(), context.head());
    writer = created;
    return created;
  }

  private Exchange exchange() {
    return Objects.requireNonNull(exchange, "the request has not begun");
  }

  @Override
  public boolean reserve(long bytes) {
    return memory.tryTake(bytes);
  }

  @Override
  public void giveBack(long bytes) {
    memory.giveBack(bytes);
  }

  @Override
  public void answered(WholeAnswer answer, Attempt attempt, AnswerHead head) {
    long now = now();
    List<EndedAttempt> attempts = attempts();
    head(attempt, head, attempts, now);
    if (cost.isKnown()) {
      response.header("x-cost-usd", Money.dollars(cost.nanodollars()));
    }
    AnswerFacts facts =
        new AnswerFacts(
            identity.requestId(),
            attempt.target().provider(),
            attempts.size(),
            TimeUnit.NANOSECONDS.toMillis(now - arrival.nanos()),
            arrival.unixMillis());
    context.front().answeredBy(attempt.target(), context.caller(), exchange(), answer, null);
    JsonSplice edited = context.front().edited(answer, facts);
    if (edited == null) {
      byte[] body = context.front().answer(answer, exchange(), facts);
      completion.complete(body, () -> Responder.answer(response, head, body));
    } else {
      completion.complete(edited, () -> Responder.answer(response, head, edited));
    }
  }

  @Override
  public void begins(Attempt attempt) {
    context.front().answeredBy(attempt.target(), context.caller(), exchange(), null, writer);
  }

  @Override
  public StreamDelivery streams(@Nullable Attempt attempt, AnswerHead head) {
    long now = now();
    List<EndedAttempt> attempts = new ArrayList<>(attempts());
    if (attempt != null) {
      attempts.add(new EndedAttempt(attempt, null, now));
    }
    head(attempt, head, attempts, now);
    String contentType = head.contentType() == null ? contentType() : head.contentType();
    stream = new StreamAnswer(response, completion, head.status(), contentType);
    return stream;
  }

  private String contentType() {
    return writer == null ? ClientWriter.EVENTS : writer.contentType();
  }

  /** Writes the headers; {@code attempt} is null when no attempt has given content yet. */
  private void head(
      @Nullable Attempt attempt, AnswerHead head, List<EndedAttempt> attempts, long now) {
    context.observer().answered(head.status(), now);
    Responder.identify(response, context.front(), identity);
    if (attempt != null) {
      Responder.answeredBy(response, attempt.target());
    }
    Responder.attempts(response, attempts);
    Responder.added(response, head);
    rates(now);
  }

  /** What is left of the caller's rates, in every answer to a caller that has some. */
  private void rates(long now) {
    if (limited != null && limited.showsRates()) {
      long unixMillis = context.loop().ticker().unixMillis();
      context.front().limitHeaders().put(response, limited.standing(now), unixMillis);
    }
  }

  @Override
  public boolean countsOutput() {
    return limited != null;
  }

  @Override
  public boolean grewTo(long tokens) {
    return limited == null || limited.grewTo(tokens, now());
  }

  @Override
  public void failed(Step.GiveUp giveUp) {
    ApiError error = ErrorTable.of(giveUp, attempts());
    if (stream != null) {
      stream.fail(context.front().streamError(error, identity.requestId(), writer));
      return;
    }
    Front.OwnAnswer own = context.front().ownAnswer(exchange(), error);
    if (own == null) {
      context.observer().answered(context.front().status(error), now());
      rates(now());
      completion.fail(error);
    } else {
      answer(own, error.attempts());
    }
  }

  private void answer(Front.OwnAnswer own, List<EndedAttempt> attempts) {
    head(null, AnswerHead.NONE, attempts, now());
    own.headers().forEach(response::header);
    completion.complete(own.body(), () -> Responder.json(response, AnswerHead.OK, own.body()));
  }

  @Override
  public void crashed(Throwable bug) {
    context.crashed(bug);
  }

  @Override
  public void clientLeft() {
    try {
      completion.clientLeft();
      if (driver != null) {
        driver.clientLeft();
      }
    } catch (Throwable bug) {
      context.loop().events().caught(bug);
    }
  }

  @Override
  public void stopped() {
    try {
      if (driver != null) {
        driver.stopped();
      }
    } catch (Throwable bug) {
      context.loop().events().caught(bug);
    }
  }

  @Override
  public void review() {
    SessionDriver running = driver;
    if (running != null && context.grant().isCut()) {
      running.withdrawn(Failure.Withdrawn.Reason.KEY_REVOKED);
    }
  }

  /** Cancels everything that runs, after a bug. */
  void abort() {
    SessionDriver running = driver;
    driver = null;
    outcome = Outcome.FAILED;
    if (running != null) {
      running.abort();
    } else if (session != null) {
      session.crashed(now());
    }
  }

  /** Drops references to the request: something that outlives the response may hold this object. */
  void released() {
    driver = null;
    exchange = null;
    writer = null;
    if (limited != null) {
      limited.close(now());
    }
    context.release(session == null ? Usage.NONE : session.usage(), outcome);
  }

  private List<EndedAttempt> attempts() {
    return session == null ? List.of() : session.endedAttempts();
  }

  private long now() {
    return context.loop().ticker().nanos();
  }
}
