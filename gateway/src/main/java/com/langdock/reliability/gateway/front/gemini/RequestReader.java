package com.langdock.reliability.gateway.front.gemini;

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
import com.langdock.reliability.gateway.front.gemini.ModelPath.Method;
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
  private static final int MAX_SHOWN = 64;
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

  Reading read(ModelPath path, Body body, boolean mayTakeLong) {
    return switch (ParsedBody.parse(body)) {
      case ParsedBody.Invalid invalid -> refused(invalid.problem());
      case ParsedBody.Json json -> {
        Problem problem = problem(path, json.root());
        yield problem == null
            ? withinWindow(path, body, json.root(), mayTakeLong)
            : refused(problem);
      }
    };
  }

  private static Reading refused(Problem problem) {
    return new Reading.Refused(ErrorTable.of(problem));
  }

  private @Nullable Problem problem(ModelPath path, JsonValue root) {
    Problem problem = served.test(path.model()) ? null : notFound(path);
    problem = problem == null ? contents(path, root) : problem;
    problem = problem == null ? name(root, "preferred_provider") : problem;
    return problem == null ? name(root, "client_id") : problem;
  }

  /** Clients know these words. */
  private static Problem notFound(ModelPath path) {
    return new Problem(
        Problem.Code.MODEL_NOT_FOUND,
        unknown(path.model()) + ", or is not supported for " + path.method().wireName() + ".",
        "model");
  }

  /** The words about a model that nobody serves. */
  static String unknown(String model) {
    String shown = model.length() <= MAX_SHOWN ? model : model.substring(0, MAX_SHOWN) + "…";
    return "models/" + shown + " is not found for API version v1beta";
  }

  private static @Nullable Problem contents(ModelPath path, JsonValue root) {
    boolean isInner =
        path.method() == Method.COUNT && ProtoFields.object(root, "generateContentRequest") != null;
    JsonValue contents = root.field("contents");
    if (isInner) {
      return null;
    }
    if (contents == null) {
      return Problem.missing("contents");
    }
    return contents.kind() == Kind.ARRAY && !contents.isEmpty()
        ? null
        : Problem.invalid("contents", "expected at least one content", contents);
  }

  private static @Nullable Problem name(JsonValue root, String name) {
    JsonValue value = JsonFields.value(root, name);
    return value == null || (value.kind() == Kind.STRING && value.text().length() <= MAX_NAME)
        ? null
        : Problem.invalid(name, "expected a name of at most 256 characters", value);
  }

  private Reading withinWindow(ModelPath path, Body body, JsonValue root, boolean mayTakeLong) {
    PromptTexts texts = RequestTexts.of(root);
    ContextWindow window = new ContextWindow(catalog.factsOf(path.model()), 0);
    if (!mayTakeLong && window.takesLong(texts)) {
      return TAKES_LONG;
    }
    long tokens = window.tokens(texts);
    return tokens > window.room()
        ? refused(tooLong(tokens, window.room()))
        : new Reading.Accepted(exchange(path, body, root, texts));
  }

  /** Clients know these words, and shorten the conversation. */
  private static Problem tooLong(long tokens, long most) {
    return new Problem(
        Problem.Code.CONTEXT_LENGTH_EXCEEDED,
        "The input token count ("
            + tokens
            + ") exceeds the maximum number of tokens allowed ("
            + most
            + ").",
        "contents");
  }

  private static Exchange exchange(ModelPath path, Body body, JsonValue root, PromptTexts texts) {
    OptionReader options = new OptionReader(root);
    return new Exchange(
        path.model(),
        path.method() == Method.COUNT ? Task.COUNT_TOKENS : Task.ANSWER,
        JsonFields.text(root, "preferred_provider"),
        JsonFields.text(root, "client_id"),
        path.method() == Method.STREAM,
        new AnswerTraits(
            options.choices(),
            options.wantsLogprobs(),
            options.isStructured(),
            options.isSpoken(),
            options.thinks()),
        Usage.estimatedTokens(texts.bytes()),
        new Payload(WireFormat.GEMINI, body, root, GeminiReader::read));
  }
}
