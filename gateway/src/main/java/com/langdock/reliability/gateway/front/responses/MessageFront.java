package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.AnswerHistory;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.ErrorTable;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.ParsedBody;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's responses for one message of a WebSocket. The request is the one by HTTP, with the whole
 * input where it goes on from an answer that the connection remembers; events and errors are
 * messages. Used by one request, whose steps follow each other.
 */
final class MessageFront implements Front {
  /** The version of this protocol, which clients send at the handshake; not for HTTP. */
  private static final String BETA = "responses_websockets";

  private static final String BETA_HEADER = "openai-beta";

  /** Copies of bodies up to this size count for nothing, as their translations do. */
  private static final int SMALL = 64 * 1024;

  private final ResponsesFront front;
  private final AnswerHistory history;
  private final String requestId;
  private final long unixMillis;

  /** What was asked, null until it is read. */
  private ClientMessage.@Nullable Create message;

  private @Nullable String streamId;

  MessageFront(ResponsesFront front, AnswerHistory history, String requestId, long unixMillis) {
    this.front = front;
    this.history = history;
    this.requestId = requestId;
    this.unixMillis = unixMillis;
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    if (message == null) {
      ApiError problem = problem(body);
      if (problem != null) {
        return new Reading.Refused(problem);
      }
    }
    byte[] edited = Objects.requireNonNull(message, "just read").body();
    Reading reading = front.read(withoutBeta(head), Body.of(edited), mayTakeLong);
    return reading instanceof Reading.Accepted accepted
        ? new Reading.Accepted(accepted.exchange(), edited.length <= SMALL ? 0 : edited.length)
        : reading;
  }

  /** Reads the message; returns why it is not valid, else null. */
  private @Nullable ApiError problem(Body body) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> ErrorTable.of(invalid.problem());
      case ParsedBody.Json json ->
          switch (ClientMessage.read(json.root(), history)) {
            case ClientMessage.Refused refused -> {
              streamId = refused.streamId();
              yield refused.error();
            }
            case ClientMessage.Create create -> {
              message = create;
              streamId = create.streamId();
              yield null;
            }
          };
    };
  }

  /** What a provider is not told, since it is asked by HTTP. */
  private static RequestHead withoutBeta(RequestHead head) {
    String betas = head.headers().get(BETA_HEADER);
    if (betas == null || !betas.contains(BETA)) {
      return head;
    }
    Map<String, String> headers = new HashMap<>(head.headers());
    String others =
        Arrays.stream(betas.split(","))
            .map(String::strip)
            .filter(beta -> !beta.startsWith(BETA))
            .collect(Collectors.joining(","));
    headers.remove(BETA_HEADER);
    if (!others.isEmpty()) {
      headers.put(BETA_HEADER, others);
    }
    return new RequestHead(head.method(), head.path(), head.query(), headers, head.caller());
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    return new MessageWriter(
        new ResponsesWriter(request, requestId), request, streamId, this::remember);
  }

  private void remember(String id, String items) {
    history.put(streamId == null ? "" : streamId, id, items.getBytes(UTF_8));
  }

  @Override
  public byte[] streamError(ApiError error, String id, @Nullable ClientWriter writer) {
    return writer instanceof MessageWriter own
        ? own.messages(front.streamError(error, id, own.events()))
        : events().of(front.streamError(error, id, null));
  }

  private MessageEvents events() {
    return new MessageEvents(streamId, (name, json) -> {});
  }

  /**
   * The error as an event, with what are the status and the headers of a response by HTTP. Some
   * clients look for the headers in the error, others beside it.
   */
  @Override
  public byte[] error(ApiError error, String id) {
    String body = new String(front.error(error, id), UTF_8);
    String headers = ",\"headers\":{" + headers(error, id) + "}";
    String json =
        "{\"type\":\"error\",\"status\":"
            + front.status(error)
            + ","
            + body.substring(1, body.length() - 2) // without the ends of both objects
            + headers
            + "}"
            + headers
            + "}";
    return events().line(json.getBytes(UTF_8));
  }

  private static String headers(ApiError error, String id) {
    String requestId = "\"x-request-id\":" + JsonText.quote(id);
    OptionalLong wait = error.retryAfterNanos();
    return wait.isEmpty()
        ? requestId
        : requestId + ",\"retry-after\":\"" + seconds(wait.getAsLong()) + "\"";
  }

  private static long seconds(long nanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
  }

  @Override
  public boolean answersItself(Exchange request) {
    return message != null && !message.isGenerated();
  }

  /** The response to a request that no model is asked: its input is remembered. */
  @Override
  public @Nullable OwnAnswer ownAnswer(Exchange request, @Nullable ApiError error) {
    if (error != null || !answersItself(request)) {
      return null;
    }
    JsonValue root = request.payload().root();
    Piece.Started started =
        new Piece.Started(requestId, request.model(), TimeUnit.MILLISECONDS.toSeconds(unixMillis));
    ResponseJson json = new ResponseJson(root, started, new ResponseIds(started, requestId));
    SseWriter written = new SseWriter();
    ItemEvents items = new ItemEvents(written);
    items.write("response.created", ",\"response\":" + json.begun());
    items.write("response.in_progress", ",\"response\":" + json.begun());
    String ended =
        json.ended(
            new Piece.Finished(FinishReason.STOP, null), List.of(), UsageJson.of(Usage.NONE));
    items.write("response.completed", ",\"response\":" + ended);
    remember(json.id(), InputItems.of(root));
    return new OwnAnswer(events().of(written.drain()), Map.of());
  }

  @Override
  public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    throw new IllegalStateException("every response by WebSocket is a stream");
  }

  @Override
  public void answeredBy(
      Target target,
      Caller caller,
      Exchange request,
      @Nullable WholeAnswer answer,
      @Nullable ClientWriter writer) {
    ClientWriter events = writer instanceof MessageWriter own ? own.events() : writer;
    front.answeredBy(target, caller, request, answer, events);
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return front.endpoint(path);
  }

  @Override
  public @Nullable Page page(String path, Rights rights) {
    return front.page(path, rights);
  }

  @Override
  public String operation(String path) {
    return front.operation(path);
  }

  @Override
  public long maxBody(String path, long limit) {
    return front.maxBody(path, limit);
  }

  @Override
  public Set<String> headerPrefixes() {
    return front.headerPrefixes();
  }

  @Override
  public long outputLimit(Exchange request) {
    return front.outputLimit(request);
  }

  @Override
  public int status(ApiError error) {
    return front.status(error);
  }
}
