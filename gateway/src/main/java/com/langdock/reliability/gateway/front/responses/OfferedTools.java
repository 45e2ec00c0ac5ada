package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tools that a request offers: in {@code tools}, in items of {@code additional_tools}, and
 * found by a search. Of tools with the same name the last one counts.
 *
 * <p>Other formats have functions only. A tool of a namespace is a function named after both; a
 * custom tool is a function with the one string {@code input}; so is the client's search for tools.
 * {@link #find} leads back from the name of a call.
 */
final class OfferedTools {
  /** The name of the client's search for tools. */
  static final String SEARCH = "tool_search";

  private static final Pattern OTHER_CHARACTER = Pattern.compile("[^a-zA-Z0-9_-]");
  private static final int MAX_NAME = 64;
  private static final int HASH = "_00000000".length();

  /** The schema of the function that stands for a custom tool. */
  private static final JsonValue FREE_TEXT =
      Objects.requireNonNull(
          JsonBody.json(
              ("{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
                      + "\"required\":[\"input\"],\"additionalProperties\":false}")
                  .getBytes(UTF_8)));

  /** How a tool is called. */
  enum Kind {
    /** With arguments in JSON. */
    FUNCTION,
    /** With free text. */
    CUSTOM,
    /** The client's search for tools. */
    SEARCH
  }

  /**
   * A tool that the client runs.
   *
   * @param namespace null for none
   * @param name within its namespace
   */
  record Offered(Kind kind, @Nullable String namespace, String name, Tool.Function function) {}

  private final Unmapped unmapped;
  private final Map<String, Offered> functions = new LinkedHashMap<>();
  private final List<Tool.Unknown> others = new ArrayList<>();

  private OfferedTools(Unmapped unmapped) {
    this.unmapped = unmapped;
  }

  /** The tools of the request {@code root}. */
  static OfferedTools of(JsonValue root, Unmapped unmapped) {
    OfferedTools tools = new OfferedTools(unmapped);
    tools.addAll(root, "", null);
    List<JsonValue> items = JsonFields.array(root, "input");
    for (int i = 0; i < items.size(); i++) {
      JsonValue item = items.get(i);
      if (JsonFields.isText(item, "type", "additional_tools")
          || JsonFields.isText(item, "type", "tool_search_output")) {
        tools.addAll(item, "input[" + i + "].", null);
      }
    }
    return tools;
  }

  /** The name in other formats: at most 64 letters, digits, {@code _} and {@code -}. */
  static String flatName(@Nullable String namespace, String name) {
    if (namespace == null || namespace.isEmpty()) {
      return name;
    }
    String whole = namespace + (namespace.endsWith("__") ? "" : "__") + name;
    String plain = OTHER_CHARACTER.matcher(whole).replaceAll("_");
    return plain.equals(whole) && whole.length() <= MAX_NAME
        ? whole
        : plain.substring(0, Math.min(plain.length(), MAX_NAME - HASH))
            + "_%08x".formatted(whole.hashCode());
  }

  /** Whether the client executes the search for tools in {@code holder}. */
  static boolean isOfClient(JsonValue holder) {
    return JsonFields.isText(holder, "execution", "client");
  }

  /** All tools in neutral form. */
  List<Tool> tools() {
    List<Tool> all = new ArrayList<>();
    functions.values().forEach(offered -> all.add(offered.function()));
    all.addAll(others);
    return List.copyOf(all);
  }

  /** The tool with this name in other formats; null if there is none. */
  @Nullable Offered find(String flatName) {
    return functions.get(flatName);
  }

  /** Whether there is a tool of this type that the client does not run. */
  boolean hasOther(String type) {
    return others.stream().anyMatch(other -> other.name().equals(type));
  }

  private void addAll(JsonValue holder, String prefix, @Nullable String namespace) {
    List<JsonValue> tools = JsonFields.array(holder, "tools");
    for (int i = 0; i < tools.size(); i++) {
      add(tools.get(i), prefix + "tools[" + i + "]", namespace);
    }
  }

  private void add(JsonValue tool, String path, @Nullable String namespace) {
    String type = text(tool, "type");
    switch (type) {
      case "function" -> add(Kind.FUNCTION, namespace, text(tool, "name"), function(tool, path));
      case "custom" -> add(Kind.CUSTOM, namespace, text(tool, "name"), custom(tool, path));
      case "namespace" -> addAll(tool, path + ".", JsonFields.text(tool, "name"));
      case SEARCH -> {
        if (isOfClient(tool)) {
          add(Kind.SEARCH, null, SEARCH, function(tool, path));
        } else {
          others.add(new Tool.Unknown(type, path + ".type"));
        }
      }
      default -> others.add(new Tool.Unknown(type, path + ".type"));
    }
  }

  private void add(Kind kind, @Nullable String namespace, String name, Tool.Function function) {
    String flat = flatName(namespace, name);
    Tool.Function named =
        new Tool.Function(
            flat, function.description(), function.parameters(), function.strict(), null);
    functions.put(flat, new Offered(kind, namespace, name, named));
  }

  private Tool.Function function(JsonValue tool, String path) {
    unmapped.dropped(tool, path, "defer_loading");
    JsonValue parameters = JsonFields.object(tool, "parameters");
    JsonValue strict = JsonFields.value(tool, "strict");
    return new Tool.Function(
        "",
        JsonFields.text(tool, "description"),
        parameters == null ? null : new Field<>(path + ".parameters", parameters),
        strict == null ? null : new Field<>(path + ".strict", strict.isTrue()),
        null);
  }

  private Tool.Function custom(JsonValue tool, String path) {
    unmapped.dropped(tool, path, "defer_loading");
    StringBuilder description = new StringBuilder(text(tool, "description"));
    JsonValue format = JsonFields.object(tool, "format");
    // Some have the grammar in a field of its own, as in chat completions.
    JsonValue inner = JsonFields.object(format, "grammar");
    String grammar = text(inner == null ? format : inner, "definition");
    if (!grammar.isEmpty()) {
      unmapped.dropped(path + ".format");
      description
          .append(description.isEmpty() ? "" : "\n\n")
          .append("The input must match this ")
          .append(text(inner == null ? format : inner, "syntax"))
          .append(" grammar:\n")
          .append(grammar);
    }
    return new Tool.Function(
        "", description.toString(), new Field<>(path + ".type", FREE_TEXT), null, null);
  }

  private static String text(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
