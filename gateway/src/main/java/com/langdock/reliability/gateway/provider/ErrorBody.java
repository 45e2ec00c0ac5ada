package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The error in a provider's JSON, in any of the known shapes.
 *
 * <p>Shapes in recordings: {@code error} as an object (OpenAI, Anthropic, Azure), as a string with
 * a {@code code} beside it (xAI, Ollama), inside an array (Gemini), in a list of several
 * (Cloudflare), or missing, with the fields or a {@code detail} at the top level (vLLM, SGLang,
 * Mistral); the {@code detail} of FastAPI as a list of locations and messages; {@code code} as a
 * string, as a number in digits (Azure), and as a JSON number (OpenRouter, llama.cpp).
 *
 * @param root the whole JSON; null if the body is not JSON
 * @param error the object with the error's fields; null if there is none
 */
record ErrorBody(@Nullable JsonValue root, @Nullable JsonValue error) {
  /** Messages are truncated to this many characters. */
  private static final int MAX_MESSAGE = 2_000;

  /** Codes, types and parameters are truncated to this many characters. */
  private static final int MAX_CODE = 200;

  /** Maximum number of problems taken from a list. */
  private static final int MAX_PROBLEMS = 5;

  /** Maximum nesting depth at which a message is searched. */
  private static final int MAX_DEPTH = 4;

  private static final List<String> MESSAGES =
      List.of("message", "Message", "detail", "msg", "error", "errors");

  static ErrorBody of(@Nullable JsonValue json) {
    JsonValue root = first(json);
    JsonValue nested = JsonFields.object(root, "error");
    if (nested == null) {
      nested = JsonFields.array(root, "errors").stream().findFirst().orElse(null);
    }
    return new ErrorBody(root, nested == null || nested.kind() != Kind.OBJECT ? root : nested);
  }

  private static @Nullable JsonValue first(@Nullable JsonValue json) {
    return json != null && json.kind() == Kind.ARRAY && json.size() > 0
        ? json.elements().getFirst()
        : json;
  }

  /** The provider's error, redacted. The only path that creates a {@link ProviderReply}. */
  ProviderReply reply(ReplyHead head) {
    Redactor redactor = head.redactor();
    String code = code();
    return new ProviderReply(
        head.status(),
        clean(redactor, type()),
        clean(redactor, code == null ? awsCode(head) : code),
        clean(redactor, param()),
        redactor.clean(describe(error, 0), MAX_MESSAGE));
  }

  private static @Nullable String clean(Redactor redactor, @Nullable String text) {
    return text == null ? null : redactor.clean(text, MAX_CODE);
  }

  /** Whether the error comes from the API, not from a server that does not know the path. */
  boolean isFromApi() {
    return JsonFields.value(root, "error") != null || type() != null;
  }

  /** The HTTP status inside the error; zero if it has none. */
  int statusInside() {
    for (String name : List.of("code", "status_code", "status")) {
      long number = JsonFields.count(error, name);
      if (number == 0) {
        number = number(JsonFields.text(error, name));
      }
      if (number >= 400 && number <= 599) {
        return (int) number;
      }
    }
    return 0;
  }

  private static long number(@Nullable String digits) {
    boolean isStatus =
        digits != null && digits.length() == 3 && digits.chars().allMatch(Character::isDigit);
    return digits != null && isStatus ? Long.parseLong(digits) : 0;
  }

  /** Whether OpenRouter's moderation rejected the prompt. */
  boolean isModeration() {
    return !JsonFields.array(JsonFields.object(error, "metadata"), "reasons").isEmpty();
  }

  /** Whether the error is about a daily quota of Google's, not about one per minute. */
  boolean isDailyQuota() {
    for (JsonValue detail : JsonFields.array(error, "details")) {
      for (JsonValue violation : JsonFields.array(detail, "violations")) {
        String quota = JsonFields.text(violation, "quotaId");
        if (quota != null && quota.contains("PerDay")) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable String type() {
    for (String name : List.of("type", "status", "error_type")) {
      String type = JsonFields.text(error, name);
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  private @Nullable String code() {
    String detailed =
        JsonFields.text(JsonFields.object(error, "details"), "error_code"); // Anthropic
    for (JsonValue detail : JsonFields.array(error, "details")) { // Google's ErrorInfo
      String reason = JsonFields.text(detail, "reason");
      detailed = reason == null ? detailed : reason;
    }
    return detailed == null ? JsonFields.text(error, "code") : detailed;
  }

  /** AWS sends the error's name in a header only, usually followed by a URL. */
  private static @Nullable String awsCode(ReplyHead head) {
    String type = head.headers().value("x-amzn-errortype");
    return type == null ? null : type.split(":", 2)[0];
  }

  private @Nullable String param() {
    String param = JsonFields.text(error, "param");
    return param == null ? pathOfProblem(error) : param;
  }

  /** The field of the first problem in FastAPI's list, or in Mistral's nested one. */
  private static @Nullable String pathOfProblem(@Nullable JsonValue error) {
    List<JsonValue> problems = JsonFields.array(error, "detail");
    if (problems.isEmpty()) {
      problems = JsonFields.array(JsonFields.object(error, "message"), "detail");
    }
    return problems.isEmpty() ? null : path(problems.getFirst());
  }

  /**
   * Converts a location such as {@code ["body","messages",0,"content"]} to the path
   * messages[0].content. Null if there is none.
   */
  private static @Nullable String path(JsonValue problem) {
    StringBuilder path = new StringBuilder();
    for (JsonValue step : JsonFields.array(problem, "loc")) {
      if (step.kind() == Kind.NUMBER) {
        path.append('[').append(step.raw()).append(']');
      } else if (!(path.isEmpty() && step.text().equals("body"))) {
        path.append(path.isEmpty() ? "" : ".").append(step.text());
      }
    }
    return path.isEmpty() ? null : path.toString();
  }

  /** The decoded message in {@code value}; empty if it has none. */
  private static String describe(@Nullable JsonValue value, int depth) {
    if (value == null || depth > MAX_DEPTH) {
      return "";
    }
    return switch (value.kind()) {
      case STRING -> value.text();
      case ARRAY ->
          value.elements().stream()
              .limit(MAX_PROBLEMS)
              .map(element -> describe(element, depth + 1))
              .filter(text -> !text.isBlank())
              .collect(Collectors.joining("; "));
      case OBJECT -> describeObject(value, depth);
      case NUMBER, BOOLEAN, NULL -> "";
    };
  }

  private static String describeObject(JsonValue object, int depth) {
    for (String name : MESSAGES) {
      String text = describe(JsonFields.value(object, name), depth + 1);
      if (!text.isBlank()) {
        String path = name.equals("msg") ? path(object) : null;
        return path == null ? text : path + ": " + text;
      }
    }
    return "";
  }
}
