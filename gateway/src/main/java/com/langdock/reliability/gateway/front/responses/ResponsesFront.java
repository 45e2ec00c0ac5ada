package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.StoredState;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.AnswerHistory;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.OpenAiError;
import com.langdock.reliability.gateway.front.OutputLimit;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OpenAI's responses, without the state of earlier ones, and the counting of their tokens. */
public final class ResponsesFront implements Front {
  private static final String RESPONSES = "/v1/responses";
  private static final String COUNT = RESPONSES + "/input_tokens";
  private static final String COMPACT = RESPONSES + "/compact";

  /** What Codex tells of its session, for a provider that speaks this API. */
  private static final Set<String> HEADERS =
      Set.of(
          "x-codex-",
          "x-openai-",
          "openai-beta",
          "originator",
          "session",
          "thread-id",
          "conversation",
          "x-client-request-id",
          "version");

  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;
  private static final int MAX_SHOWN = 80;

  private final RequestReader reader;
  private final StoredState.View stored;

  /** A front that serves the models of {@code targets}. */
  public ResponsesFront(ModelCatalog catalog, List<Target> targets) {
    this(catalog, targets, new StoredState().shared());
  }

  /**
   * A front that serves the models of {@code targets}.
   *
   * @param stored which target has the state of which response
   */
  public ResponsesFront(ModelCatalog catalog, List<Target> targets, StoredState.View stored) {
    Set<String> served = targets.stream().map(Target::model).collect(Collectors.toSet());
    this.stored = stored;
    this.reader = new RequestReader(catalog, served::contains, stored);
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return path.equals(RESPONSES) || path.equals(COUNT) ? EndpointName.RESPONSES : null;
  }

  @Override
  public String operation(String path) {
    return path.equals(COUNT) ? "count_tokens" : Front.super.operation(path);
  }

  @Override
  public boolean speaksWebSocket(String path) {
    return path.equals(RESPONSES);
  }

  @Override
  public Front ofMessage(AnswerHistory history, String requestId, long unixMillis) {
    return new MessageFront(this, history, requestId, unixMillis);
  }

  /** No response is stored, so none is found. */
  @Override
  public @Nullable Page page(String path, Rights rights) {
    if (!path.startsWith(RESPONSES + "/")) {
      return null;
    }
    if (path.equals(COMPACT)) {
      String message = "No provider of this gateway compacts conversations.";
      return new Page.Missing(ApiError.invalid(NOT_FOUND, "not_found", message, null));
    }
    String id = path.substring(RESPONSES.length() + 1).split("/", 2)[0];
    String shown = id.length() <= MAX_SHOWN ? id : id.substring(0, MAX_SHOWN) + "…";
    String message = "Response with id '" + shown + "' not found.";
    return new Page.Missing(ApiError.invalid(NOT_FOUND, "not_found", message, "id"));
  }

  @Override
  public boolean isSpoken(RequestHead head) {
    return head.path().equals(RESPONSES) || head.path().startsWith(RESPONSES + "/");
  }

  @Override
  public Set<String> headerPrefixes() {
    return HEADERS;
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    Task task = head.path().equals(COUNT) ? Task.COUNT_TOKENS : Task.ANSWER;
    return reader.read(head, body, task, mayTakeLong);
  }

  @Override
  public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    return switch (answer) {
      case WholeAnswer.Raw raw -> raw.json();
      case WholeAnswer.Forwarded forwarded -> forwarded.bytes();
      case WholeAnswer.Neutral neutral ->
          request.task() == Task.COUNT_TOKENS
              ? count(neutral.usage().inputTokens())
              : ResponseAnswer.of(neutral, request.payload().root());
    };
  }

  @Override
  public void answeredBy(
      Target target,
      Caller caller,
      Exchange request,
      @Nullable WholeAnswer answer,
      @Nullable ClientWriter writer) {
    JsonValue store = JsonFields.value(request.payload().root(), "store");
    if (store != null && store.kind() == JsonValue.Kind.BOOLEAN && !store.isTrue()) {
      return;
    }
    if (answer instanceof WholeAnswer.Raw raw) {
      String id = JsonFields.text(raw.root(), "id");
      stored.put(id == null ? "" : id, target, caller.keyId());
    } else if (writer instanceof ResponsesWriter own && own.storedId() != null) {
      stored.put(own.storedId(), target, caller.keyId());
    }
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    return new ResponsesWriter(request);
  }

  @Override
  public long outputLimit(Exchange request) {
    return OutputLimit.of(request, "max_output_tokens");
  }

  @Override
  public byte[] error(ApiError error, String requestId) {
    return OpenAiError.body(named(error), requestId);
  }

  /** An unknown model is a bad request in this API. */
  @Override
  public int status(ApiError error) {
    return error.code().equals("model_not_found") ? BAD_REQUEST : error.status();
  }

  @Override
  public byte[] streamError(ApiError error, String requestId, @Nullable ClientWriter writer) {
    if (writer instanceof ResponsesWriter own) {
      return own.fail(named(error), requestId);
    }
    SseWriter events = new SseWriter();
    new ItemEvents(events)
        .write("error", ",\"error\":" + StreamErrorJson.event(named(error), requestId));
    return events.drain();
  }

  /** The error in the words of this API, which has no messages. */
  private static ApiError named(ApiError error) {
    return "messages".equals(error.param())
        ? new ApiError(
            error.status(),
            error.type(),
            error.code(),
            error.message(),
            "input",
            error.attempts(),
            error.retryAfterNanos(),
            error.said(),
            error.limit())
        : error;
  }

  @Override
  public @Nullable OwnAnswer ownAnswer(Exchange request, @Nullable ApiError error) {
    return OwnAnswer.estimate(request, error, "input_tokens", ResponsesFront::count);
  }

  private static byte[] count(long tokens) {
    return ("{\"object\":\"response.input_tokens\",\"input_tokens\":" + tokens + "}")
        .getBytes(UTF_8);
  }
}
