package com.langdock.reliability.gateway.front.gemini;

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
import com.langdock.reliability.gateway.front.ErrorTable;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Google's generateContent, the counting of tokens, and the list of models. */
public final class GeminiFront implements Front {
  private static final String HEADERS = "x-goog-";
  private static final String KEY = "x-goog-api-key";
  private static final String VERSION = "/v1beta/";

  private final RequestReader reader;
  private final ModelList models;

  /** A front that serves the models of {@code targets}. */
  public GeminiFront(ModelCatalog catalog, List<Target> targets) {
    Set<String> served = new LinkedHashSet<>();
    targets.forEach(target -> served.add(target.model()));
    this.reader = new RequestReader(catalog, served::contains);
    this.models = new ModelList(targets, catalog);
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return ModelPath.of(path) == null ? null : EndpointName.GEMINI;
  }

  @Override
  public String operation(String path) {
    return path.endsWith(":countTokens") ? "count_tokens" : "generate_content";
  }

  @Override
  public String route(String path) {
    int model = path.indexOf("/models/") + "/models/".length();
    return path.substring(0, model) + "{model}" + path.substring(path.lastIndexOf(':'));
  }

  @Override
  public @Nullable Page page(String path, Rights rights) {
    boolean isList = ModelPath.isList(path);
    String model = isList ? "" : ModelPath.page(path);
    if (model == null) {
      return null;
    }
    ModelList shown = rights.allowsAllTargets() ? models : models.within(rights);
    if (isList) {
      return new Page.Json(shown.all());
    }
    byte[] json = shown.one(model);
    return json == null ? new Page.Missing(ErrorTable.of(notFound(model))) : new Page.Json(json);
  }

  private static Problem notFound(String model) {
    return new Problem(Problem.Code.MODEL_NOT_FOUND, RequestReader.unknown(model) + ".", "model");
  }

  /** The key is not read here: only that there is one tells which API a client speaks. */
  @Override
  public boolean isSpoken(RequestHead head) {
    return head.headers().containsKey(KEY)
        || head.path().startsWith(VERSION)
        || ModelPath.hasKey(head.query());
  }

  @Override
  public Set<String> headerPrefixes() {
    return Set.of(HEADERS);
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    ModelPath path = Objects.requireNonNull(ModelPath.of(head.path()), "a path of this front");
    return reader.read(path, body, mayTakeLong);
  }

  @Override
  public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    return switch (answer) {
      case WholeAnswer.Raw raw -> raw.json();
      case WholeAnswer.Forwarded forwarded -> forwarded.bytes();
      case WholeAnswer.Neutral neutral ->
          request.task() == Task.COUNT_TOKENS
              ? count(neutral.usage().inputTokens())
              : GeminiAnswer.of(
                  neutral, new OptionReader(request.payload().root()).showsThoughts());
    };
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    return new GeminiWriter(
        request,
        ModelPath.asksForEvents(head.query())
            ? new ResponseFrames.Events()
            : new ResponseFrames.Elements());
  }

  @Override
  public long outputLimit(Exchange request) {
    return new OptionReader(request.payload().root()).outputLimit();
  }

  @Override
  public byte[] error(ApiError error, String requestId) {
    return ErrorJson.of(error, requestId);
  }

  @Override
  public byte[] streamError(ApiError error, String requestId, @Nullable ClientWriter writer) {
    byte[] json = ErrorJson.of(error, requestId);
    if (writer instanceof GeminiWriter own) {
      return own.error(json);
    }
    ResponseFrames frames = new ResponseFrames.Events();
    frames.add(json);
    return frames.drain();
  }

  @Override
  public @Nullable OwnAnswer ownAnswer(Exchange request, @Nullable ApiError error) {
    return OwnAnswer.estimate(request, error, "totalTokens", GeminiFront::count);
  }

  private static byte[] count(long tokens) {
    return ("{\"totalTokens\":" + tokens + "}").getBytes(UTF_8);
  }
}
