package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a valid chat completion request as a {@link Conversation}.
 *
 * <p>Does not throw: a value of an unexpected type is treated as missing.
 */
public final class ConversationReader {
  /** Fields that are read here or that the gateway handles itself. */
  private static final Set<String> READ =
      Set.of(
          "model",
          "messages",
          "stream",
          "stream_options",
          "temperature",
          "top_p",
          "top_k",
          "n",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "response_format",
          "reasoning_effort",
          "user",
          "safety_identifier",
          "logprobs",
          "top_logprobs",
          "preferred_provider",
          "client_id");

  private static final int EMPTY_STRING = "\"\"".length();

  private final JsonValue root;
  private final List<UnmappedField> unmapped = new ArrayList<>();

  private ConversationReader(JsonValue root) {
    this.root = root;
  }

  /** The conversation in the request {@code root}. */
  public static Conversation read(JsonValue root) {
    return new ConversationReader(root).conversation();
  }

  private Conversation conversation() {
    root.members().forEach(this::addUnmapped);
    List<Message> messages = new ArrayList<>();
    List<JsonValue> elements = JsonFields.array(root, "messages");
    for (int i = 0; i < elements.size(); i++) {
      messages.add(MessageReader.read(elements.get(i), "messages[" + i + "]", unmapped));
    }
    String identifier = JsonFields.text(root, "safety_identifier");
    return new Conversation(
        List.copyOf(messages),
        ToolReader.tools(root),
        ToolReader.choice(root),
        options(),
        shape(),
        identifier == null ? JsonFields.text(root, "user") : identifier,
        List.copyOf(unmapped));
  }

  private AnswerOptions options() {
    List<String> stops = JsonFields.texts(root, "stop");
    return new AnswerOptions(
        limit(),
        new AnswerOptions.Sampling(
            number("temperature"),
            number("top_p"),
            number("top_k"),
            stops.isEmpty() ? null : new Field<>("stop", stops)),
        field("reasoning_effort", JsonFields.text(root, "reasoning_effort")),
        count("n"),
        JsonFields.isTrue(root, "logprobs")
            ? new Field<>("logprobs", JsonFields.count(root, "top_logprobs"))
            : null);
  }

  private @Nullable Field<Long> limit() {
    for (String name : LengthRules.OUTPUT) {
      Field<Long> limit = count(name);
      if (limit != null) {
        return limit;
      }
    }
    return null;
  }

  private @Nullable Field<Long> count(String name) {
    return JsonFields.number(root, name) == null
        ? null
        : new Field<>(name, JsonFields.count(root, name));
  }

  private @Nullable Field<JsonValue> number(String name) {
    return field(name, JsonFields.number(root, name));
  }

  private static <T> @Nullable Field<T> field(String path, @Nullable T value) {
    return value == null ? null : new Field<>(path, value);
  }

  private AnswerShape shape() {
    JsonValue format = JsonFields.object(root, "response_format");
    String type = JsonFields.text(format, "type");
    return switch (type) {
      case "text" -> new AnswerShape.Text();
      case "json_object" -> new AnswerShape.AnyJson("response_format");
      case "json_schema" -> shape(JsonFields.object(format, "json_schema"));
      case null -> new AnswerShape.Text();
      default -> new AnswerShape.Unknown("response_format.type");
    };
  }

  private static AnswerShape shape(@Nullable JsonValue format) {
    JsonValue schema = JsonFields.object(format, "schema");
    return schema == null
        ? new AnswerShape.AnyJson("response_format")
        : new AnswerShape.JsonSchema(
            "response_format",
            Objects.requireNonNullElse(JsonFields.text(format, "name"), ""),
            JsonFields.text(format, "description"),
            new Field<>("response_format.json_schema.schema", schema));
  }

  private void addUnmapped(Member member) {
    String name = member.name();
    if (READ.contains(name)) {
      return;
    }
    if (isRequired(name)) {
      unmapped.add(new UnmappedField(name, true));
    } else if (!name.equals("modalities") && !isDefault(member) && !hasNoEffect(member.value())) {
      unmapped.add(new UnmappedField(name, false));
    }
  }

  /** Whether the field requests a result or a guarantee. */
  private boolean isRequired(String name) {
    return switch (name) {
      case "modalities" -> JsonFields.texts(root, name).contains("audio");
      case "web_search_options" -> JsonFields.object(root, name) != null;
      case "moderation" -> {
        JsonValue moderation = JsonFields.object(root, name);
        yield moderation != null && !moderation.isEmpty();
      }
      default -> false;
    };
  }

  private static boolean isDefault(Member member) {
    JsonValue value = member.value();
    return switch (member.name()) {
      case "presence_penalty", "frequency_penalty" -> value.number() == 0;
      case "service_tier" -> value.isText("auto") || value.isText("default");
      case "verbosity" -> value.isText("medium");
      default -> false;
    };
  }

  /** Whether the value has no effect in any field. */
  static boolean hasNoEffect(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> true;
      case BOOLEAN -> !value.isTrue();
      case STRING -> value.end() - value.start() == EMPTY_STRING;
      case ARRAY, OBJECT -> value.isEmpty();
      case NUMBER -> false;
    };
  }
}
