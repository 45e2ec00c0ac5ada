package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.gateway.access.Grant;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.limits.LimitDecision;
import com.langdock.reliability.gateway.limits.LimitQuestion;
import com.langdock.reliability.gateway.limits.LimitedRequest;
import com.langdock.reliability.gateway.limits.RequestLimiter;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import com.langdock.reliability.gateway.server.ResponseListener;
import com.langdock.reliability.gateway.telemetry.Operation;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import com.langdock.reliability.gateway.telemetry.TraceContext;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one request: its body within the limits, its content encoding, and its meaning by the
 * front. Ends in a refusal, or in an exchange for an {@link AnswerDelivery}. Lives on one event
 * loop.
 */
final class Intake implements BodyReader.Result, ResponseListener {
  /** The status in logs and traces of a request whose client left before it was valid. */
  private static final int LEFT_STATUS = 499;

  private static final int SERVER_ERRORS = 500;

  /** The usual limit of how much longer a compressed body becomes. */
  private static final int LIKELY_RATIO = 32;

  private final RequestContext context;
  private final ContentEncoding encoding;
  private final RequestMemory.Share memory;
  private final ResponseCompletion completion;

  private Arrival arrival = new Arrival(0, 0);
  private boolean stopped;

  private Intake(RequestContext context, ContentEncoding encoding, RequestMemory.Share memory) {
    this.context = context;
    this.encoding = encoding;
    this.memory = memory;
    this.completion = new ResponseCompletion(context);
  }

  /** Begins to read the body, unless the head rules that out. */
  static void begin(RequestContext context) {
    ClientRequest request = context.request();
    if (!context.begins()) {
      context.refuse(ErrorTable.SHED);
      return;
    }
    RequestLimiter limiter = context.setup().limiter();
    if (limiter != null) {
      LimitDecision.LimitRefusal refusal = limiter.refusesAtOnce(context.caller());
      if (refusal != null) {
        context.refuse(LimitErrors.of(refusal));
        return;
      }
    }
    if (!ContentType.isJson(request)) {
      Front.Bodies bodies = context.front().bodies(request.path());
      if (!ContentType.isOneOf(bodies, request)) {
        context.charge();
        context.refuse(ContentType.refusal(bodies));
        return;
      }
    }
    ContentEncoding encoding = ContentEncoding.of(request);
    if (encoding == null) {
      context.response().header("accept-encoding", "gzip, deflate, zstd");
      context.charge();
      context.refuse(ContentEncoding.refusal(request));
      return;
    }
    RequestMemory.Share memory = context.services().memory().share(request.clientAddress());
    Intake intake = new Intake(context, encoding, memory);
    context.response().listener(intake);
    new BodyReader(context.maxBody(), memory, intake).read(request);
  }

  @Override
  public void complete(Body body) {
    arrival = new Arrival(now(), context.loop().ticker().unixMillis());
    RequestIdentity identity = context.identity();
    context.start(
        new RequestStart(
            identity.requestId(),
            identity.clientRequestId(),
            arrival.nanos(),
            arrival.unixMillis(),
            traceContext(context.request()),
            operation(),
            context.grant().caller()));
    if (encoding == ContentEncoding.IDENTITY) {
      read(body);
      return;
    }
    int most = (int) Math.min(context.maxBody(), Integer.MAX_VALUE);
    int likely = (int) Math.min(most, (long) LIKELY_RATIO * body.length());
    body.hold();
    events()
        .computeOnWorker(
            likely,
            () -> encoding.decode(body.bytes(), most),
            (decoded, bug) -> {
              body.release();
              decoded(decoded, bug);
            });
  }

  @Override
  public void refused(ApiError error) {
    if (error.status() < SERVER_ERRORS) {
      context.charge();
    }
    context.refuse(error);
  }

  @Override
  public void released() {
    context.released();
  }

  private Operation operation() {
    Front front = context.front();
    ClientRequest request = context.request();
    String path = request.path();
    return Operation.of(front.operation(path), request.method(), front.route(path));
  }

  /** The trace that the client names; null for most requests. */
  private static @Nullable TraceContext traceContext(ClientRequest request) {
    return request.header(HeaderNames.TRACE_PARENT) == null
        ? null
        : TraceContext.parse(
            request.headers(HeaderNames.TRACE_PARENT), request.headers(HeaderNames.TRACE_STATE));
  }

  private void decoded(ContentEncoding.@Nullable Decoded decoded, @Nullable Throwable bug) {
    if (hasLeft()) {
      return;
    }
    switch (decoded) {
      case ContentEncoding.Decoded.Body body when !memory.tryTake(body.bytes().length) ->
          context.refuse(ErrorTable.OVERLOADED);
      case ContentEncoding.Decoded.Body body -> read(Body.of(body.bytes()));
      case ContentEncoding.Decoded.Refused refused -> refused(refused.error());
      case null -> {
        context.crashed(bug == null ? new IllegalStateException("no body") : bug);
      }
    }
  }

  private void read(Body body) {
    Front front = context.front();
    RequestHead head = context.head();
    body.hold();
    events()
        .compute(
            body.length(),
            () -> front.read(head, body, false),
            (quick, bug) -> {
              if (quick instanceof Reading.TakesLong) {
                readLong(body);
              } else {
                body.release();
                read(quick, bug);
              }
            });
  }

  /** Reads a body that is held, and releases it. */
  private void readLong(Body body) {
    Front front = context.front();
    RequestHead head = context.head();
    events()
        .computeOnWorker(
            body.length(),
            () -> front.read(head, body, true),
            (reading, bug) -> {
              body.release();
              read(reading, bug);
            });
  }

  private void read(@Nullable Reading reading, @Nullable Throwable bug) {
    if (hasLeft()) {
      return;
    }
    switch (reading) {
      case Reading.Accepted accepted
          when !memory.tryTake(RequestMemory.heldBeside(accepted.exchange()) + accepted.copied()) ->
          context.refuse(ErrorTable.OVERLOADED);
      case Reading.Accepted accepted -> accept(accepted.exchange());
      case Reading.Refused refused -> invalid(refused.error());
      case Reading.TakesLong endless ->
          context.crashed(new IllegalStateException("a body that takes long again"));
      case null -> {
        context.crashed(bug == null ? new IllegalStateException("no reading") : bug);
      }
    }
  }

  private void accept(Exchange exchange) {
    String header = context.request().header(HeaderNames.TIMEOUT);
    OptionalLong timeout = RequestTimeout.parse(header);
    if (header != null && timeout.isEmpty()) {
      invalid(RequestTimeout.REFUSAL);
      return;
    }
    Rights rights = context.grant().caller().rights();
    Plan plan = context.setup().sessions().plan(exchange, rights);
    if (!rights.allowsAllTargets()
        && (plan.targets().isEmpty() || !rights.allowsModel(exchange.model()))) {
      invalid(AccessErrors.modelNotAllowed());
      return;
    }
    RequestLimiter limiter = context.setup().limiter();
    if (limiter == null) {
      deliver(exchange, plan, timeout, null);
      return;
    }
    LimitQuestion question = LimitQuestions.of(context, exchange, plan);
    LimitDecision decision = limiter.decide(question);
    if (decision instanceof LimitDecision.Lacking missing) {
      new LimitWait(
              events(),
              limiter,
              question,
              () -> !hasLeft(),
              later -> decided(later, exchange, timeout))
          .begin(missing);
    } else {
      decided(decision, exchange, timeout);
    }
  }

  private void decided(LimitDecision decision, Exchange exchange, OptionalLong timeout) {
    switch (decision) {
      case LimitDecision.Refused refused -> limited(LimitErrors.of(refused.refusal()));
      case LimitDecision.Unread unread -> limited(LimitErrors.UNREAD);
      case LimitDecision.Unavailable away -> limited(LimitErrors.SHARED_AWAY);
      case LimitDecision.Lacking missing ->
          context.crashed(new IllegalStateException("short after it has waited"));
      case LimitDecision.Unpriced unpriced -> invalid(LimitErrors.UNPRICED);
      case LimitDecision.Admitted admitted -> {
        LimitedRequest request = admitted.request();
        deliver(exchange, request.plan(), timeout, request);
      }
    }
  }

  private void deliver(
      Exchange exchange, Plan plan, OptionalLong timeout, @Nullable LimitedRequest holds) {
    AnswerDelivery delivery = new AnswerDelivery(context, arrival, memory, completion);
    context.accepted(delivery);
    delivery.begin(exchange, plan, timeout, holds);
  }

  /** The request is not valid, or not allowed: it counts as one, so that many are slowed too. */
  private void invalid(ApiError error) {
    context.charge();
    limited(error);
  }

  /** The request is refused; it counts for nothing here. */
  private void limited(ApiError error) {
    RequestIdentity identity = context.identity();
    context
        .observer()
        .refused(
            new RequestObserver.Refusal(
                identity.requestId(),
                identity.clientRequestId(),
                error.code(),
                error.param(),
                arrival.unixMillis(),
                now() - arrival.nanos(),
                context.observer().traceId()));
    context.observer().answered(context.front().status(error), now());
    context.outcome(Grant.Outcome.REFUSED);
    completion.fail(error);
  }

  /** Whoever leaves while the body is decoded or validated must not cost an attempt. */
  private boolean hasLeft() {
    if (context.response().isOpen()) {
      return false;
    }
    if (!stopped) {
      context.observer().clientLeft();
      context.observer().answered(LEFT_STATUS, now());
    }
    return true;
  }

  /** Its work may be under way, whose result finds the response closed. */
  @Override
  public void clientLeft() {
    completion.clientLeft();
  }

  @Override
  public void review() {
    if (context.grant().isCut()) {
      end(AccessErrors.revoked());
    }
  }

  @Override
  public void stopped() {
    end(ErrorTable.STOPPING);
  }

  /** Refuses the request, whatever of it is under way. */
  private void end(ApiError error) {
    stopped = true;
    try {
      context.refuse(error);
    } catch (Throwable bug) {
      events().caught(bug);
    }
  }

  @Override
  public void crashed(Throwable bug) {
    context.crashed(bug);
  }

  private EventLoop events() {
    return context.loop().events();
  }

  private long now() {
    return context.loop().ticker().nanos();
  }
}
