package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads functions, tools that the provider runs, and the choice among them. */
final class ToolReader {
  private static final String FUNCTIONS = "functionDeclarations";

  private final JsonValue root;
  private final Unmapped unmapped;

  ToolReader(JsonValue root, Unmapped unmapped) {
    this.root = root;
    this.unmapped = unmapped;
  }

  /** The tools; each entry has functions, or a tool that the provider runs. */
  List<Tool> tools() {
    List<Tool> tools = new ArrayList<>();
    List<JsonValue> entries = ProtoFields.array(root, "tools");
    for (int i = 0; i < entries.size(); i++) {
      JsonValue entry = entries.get(i);
      String path = "tools[" + i + "].";
      for (Member member : entry.members()) {
        boolean isFunctions = ProtoFields.camelCase(member.name()).equals(FUNCTIONS);
        if (isFunctions) {
          addFunctions(tools, member, path);
        } else if (!member.value().isNull()) {
          tools.add(new Tool.Unknown(member.name(), path + member.name()));
        }
      }
    }
    return List.copyOf(tools);
  }

  private void addFunctions(List<Tool> tools, Member declarations, String path) {
    List<JsonValue> functions = declarations.value().elements();
    for (int i = 0; i < functions.size(); i++) {
      tools.add(function(functions.get(i), path + declarations.name() + "[" + i + "]"));
    }
  }

  private Tool function(JsonValue function, String path) {
    unmapped.dropped(function, path, "response", "responseJsonSchema", "behavior");
    return new Tool.Function(
        ProtoFields.textOrEmpty(function, "name"),
        ProtoFields.text(function, "description"),
        parameters(function, path),
        null,
        null);
  }

  private static @Nullable Field<JsonValue> parameters(JsonValue function, String path) {
    JsonValue schema = ProtoFields.object(function, "parametersJsonSchema");
    if (schema != null) {
      return new Field<>(path + "." + ProtoFields.nameIn(function, "parametersJsonSchema"), schema);
    }
    JsonValue own = ProtoFields.object(function, "parameters");
    return own == null ? null : new Field<>(path + ".parameters", SchemaReader.jsonSchema(own));
  }

  /** The choice of the model. */
  ToolChoice choice() {
    JsonValue settings = ProtoFields.object(root, "toolConfig");
    JsonValue config = ProtoFields.object(settings, "functionCallingConfig");
    String path =
        ProtoFields.nameIn(root, "toolConfig")
            + "."
            + ProtoFields.nameIn(settings, "functionCallingConfig");
    List<String> allowed =
        JsonFields.texts(config, ProtoFields.nameIn(config, "allowedFunctionNames"));
    Mode mode = mode(ProtoFields.textOrEmpty(config, "mode").toUpperCase(Locale.ROOT));
    boolean isOne = mode == Mode.ANY && allowed.size() == 1;
    return new ToolChoice(
        isOne ? Mode.ONE : mode,
        isOne ? allowed.getFirst() : null,
        isOne || allowed.isEmpty() ? null : allowed,
        false,
        path);
  }

  private static Mode mode(String mode) {
    return switch (mode) {
      case "", "AUTO", "MODE_UNSPECIFIED", "VALIDATED" -> Mode.AUTO;
      case "ANY" -> Mode.ANY;
      case "NONE" -> Mode.NONE;
      default -> Mode.UNKNOWN;
    };
  }
}
