package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Payload;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request as an {@link Exchange}. Checks only what every provider needs; the rest is the
 * provider's to judge, whose words clients know. Thread-safe.
 */
final class RequestReader {
  private static final int MAX_NAME = 256;

  /** A client's mark of a model with a window of a million tokens; no provider knows it. */
  private static final String LONG_WINDOW_MARK = "[1m]";

  private static final String LONG_WINDOW_BETA = "context-1m";
  private static final Reading TAKES_LONG = new Reading.TakesLong();

  private final ModelCatalog catalog;
  private final Predicate<String> served;

  /**
   * A reader.
   *
   * @param served whether a provider serves the model of this name
   */
  RequestReader(ModelCatalog catalog, Predicate<String> served) {
    this.catalog = catalog;
    this.served = served;
  }

  Reading read(RequestHead head, Body body, Task task, boolean mayTakeLong) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json json -> {
        Problem problem = problem(json.root(), task);
        yield problem == null
            ? withinWindow(head, body, json.root(), task, mayTakeLong)
            : refused(problem);
      }
    };
  }

  private static Reading refused(Problem problem) {
    return new Reading.Refused(ErrorTable.of(problem));
  }

  private @Nullable Problem problem(JsonValue root, Task task) {
    Problem problem = model(root);
    problem = problem == null ? messages(root) : problem;
    problem = problem == null && task == Task.ANSWER ? maxTokens(root) : problem;
    problem = problem == null ? flag(root, "stream") : problem;
    problem = problem == null ? name(root, "preferred_provider") : problem;
    return problem == null ? name(root, "client_id") : problem;
  }

  private @Nullable Problem model(JsonValue root) {
    JsonValue model = root.field("model");
    if (model == null) {
      return Problem.missing("model");
    }
    if (model.kind() != Kind.STRING || model.text().isBlank() || model.text().length() > MAX_NAME) {
      return Problem.invalid("model", "expected a name of at most 256 characters", model);
    }
    return served.test(withoutMark(model.text()))
        ? null
        : new Problem(Problem.Code.MODEL_NOT_FOUND, "model: " + model.text(), "model");
  }

  private static String withoutMark(String model) {
    return model.endsWith(LONG_WINDOW_MARK)
        ? model.substring(0, model.length() - LONG_WINDOW_MARK.length())
        : model;
  }

  private static @Nullable Problem messages(JsonValue root) {
    JsonValue messages = root.field("messages");
    if (messages == null) {
      return Problem.missing("messages");
    }
    return messages.kind() == Kind.ARRAY && !messages.isEmpty()
        ? null
        : Problem.invalid("messages", "expected at least one message", messages);
  }

  private static @Nullable Problem maxTokens(JsonValue root) {
    JsonValue limit = root.field("max_tokens");
    if (limit == null) {
      return Problem.missing("max_tokens");
    }
    return limit.kind() == Kind.NUMBER && limit.integer().orElse(-1) >= 0
        ? null
        : Problem.invalid("max_tokens", "expected a whole number of at least 0", limit);
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

  private Reading withinWindow(
      RequestHead head, Body body, JsonValue root, Task task, boolean mayTakeLong) {
    String named = JsonFields.text(root, "model");
    String model = withoutMark(named == null ? "" : named);
    PromptTexts texts = RequestTexts.of(root);
    if (!hasLongWindow(head, root)) {
      ContextWindow window = new ContextWindow(catalog.factsOf(model), 0);
      if (!mayTakeLong && window.takesLong(texts)) {
        return TAKES_LONG;
      }
      long tokens = window.tokens(texts);
      if (tokens > window.room()) {
        return refused(tooLong(tokens, window.room()));
      }
    }
    return new Reading.Accepted(exchange(head, body, root, task, texts));
  }

  /** Whether the client asks for a larger window than the model usually has. */
  private static boolean hasLongWindow(RequestHead head, JsonValue root) {
    String model = JsonFields.text(root, "model");
    String betas = head.headers().get("anthropic-beta");
    return (model != null && model.endsWith(LONG_WINDOW_MARK))
        || (betas != null && betas.contains(LONG_WINDOW_BETA));
  }

  /** Clients know these words, and shorten the conversation. */
  private static Problem tooLong(long tokens, long most) {
    return new Problem(
        Problem.Code.CONTEXT_LENGTH_EXCEEDED,
        "prompt is too long: " + tokens + " tokens > " + most + " maximum",
        "messages");
  }

  private static Exchange exchange(
      RequestHead head, Body body, JsonValue root, Task task, PromptTexts texts) {
    String model = JsonFields.text(root, "model");
    return new Exchange(
        withoutMark(model == null ? "" : model),
        task,
        JsonFields.text(root, "preferred_provider"),
        JsonFields.text(root, "client_id"),
        task == Task.ANSWER && JsonFields.isTrue(root, "stream"),
        new AnswerTraits(1, false, OptionReader.isStructured(root), false, thinks(root)),
        Usage.estimatedTokens(texts.bytes()),
        new Payload(WireFormat.MESSAGES, body, root, head.headers(), MessagesReader::read));
  }

  private static boolean thinks(JsonValue root) {
    String type = JsonFields.text(JsonFields.object(root, "thinking"), "type");
    return type != null && !type.equals("disabled");
  }
}
