package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.LimitHeaders;
import com.langdock.reliability.gateway.front.OutputLimit;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.SseWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages, and the counting of their tokens. */
public final class MessagesFront implements Front {
  private static final String MESSAGES = "/v1/messages";
  private static final String COUNT = MESSAGES + "/count_tokens";
  private static final String HEADERS = "anthropic-";
  private static final String VERSION = "anthropic-version";
  private static final List<String> OWN_PATHS = List.of(MESSAGES, "/v1/files", "/v1/skills");

  /** Paths that clients try at their start. */
  private static final Set<String> PROBES = Set.of("/", "/api/hello");

  private final RequestReader reader;

  /** A front that serves the models of {@code targets}. */
  public MessagesFront(ModelCatalog catalog, List<Target> targets) {
    Set<String> served = targets.stream().map(Target::model).collect(Collectors.toSet());
    this.reader = new RequestReader(catalog, served::contains);
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return path.equals(MESSAGES) || path.equals(COUNT) ? EndpointName.MESSAGES : null;
  }

  @Override
  public String operation(String path) {
    return path.equals(COUNT) ? "count_tokens" : Front.super.operation(path);
  }

  @Override
  public @Nullable Page page(String path, Rights rights) {
    return PROBES.contains(path) ? new Page.Probe() : null;
  }

  @Override
  public boolean isSpoken(RequestHead head) {
    return head.headers().containsKey(VERSION)
        || OWN_PATHS.stream()
            .anyMatch(own -> head.path().equals(own) || head.path().startsWith(own + "/"));
  }

  @Override
  public Set<String> headerPrefixes() {
    return Set.of(HEADERS);
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
              : MessageAnswer.of(neutral);
    };
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    return new MessagesWriter(request);
  }

  /** The request's id under the name that clients of this API read. */
  @Override
  public Map<String, String> headers(String requestId) {
    return Map.of("request-id", requestId);
  }

  @Override
  public long outputLimit(Exchange request) {
    return OutputLimit.of(request, "max_tokens");
  }

  @Override
  public LimitHeaders limitHeaders() {
    return LimitHeaders.ANTHROPIC;
  }

  @Override
  public byte[] error(ApiError error, String requestId) {
    return ErrorJson.of(error, requestId);
  }

  @Override
  public int status(ApiError error) {
    return ErrorJson.status(error);
  }

  @Override
  public byte[] streamError(ApiError error, String requestId, @Nullable ClientWriter writer) {
    SseWriter events = new SseWriter();
    events.event("error", ErrorJson.of(error, requestId));
    return events.drain();
  }

  @Override
  public @Nullable OwnAnswer ownAnswer(Exchange request, @Nullable ApiError error) {
    return OwnAnswer.estimate(request, error, "input_tokens", MessagesFront::count);
  }

  private static byte[] count(long tokens) {
    return ("{\"input_tokens\":" + tokens + "}").getBytes(UTF_8);
  }
}
