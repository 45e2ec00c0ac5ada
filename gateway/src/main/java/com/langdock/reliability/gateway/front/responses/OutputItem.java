package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One item of an answer's output, which grows until it is closed. */
final class OutputItem {
  /** The type of an item, and of its content. */
  enum Kind {
    /** Text of the model. */
    MESSAGE("msg", "message"),
    /** A refusal in words. */
    REFUSAL("msg", "message"),
    /** Thinking. */
    REASONING("rs", "reasoning"),
    /** A call with arguments in JSON. */
    FUNCTION("fc", "function_call"),
    /** A call with free text. */
    CUSTOM("ctc", "custom_tool_call"),
    /** A search for tools by the client. */
    SEARCH("tsc", "tool_search_call");

    private final String prefix;
    private final String type;

    Kind(String prefix, String type) {
      this.prefix = prefix;
      this.type = type;
    }

    /** How ids of such items begin. */
    String prefix() {
      return prefix;
    }
  }

  private static final String IN_PROGRESS = "in_progress";
  private static final String INPUT = "input";
  private static final String EMPTY = "\"\"";
  private static final List<String> CALL_FIELDS = List.of("call_id", "name", "namespace");

  private final Kind kind;
  private final int index;
  private final String id;

  /** The fields that a call has from its beginning, each with a comma before it. */
  private final String fields;

  /** The text or the arguments so far, as the inside of a JSON string. */
  private final StringBuilder content = new StringBuilder();

  private @Nullable String encrypted;

  /**
   * An item without content.
   *
   * @param fields that a call has from its beginning, each with a comma before it
   */
  OutputItem(Kind kind, int index, String id, String fields) {
    this.kind = kind;
    this.index = index;
    this.id = id;
    this.fields = fields;
  }

  /** The item at {@code index} that a provider has begun; null if it is of no known type. */
  static @Nullable OutputItem begun(int index, @Nullable JsonValue item) {
    Kind kind =
        switch (JsonFields.text(item, "type")) {
          case "message" -> Kind.MESSAGE;
          case "reasoning" -> Kind.REASONING;
          case "function_call" -> Kind.FUNCTION;
          case null, default -> null;
        };
    String id = JsonFields.text(item, "id");
    return kind == null ? null : new OutputItem(kind, index, id == null ? "" : id, fields(item));
  }

  private static String fields(@Nullable JsonValue item) {
    StringBuilder fields = new StringBuilder();
    for (String name : CALL_FIELDS) {
      JsonValue value = JsonFields.value(item, name);
      if (value != null) {
        fields.append(",\"").append(name).append("\":").append(value.raw());
      }
    }
    return fields.toString();
  }

  Kind kind() {
    return kind;
  }

  /** The position in the output. */
  int index() {
    return index;
  }

  String id() {
    return id;
  }

  boolean isEmpty() {
    return content.isEmpty();
  }

  /** Adds content: a JSON string. */
  void add(String literal) {
    content.append(literal, 1, literal.length() - 1);
  }

  /** Sets the opaque form of the thinking. */
  void encrypted(String value) {
    encrypted = value;
  }

  /** The content as a JSON string; of a custom call its free text. */
  String literal() {
    String literal = "\"" + content + "\"";
    return kind == Kind.CUSTOM ? freeText(literal) : literal;
  }

  /** The part of a message or of thinking that has the content. */
  String part() {
    return part(literal());
  }

  /** The part before its content. */
  String emptyPart() {
    return part(EMPTY);
  }

  private String part(String text) {
    return switch (kind) {
      case REFUSAL -> "{\"type\":\"refusal\",\"refusal\":" + text + "}";
      case REASONING -> "{\"type\":\"summary_text\",\"text\":" + text + "}";
      case MESSAGE, FUNCTION, CUSTOM, SEARCH ->
          "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":" + text + "}";
    };
  }

  /** The item before its content. */
  String begun() {
    return switch (kind) {
      case MESSAGE, REFUSAL -> message(IN_PROGRESS, "");
      case REASONING -> reasoning("");
      case FUNCTION -> call(IN_PROGRESS, "arguments", EMPTY);
      case CUSTOM -> call(IN_PROGRESS, INPUT, EMPTY);
      case SEARCH -> call(IN_PROGRESS, "arguments", "{}");
    };
  }

  /** The whole item. */
  String json(String status) {
    return switch (kind) {
      case MESSAGE, REFUSAL -> message(status, part());
      case REASONING -> reasoning(isEmpty() ? "" : part());
      case FUNCTION -> call(status, "arguments", literal());
      case CUSTOM -> call(status, INPUT, literal());
      case SEARCH -> call(status, "arguments", object(literal()));
    };
  }

  private String head() {
    return "{\"id\":" + JsonText.quote(id) + ",\"type\":\"" + kind.type + "\"";
  }

  private String message(String status, String parts) {
    return head()
        + ",\"status\":\""
        + status
        + "\",\"role\":\"assistant\",\"content\":["
        + parts
        + "]}";
  }

  private String reasoning(String summary) {
    String opaque = encrypted == null ? "" : ",\"encrypted_content\":" + JsonText.quote(encrypted);
    return head() + ",\"summary\":[" + summary + "]" + opaque + "}";
  }

  private String call(String status, String field, String value) {
    return head() + ",\"status\":\"" + status + "\"" + fields + ",\"" + field + "\":" + value + "}";
  }

  /** The one string in the arguments; what the model wrote in vain stays as it is. */
  private static String freeText(String arguments) {
    JsonValue input = JsonFields.value(JsonBody.json(decoded(arguments)), INPUT);
    return input != null && input.kind() == JsonValue.Kind.STRING ? input.raw() : arguments;
  }

  private static String object(String arguments) {
    byte[] json = decoded(arguments);
    JsonValue read = JsonBody.json(json);
    return read != null && read.kind() == JsonValue.Kind.OBJECT ? new String(json, UTF_8) : "{}";
  }

  private static byte[] decoded(String literal) {
    return Objects.requireNonNull(JsonBody.json(literal.getBytes(UTF_8))).text().getBytes(UTF_8);
  }
}
