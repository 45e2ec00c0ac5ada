package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.MalformedJsonException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Validates a request before any provider is called: first the JSON and the model, then each field
 * in a fixed order, and last the length. Reports the first problem. Thread-safe.
 */
public final class RequestValidator {
  private static final int MAX_MODEL_NAME = 256;

  /** Maximum number of values and names in a body; the index needs twelve bytes for each. */
  static final int MAX_VALUES = 1_000_000;

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

  /** Validates a body. May block for a second while a tokenizer loads. */
  public Validation validate(byte[] body) {
    return validate(body, true).orElseThrow();
  }

  /**
   * Validates a body without blocking. Empty if that is impossible: an encoding must be loaded, or
   * more than a few kilobytes of text must be counted.
   */
  public Optional<Validation> validateQuickly(byte[] body) {
    return validate(body, false);
  }

  private Optional<Validation> validate(byte[] body, boolean mayTakeLong) {
    JsonValue root;
    try {
      root = JsonValue.parse(body, MAX_VALUES);
    } catch (MalformedJsonException problem) {
      return invalid(new Problem(Problem.Code.INVALID_JSON, message(problem), null));
    }
    if (root.kind() != Kind.OBJECT) {
      return invalid(
          new Problem(Problem.Code.INVALID_JSON, "The body must be a JSON object.", null));
    }
    Problem problem = model(root);
    problem = problem != null ? problem : Rule.first(FIELDS, root, "");
    return problem != null ? invalid(problem) : withinLimits(body, root, mayTakeLong);
  }

  private Optional<Validation> withinLimits(byte[] body, JsonValue root, boolean mayTakeLong) {
    JsonValue model = root.field("model");
    ModelFacts facts = catalog.factsOf(model == null ? "" : model.text());
    Texts texts = Texts.of(root);
    Problem problem = LengthRules.output(root, facts);
    if (problem == null && !mayTakeLong && LengthRules.takesLong(root, texts, facts)) {
      return Optional.empty();
    }
    problem = problem != null ? problem : LengthRules.input(root, texts, facts);
    return problem != null
        ? invalid(problem)
        : Optional.of(new Validation.Valid(RequestReader.read(body, root, texts)));
  }

  private @Nullable Problem model(JsonValue request) {
    JsonValue model = request.field("model");
    if (model == null) {
      return Problem.missing("model");
    }
    String name = model.text();
    if (name.isBlank() || name.length() > MAX_MODEL_NAME) {
      return Problem.invalid(
          "model", "expected a name of at most " + MAX_MODEL_NAME + " characters", model);
    }
    return served.test(name) ? null : Problem.modelNotFound(name);
  }

  private static Optional<Validation> invalid(Problem problem) {
    return Optional.of(new Validation.Invalid(problem));
  }

  private static String message(MalformedJsonException problem) {
    String message = problem.getMessage();
    return message == null ? "The body is not valid JSON." : message;
  }
}
