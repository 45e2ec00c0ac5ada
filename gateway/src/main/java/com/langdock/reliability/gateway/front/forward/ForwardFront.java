package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.OpenAiError;
import com.langdock.reliability.gateway.front.OutputLimit;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OpenAI's APIs whose requests are forwarded to providers of the same format. */
public final class ForwardFront implements Front {
  private static final String CONTENT_TYPE = "content-type";

  private final RequestReader reader;

  /** A front that serves the models of {@code targets}. */
  public ForwardFront(List<Target> targets) {
    Set<String> served = targets.stream().map(Target::model).collect(Collectors.toSet());
    this.reader = new RequestReader(served::contains);
  }

  /** The paths of its requests. */
  public static Set<String> paths() {
    return Endpoint.ALL.keySet();
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    Endpoint endpoint = Endpoint.ALL.get(path);
    return endpoint == null ? null : endpoint.name();
  }

  @Override
  public String operation(String path) {
    WireFormat format = Objects.requireNonNull(Endpoint.ALL.get(path)).format();
    return format.equals(WireFormat.COMPLETIONS) ? "text_completion" : format.name();
  }

  @Override
  public Bodies bodies(String path) {
    Endpoint endpoint = Endpoint.ALL.get(path);
    boolean takesForms = endpoint != null && !endpoint.body().files().isEmpty();
    return takesForms ? Bodies.JSON_OR_FORM : Bodies.JSON;
  }

  @Override
  public Set<String> headerPrefixes() {
    return Set.of(CONTENT_TYPE);
  }

  private static Endpoint endpoint(RequestHead head) {
    return Objects.requireNonNull(Endpoint.ALL.get(head.path()));
  }

  @Override
  public @Nullable Page page(String path, Rights rights) {
    return null;
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    return reader.read(endpoint(head), head.headers().get(CONTENT_TYPE), body);
  }

  @Override
  public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    return switch (answer) {
      case WholeAnswer.Forwarded forwarded -> forwarded.bytes();
      case WholeAnswer.Raw raw -> raw.json();
      case WholeAnswer.Neutral neutral ->
          throw new IllegalStateException("a forwarded request has no neutral answer");
    };
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    return endpoint(head).delivery().writer(request.payload().root());
  }

  @Override
  public long outputLimit(Exchange request) {
    return OutputLimit.of(request, "max_tokens");
  }

  @Override
  public byte[] error(ApiError error, String requestId) {
    return OpenAiError.body(error, requestId);
  }

  /**
   * An error event, without {@code [DONE]}, because the stream is incomplete. A file has no place
   * for one.
   */
  @Override
  public byte @Nullable [] streamError(
      ApiError error, String requestId, @Nullable ClientWriter writer) {
    if (writer == null || writer instanceof FileWriter) {
      return null;
    }
    String json = new String(OpenAiError.body(error, requestId), UTF_8);
    return ("data: " + json + "\n\n").getBytes(UTF_8);
  }
}
