package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.front.ParsedBody;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.gateway.front.tokens.ContextWindow;
import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Validates a request before any provider is called: first the JSON and the model, then each field
 * in a fixed order, and last the length. Reports the first problem. Thread-safe.
 */
public final class RequestValidator {
  private static final List<Rule> FIELDS =
      List.of(
          MessageRules::check,
          ToolOrder::check,
          (request, path) -> Rule.first(SamplingRules.ALL, request, path),
          (request, path) -> Rule.first(ToolRules.ALL, request, path));

  private final ModelCatalog catalog;
  private final Predicate<String> served;

  /**
   * A validator.
   *
   * @param served whether a provider serves the model of this name
   */
  public RequestValidator(ModelCatalog catalog, Predicate<String> served) {
    this.catalog = catalog;
    this.served = served;
  }

  /** As {@link #validate(Body)}, for a whole array. */
  public Validation validate(byte[] body) {
    return validate(Body.of(body));
  }

  /** Validates a body. May block for a second while a tokenizer loads. */
  public Validation validate(Body body) {
    return validate(body, true).orElseThrow();
  }

  /**
   * Validates a body without blocking. Empty if that is impossible: an encoding must be loaded, or
   * more than a few kilobytes of text must be counted.
   */
  public Optional<Validation> validateQuickly(Body body) {
    return validate(body, false);
  }

  private Optional<Validation> validate(Body body, boolean mayTakeLong) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> invalid(invalid.problem());
      case ParsedBody.Json json -> validate(body, json.root(), mayTakeLong);
    };
  }

  private Optional<Validation> validate(Body body, JsonValue root, boolean mayTakeLong) {
    Problem problem = model(root);
    problem = problem != null ? problem : Rule.first(FIELDS, root, "");
    return problem != null ? invalid(problem) : withinLimits(body, root, mayTakeLong);
  }

  private Optional<Validation> withinLimits(Body body, JsonValue root, boolean mayTakeLong) {
    JsonValue model = root.field("model");
    ModelFacts facts = catalog.factsOf(model == null ? "" : model.text());
    PromptTexts texts = Texts.of(root);
    ContextWindow window = LengthRules.window(root, facts);
    Problem problem = LengthRules.output(root, facts);
    if (problem == null && !mayTakeLong && window.takesLong(texts)) {
      return Optional.empty();
    }
    problem = problem != null ? problem : LengthRules.input(texts, window);
    return problem != null
        ? invalid(problem)
        : Optional.of(new Validation.Valid(RequestReader.read(body, root, texts)));
  }

  private @Nullable Problem model(JsonValue request) {
    JsonValue model = request.field("model");
    Problem problem = Rule.MODEL.check(request, "");
    return problem != null || model == null || served.test(model.text())
        ? problem
        : Problem.modelNotFound(model.text());
  }

  private static Optional<Validation> invalid(Problem problem) {
    return Optional.of(new Validation.Invalid(problem));
  }
}
