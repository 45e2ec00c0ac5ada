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
 * The error in a provider's JSON, whichever shape it has.
 *
 * <p>Seen in recordings: {@code error} as an object (OpenAI, Anthropic, Azure), as a string with a
 * {@code code} beside it (xAI, Ollama), inside an array (Gemini), in a list of several
 * (Cloudflare), and none, with the fields or a {@code detail} at the top level (vLLM, SGLang,
 * Mistral); the {@code detail} of FastAPI as a list of places and messages; {@code code} as a word,
 * as a number in digits (Azure), and as a JSON number (OpenRouter, llama.cpp).
 *
 * @param root the whole JSON, null when the body is not JSON
 * @param error the object that holds the error's fields, null when there is none
 */
record ErrorBody(@Nullable JsonValue root, @Nullable JsonValue error) {
  /** A longer message is cut here, in characters. */
  private static final int LONGEST_MESSAGE = 2_000;

  /** A longer code, type or parameter is cut here, in characters. */
  private static final int LONGEST_WORD = 200;

  /** So many problems of a list are told. */
  private static final int MOST_PROBLEMS = 5;

  /** An error is not told from deeper inside than this. */
  private static final int DEEPEST = 4;

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

  /** What the provider said, without what must not be told. The one maker of replies. */
  ProviderReply reply(ReplyHead head) {
    Redactor redactor = head.redactor();
    String code = code();
    return new ProviderReply(
        head.status(),
        clean(redactor, type()),
        clean(redactor, code == null ? awsCode(head) : code),
        clean(redactor, param()),
        redactor.clean(describe(error, 0), LONGEST_MESSAGE));
  }

  private static @Nullable String clean(Redactor redactor, @Nullable String word) {
    return word == null ? null : redactor.clean(word, LONGEST_WORD);
  }

  /** Whether it is an error about the request, not one about a path that does not exist. */
  boolean isOfTheApi() {
    return JsonFields.value(root, "error") != null || type() != null;
  }

  /** The HTTP status that the error itself names as a number, zero when it names none. */
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

  /** Whether OpenRouter says why its moderation refuses the prompt. */
  boolean isModeration() {
    return !JsonFields.array(JsonFields.object(error, "metadata"), "reasons").isEmpty();
  }

  /** Whether Google says that a quota of the day is used up, not one of the minute. */
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

  /** AWS names the error in a header only, mostly with a URL behind it. */
  private static @Nullable String awsCode(ReplyHead head) {
    String type = head.headers().value("x-amzn-errortype");
    return type == null ? null : type.split(":", 2)[0];
  }

  private @Nullable String param() {
    String param = JsonFields.text(error, "param");
    return param == null ? placeOfProblem(error) : param;
  }

  /** The field that the first problem of FastAPI's, or of Mistral's nested, list is about. */
  private static @Nullable String placeOfProblem(@Nullable JsonValue error) {
    List<JsonValue> problems = JsonFields.array(error, "detail");
    if (problems.isEmpty()) {
      problems = JsonFields.array(JsonFields.object(error, "message"), "detail");
    }
    return problems.isEmpty() ? null : place(problems.getFirst());
  }

  /** {@code ["body","messages",0,"content"]} is the path messages[0].content; null for none. */
  private static @Nullable String place(JsonValue problem) {
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

  /** The words in {@code value}, decoded; empty when there are none that are meant to be read. */
  private static String describe(@Nullable JsonValue value, int depth) {
    if (value == null || depth > DEEPEST) {
      return "";
    }
    return switch (value.kind()) {
      case STRING -> value.text();
      case ARRAY ->
          value.elements().stream()
              .limit(MOST_PROBLEMS)
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
        String place = name.equals("msg") ? place(object) : null;
        return place == null ? text : place + ": " + text;
      }
    }
    return "";
  }
}
