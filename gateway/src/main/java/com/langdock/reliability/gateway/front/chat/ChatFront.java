package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.ErrorTable;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.OpenAiError;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.json.JsonSplice;
import java.net.URLDecoder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, and its list of models. */
public final class ChatFront implements Front {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MODELS = "/v1/models";
  private static final Reading TAKES_LONG = new Reading.TakesLong();

  private final RequestValidator validator;
  private final ModelList models;

  /**
   * A front that serves the models of {@code targets}.
   *
   * @param startedSeconds since 1970; reported to clients as the creation time of the models
   */
  public ChatFront(ModelCatalog catalog, List<Target> targets, long startedSeconds) {
    Set<String> served = targets.stream().map(Target::model).collect(Collectors.toSet());
    this.validator = new RequestValidator(catalog, served::contains);
    this.models = new ModelList(targets, startedSeconds);
  }

  @Override
  public @Nullable EndpointName endpoint(String path) {
    return path.equals(CHAT) ? EndpointName.CHAT : null;
  }

  @Override
  public @Nullable Page page(String path, Rights rights) {
    boolean isList = path.equals(MODELS);
    if (!isList && !path.startsWith(MODELS + "/")) {
      return null;
    }
    ModelList shown = rights.allowsAllTargets() ? models : models.within(rights);
    return isList ? new Page.Json(shown.all()) : model(shown, path.substring(MODELS.length() + 1));
  }

  private static Page model(ModelList shown, String encoded) {
    String name = decoded(encoded);
    byte[] model = shown.one(name);
    return model == null
        ? new Page.Missing(ErrorTable.of(Problem.modelNotFound(name)))
        : new Page.Json(model);
  }

  /**
   * Model names may contain slashes, encoded or not. An invalid encoding is returned unchanged and
   * matches no model.
   */
  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    return mayTakeLong
        ? reading(validator.validate(body))
        : validator.validateQuickly(body).map(ChatFront::reading).orElse(TAKES_LONG);
  }

  private static Reading reading(Validation validation) {
    return switch (validation) {
      case Validation.Valid valid -> new Reading.Accepted(valid.request());
      case Validation.Invalid invalid -> new Reading.Refused(ErrorTable.of(invalid.problem()));
    };
  }

  @Override
  public @Nullable JsonSplice edited(WholeAnswer answer, AnswerFacts facts) {
    return answer instanceof WholeAnswer.Raw raw ? AnswerJson.edited(raw, facts) : null;
  }

  @Override
  public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    return AnswerJson.of(answer, request.payload(), facts);
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    return new ChatWriter(request.payload());
  }

  @Override
  public long outputLimit(Exchange request) {
    return LengthRules.requestedOutput(request.payload().root()).orElse(Long.MAX_VALUE);
  }

  @Override
  public byte[] error(ApiError error, String requestId) {
    return OpenAiError.body(error, requestId);
  }

  /** An error event, without {@code [DONE]}, because the stream is incomplete. */
  @Override
  public byte[] streamError(ApiError error, String requestId, @Nullable ClientWriter writer) {
    String json = new String(OpenAiError.body(error, requestId), UTF_8);
    return ("data: " + json + "\n\n").getBytes(UTF_8);
  }
}
