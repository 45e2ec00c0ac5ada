package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.StoredState;
import com.langdock.reliability.gateway.exchange.StoredState.Location;
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
  private final StoredState.View stored;

  /**
   * A reader.
   *
   * @param served whether a provider serves the model of this name
   * @param stored which target has the state of which response
   */
  RequestReader(ModelCatalog catalog, Predicate<String> served, StoredState.View stored) {
    this.catalog = catalog;
    this.served = served;
    this.stored = stored;
  }

  Reading read(RequestHead head, Body body, Task task, boolean mayTakeLong) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json json -> {
        Problem problem = problem(json.root(), head.caller());
        yield problem == null
            ? withinWindow(
                new Payload(
                    WireFormat.RESPONSES, body, json.root(), head.headers(), ResponsesReader::read),
                task,
                head.caller(),
                mayTakeLong)
            : refused(problem);
      }
    };
  }

  private static Reading refused(Problem problem) {
    return new Reading.Refused(ErrorTable.of(problem));
  }

  private @Nullable Problem problem(JsonValue root, Caller caller) {
    Problem problem = model(root);
    problem = problem == null ? input(root) : problem;
    problem = problem == null ? limit(root) : problem;
    problem = problem == null ? flag(root, "stream") : problem;
    problem = problem == null ? name(root, "preferred_provider") : problem;
    problem = problem == null ? name(root, "client_id") : problem;
    problem = problem == null ? previous(root, caller) : problem;
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

  /** No provider has the responses of other formats, and no client those of another key. */
  private @Nullable Problem previous(JsonValue root, Caller caller) {
    String id = JsonFields.text(root, PREVIOUS);
    if (id == null) {
      return null;
    }
    boolean isOwn = ResponseIds.isOwn(id);
    if (!isOwn && !(stored.of(id, caller.keyId()) instanceof Location.Refused)) {
      return null;
    }
    String shown = id.length() <= MAX_NAME ? id : id.substring(0, MAX_NAME) + "…";
    String why = isOwn ? ": it is not stored; send the whole input." : ".";
    return new Problem(
        Problem.Code.PREVIOUS_RESPONSE_NOT_FOUND,
        "Previous response with id '" + shown + "' not found" + why,
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

  private Reading withinWindow(Payload payload, Task task, Caller caller, boolean mayTakeLong) {
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
        : new Reading.Accepted(exchange(pinned(payload, caller), model, task, texts));
  }

  /** Only the provider that has a response can go on from it. */
  private Payload pinned(Payload payload, Caller caller) {
    String previous = JsonFields.text(payload.root(), PREVIOUS);
    return previous != null && stored.of(previous, caller.keyId()) instanceof Location.Known known
        ? payload.pinTo(known.target().provider())
        : payload;
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
