package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Deadline;
import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.routing.Plan;
import com.langdock.reliability.core.session.RequestTraits;
import com.langdock.reliability.core.session.Session;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.engine.Delivery;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.engine.SessionDriver;
import com.langdock.reliability.gateway.engine.StreamDelivery;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.front.chat.Problem;
import com.langdock.reliability.gateway.front.chat.RequestValidator;
import com.langdock.reliability.gateway.front.chat.Validation;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.ClientResponse;
import com.langdock.reliability.gateway.server.ResponseListener;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.tracing.RequestTrace;
import com.langdock.reliability.gateway.telemetry.tracing.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One {@code POST /v1/chat/completions}, from its head to its answer: body, validation, session,
 * answer. Lives on one event loop.
 */
final class ClientCall implements BodyReader.Result, Delivery, ResponseListener {
  private static final int OK = 200;

  /** The word for a client that left before its request was valid. */
  private static final String LEFT = "client_gone";

  private static final int LEFT_STATUS = 499;

  /** A compressed body becomes this many times longer at most, unless it is a bomb. */
  private static final int LIKELY_RATIO = 32;

  private final ChatServices services;
  private final Loop loop;
  private final ClientResponse response;
  private final RequestIdentity identity;
  private final ContentEncoding encoding;
  private final RequestMemory.Share memory;
  private final @Nullable String timeoutHeader;
  private final ResponseCompletion end;
  private final @Nullable TraceContext incoming;

  private long acceptedAt;
  private long createdAtMillis;
  private RequestTrace trace = RequestTrace.NONE;
  private @Nullable Session session;
  private @Nullable SessionDriver driver;
  private @Nullable StreamAnswer stream;
  private boolean crashed;
  private boolean stopped;

  /** A call whose body has not been read. */
  ClientCall(
      ChatServices services,
      ClientRequest request,
      RequestIdentity identity,
      ContentEncoding encoding,
      RequestMemory.Share memory) {
    this.services = services;
    this.loop = services.loop().guardedBy(this::crashed);
    this.response = request.response();
    this.identity = identity;
    this.encoding = encoding;
    this.memory = memory;
    this.end = new ResponseCompletion(services, identity.requestId(), this::crashed);
    this.timeoutHeader = request.header(HeaderNames.TIMEOUT);
    this.incoming = traceContext(request);
    response.listener(this);
  }

  @Override
  public void whole(byte[] body) {
    acceptedAt = services.loop().ticker().nanos();
    createdAtMillis = services.loop().ticker().unixMillis();
    trace = beginTrace();
    if (encoding == ContentEncoding.IDENTITY) {
      validate(body);
      return;
    }
    int most = (int) Math.min(services.limits().maxBody(), Integer.MAX_VALUE);
    int likely = (int) Math.min(most, (long) LIKELY_RATIO * body.length);
    loop.events().computeAside(likely, () -> encoding.decode(body, most), this::decoded);
  }

  private void decoded(ContentEncoding.@Nullable Decoded decoded, @Nullable Throwable bug) {
    if (hasLeft()) {
      return;
    }
    switch (decoded) {
      case ContentEncoding.Decoded.Body body when !memory.tryTake(body.bytes().length) ->
          turnAway(ErrorTable.OVERLOADED);
      case ContentEncoding.Decoded.Body body -> validate(body.bytes());
      case ContentEncoding.Decoded.Refused refused -> turnAway(refused.error());
      case null -> {
        crashed(bug == null ? new IllegalStateException("no body") : bug);
      }
    }
  }

  /** Whoever leaves while the body is decoded or validated must not cost an attempt. */
  private boolean hasLeft() {
    if (response.isOpen()) {
      return false;
    }
    if (!stopped) {
      trace.refused(LEFT);
      trace.answered(LEFT_STATUS, services.loop().ticker().nanos());
    }
    return true;
  }

  /** Refuses a request whose body was read, but not validated. */
  private void turnAway(ApiError error) {
    trace.refused(error.code());
    trace.answered(error.status(), services.loop().ticker().nanos());
    refused(error);
  }

  private void validate(byte[] body) {
    EventLoop events = loop.events();
    RequestValidator validator = services.validator();
    events.compute(
        body.length,
        () -> validator.validateQuickly(body),
        (quick, bug) -> {
          if (quick != null && quick.isEmpty()) {
            events.computeAside(body.length, () -> validator.validate(body), this::validated);
          } else {
            validated(quick == null ? null : quick.get(), bug);
          }
        });
  }

  private RequestTrace beginTrace() {
    Observability observability = services.observability();
    try {
      return services
          .tracing()
          .begin(identity.requestId(), acceptedAt, createdAtMillis, incoming)
          .isolated(observability::observerFailed);
    } catch (Throwable thrown) {
      observability.observerFailed(thrown);
      return RequestTrace.NONE;
    }
  }

  @Override
  public void refused(ApiError error) {
    services
        .observability()
        .requestRefused(DataApi.refusal(error, identity, response.remoteAddress()));
    Responder.error(response, error, identity);
  }

  private void validated(@Nullable Validation validation, @Nullable Throwable bug) {
    if (hasLeft()) {
      return;
    }
    switch (validation) {
      case Validation.Valid valid when !memory.tryTake(RequestMemory.heldBeside(valid.request())) ->
          turnAway(ErrorTable.OVERLOADED);
      case Validation.Valid valid -> open(valid.request());
      case Validation.Invalid invalid -> invalid(invalid.problem());
      case null -> {
        crashed(bug == null ? new IllegalStateException("no validation") : bug);
      }
    }
  }

  private void invalid(Problem problem) {
    ApiError error = ErrorTable.of(problem);
    trace.refused(error.code());
    services
        .observability()
        .requestRefused(
            new RequestObserver.Refusal(
                identity.requestId(),
                identity.clientRequestId(),
                error.code(),
                error.param(),
                createdAtMillis,
                services.loop().ticker().nanos() - acceptedAt,
                trace.traceId()));
    fail(error);
  }

  private void open(Exchange request) {
    OptionalLong timeout = RequestTimeout.parse(timeoutHeader);
    if (timeoutHeader != null && timeout.isEmpty()) {
      invalid(RequestTimeout.PROBLEM);
      return;
    }
    RequestInfo info = info(request);
    Plan plan = services.router().plan(request.model(), request.preferredProvider());
    RequestTraits traits = traits(request, timeout);
    // Whoever hears of a beginning hears of the end, which only a session tells.
    SessionListener observer = trace.started(info, services.observability().requestStarted(info));
    Session opened = services.sessions().open(traits, plan, observer, acceptedAt);
    session = opened;
    end.asked(request.payload().bytes());
    SessionDriver begun = new SessionDriver(loop, opened, request, this, trace);
    driver = begun;
    begun.begin();
  }

  @Override
  public boolean reserve(long bytes) {
    return memory.tryTake(bytes);
  }

  @Override
  public void giveBack(long bytes) {
    memory.giveBack(bytes);
  }

  private RequestInfo info(Exchange request) {
    return new RequestInfo(
        identity.requestId(),
        identity.clientRequestId(),
        request.clientId(),
        request.model(),
        request.stream(),
        acceptedAt,
        createdAtMillis,
        trace.traceId());
  }

  @Override
  public void clientLeft() {
    try {
      end.abandoned();
      if (driver != null) {
        driver.clientLeft();
      }
    } catch (Throwable bug) {
      loop.events().caught(bug);
    }
  }

  @Override
  public void stopped() {
    stopped = true;
    try {
      if (driver != null) {
        driver.stopped();
      } else if (session == null) {
        turnAway(ErrorTable.STOPPING);
      }
    } catch (Throwable bug) {
      loop.events().caught(bug);
    }
  }

  /** A connection that is kept alive holds its last call, which must not hold the request. */
  @Override
  public void released() {
    driver = null;
  }

  private RequestTraits traits(Exchange request, OptionalLong timeout) {
    RequestLimits limits = services.limits();
    long total = Math.min(limits.totalNanos(), timeout.orElse(Long.MAX_VALUE));
    return new RequestTraits(
        request.stream(),
        request.answer(),
        new Deadline(acceptedAt + total),
        new Deadline(acceptedAt + limits.streamTotalNanos()));
  }

  @Override
  public void answered(Decoded.Answer answer, Attempt attempt, RequestChanges changes) {
    long now = services.loop().ticker().nanos();
    List<EndedAttempt> attempts = attempts();
    head(attempt, attempts, now);
    Responder.changes(response, changes);
    AnswerFacts facts =
        new AnswerFacts(
            identity.requestId(),
            attempt.target().provider(),
            attempts.size(),
            TimeUnit.NANOSECONDS.toMillis(now - acceptedAt),
            createdAtMillis);
    byte[] json = AnswerJson.of(answer, facts);
    end.of(json, () -> Responder.json(response, OK, json));
  }

  @Override
  public StreamDelivery streams(@Nullable Attempt attempt, RequestChanges changes) {
    long now = services.loop().ticker().nanos();
    List<EndedAttempt> attempts = new ArrayList<>(attempts());
    if (attempt != null) {
      attempts.add(new EndedAttempt(attempt, null, now));
    }
    head(attempt, attempts, now);
    Responder.changes(response, changes);
    stream = new StreamAnswer(response, end);
    return stream;
  }

  @Override
  public void failed(Step.GiveUp giveUp) {
    fail(ErrorTable.of(giveUp, attempts()));
  }

  /**
   * The guard of this call: whatever is thrown from its first byte to its last ends it, and is told
   * once. A response that has not begun is a 500, a stream ends in an error; if that is impossible
   * too, the connection is closed.
   */
  @Override
  public void crashed(Throwable bug) {
    if (crashed) {
      response.abort();
      return;
    }
    crashed = true;
    try {
      services.observability().bug(identity.requestId(), trace.traceId(), bug);
    } finally {
      SessionDriver running = driver;
      driver = null;
      try {
        if (running != null) {
          running.abort();
        } else if (session != null) {
          session.crashed(loop.ticker().nanos());
        }
      } finally {
        CrashedResponse.end(response, identity);
      }
    }
  }

  /** The head of an answer that {@code attempt} gave, or of one that nobody has given yet. */
  private void head(@Nullable Attempt attempt, List<EndedAttempt> attempts, long now) {
    trace.answered(OK, now);
    Responder.identify(response, identity);
    if (attempt != null) {
      Responder.answeredBy(response, attempt.target());
    }
    Responder.attempts(response, attempts);
  }

  private void fail(ApiError error) {
    if (stream == null) {
      trace.answered(error.status(), services.loop().ticker().nanos());
      send(error);
    } else {
      stream.fail(error, identity.requestId());
    }
  }

  private void send(ApiError error) {
    byte[] json = ErrorJson.of(error, identity.requestId());
    end.of(json, () -> Responder.error(response, error, json, identity));
  }

  /** Most requests name no trace. */
  private static @Nullable TraceContext traceContext(ClientRequest request) {
    return request.header(HeaderNames.TRACE_PARENT) == null
        ? null
        : TraceContext.parse(
            request.headers(HeaderNames.TRACE_PARENT), request.headers(HeaderNames.TRACE_STATE));
  }

  private List<EndedAttempt> attempts() {
    return session == null ? List.of() : session.endedAttempts();
  }
}
