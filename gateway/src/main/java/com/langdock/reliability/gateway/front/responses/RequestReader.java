package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.StoredState;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.ErrorTable;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.ParsedBody;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.tokens.ContextWindow;
import com.langdock.reliability.gateway.front.tokens.PromptTexts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request as an {@link Exchange}. Checks only what every provider needs; the rest is the
 * provider's to judge. Thread-safe.
 */
final class RequestReader {
  private static final String PREVIOUS = "previous_response_id";
  private static final int MAX_NAME = 256;
  private static final Reading TAKES_LONG = new Reading.TakesLong();

  /** Fields that stand for an input that the provider has. */
  private static final List<String> STORED_INPUT = List.of(PREVIOUS, "conversation", "prompt");

  private final ModelCatalog catalog;
  private final Predicate<String> served;
  private final StoredState stored;

  /**
   * A reader.
   *
   * @param served whether a provider serves the model of this name
   * @param stored which target has the state of which response
   */
  RequestReader(ModelCatalog catalog, Predicate<String> served, StoredState stored) {
    this.catalog = catalog;
    this.served = served;
    this.stored = stored;
  }

  Reading read(RequestHead head, Body body, Task task, boolean mayTakeLong) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json json -> {
        Problem problem = problem(json.root());
        yield problem == null
            ? withinWindow(
                new Payload(
                    WireFormat.RESPONSES, body, json.root(), head.headers(), ResponsesReader::read),
                task,
                mayTakeLong)
            : refused(problem);
      }
    };
  }

  private static Reading refused(Problem problem) {
    return new Reading.Refused(ErrorTable.of(problem));
  }

  private @Nullable Problem problem(JsonValue root) {
    Problem problem = model(root);
    problem = problem == null ? input(root) : problem;
    problem = problem == null ? limit(root) : problem;
    problem = problem == null ? flag(root, "stream") : problem;
    problem = problem == null ? name(root, "preferred_provider") : problem;
    problem = problem == null ? name(root, "client_id") : problem;
    problem = problem == null ? previous(root) : problem;
    return problem == null ? CallPairs.check(root) : problem;
  }

  private @Nullable Problem model(JsonValue root) {
    JsonValue model = root.field("model");
    if (model == null) {
      return Problem.missing("model");
    }
    if (model.kind() != Kind.STRING || model.text().isBlank() || model.text().length() > MAX_NAME) {
      return Problem.invalid("model", "expected a name of at most 256 characters", model);
    }
    return served.test(model.text()) ? null : Problem.modelNotFound(model.text());
  }

  private static @Nullable Problem input(JsonValue root) {
    JsonValue input = JsonFields.value(root, "input");
    boolean isStored =
        STORED_INPUT.stream().anyMatch(field -> JsonFields.value(root, field) != null);
    if (input == null) {
      return isStored ? null : Problem.missing("input");
    }
    boolean isText = input.kind() == Kind.STRING;
    boolean isItems = input.kind() == Kind.ARRAY && (isStored || !input.isEmpty());
    return isText || isItems
        ? null
        : Problem.invalid("input", "expected a text or at least one item", input);
  }

  /** No provider has the responses of other formats. */
  private static @Nullable Problem previous(JsonValue root) {
    String id = JsonFields.text(root, PREVIOUS);
    return id == null || !ResponseIds.isOwn(id)
        ? null
        : new Problem(
            Problem.Code.INVALID_VALUE,
            "Previous response with id '" + id + "' not found: its provider stores none.",
            PREVIOUS);
  }

  private static @Nullable Problem limit(JsonValue root) {
    JsonValue limit = JsonFields.value(root, "max_output_tokens");
    return limit == null || (limit.kind() == Kind.NUMBER && limit.integer().orElse(0) >= 1)
        ? null
        : Problem.invalid("max_output_tokens", "expected a whole number of at least 1", limit);
  }

  private static @Nullable Problem flag(JsonValue root, String name) {
    JsonValue flag = JsonFields.value(root, name);
    return flag == null || flag.kind() == Kind.BOOLEAN
        ? null
        : Problem.invalid(name, "expected true or false", flag);
  }

  private static @Nullable Problem name(JsonValue root, String name) {
    JsonValue value = JsonFields.value(root, name);
    return value == null || (value.kind() == Kind.STRING && value.text().length() <= MAX_NAME)
        ? null
        : Problem.invalid(name, "expected a name of at most 256 characters", value);
  }

  private Reading withinWindow(Payload payload, Task task, boolean mayTakeLong) {
    JsonValue root = payload.root();
    String named = JsonFields.text(root, "model");
    String model = named == null ? "" : named;
    PromptTexts texts = RequestTexts.of(root);
    ContextWindow window = new ContextWindow(catalog.factsOf(model), 0);
    if (!mayTakeLong && window.takesLong(texts)) {
      return TAKES_LONG;
    }
    long tokens = window.tokens(texts);
    return tokens > window.room()
        ? refused(tooLong(tokens, window.room()))
        : new Reading.Accepted(exchange(pinned(payload), model, task, texts));
  }

  /** Only the provider that has a response can go on from it. */
  private Payload pinned(Payload payload) {
    String previous = JsonFields.text(payload.root(), PREVIOUS);
    Target target = previous == null ? null : stored.of(previous);
    return target == null ? payload : payload.pinTo(target.provider());
  }

  private static Problem tooLong(long tokens, long most) {
    return new Problem(
        Problem.Code.CONTEXT_LENGTH_EXCEEDED,
        "Your input exceeds the context window of this model: %d tokens, at most %d. Please adjust"
                .formatted(tokens, most)
            + " your input and try again.",
        "input");
  }

  private static Exchange exchange(Payload payload, String model, Task task, PromptTexts texts) {
    JsonValue root = payload.root();
    return new Exchange(
        model,
        task,
        JsonFields.text(root, "preferred_provider"),
        JsonFields.text(root, "client_id"),
        task == Task.ANSWER && JsonFields.isTrue(root, "stream"),
        new AnswerTraits(
            1,
            OptionReader.wantsLogprobs(root),
            OptionReader.isStructured(root),
            false,
            OptionReader.thinks(root)),
        Usage.estimatedTokens(texts.bytes()),
        payload);
  }
}
