package com.langdock.reliability.mock.format.bedrock;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.Output;
import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Tools;
import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a Converse request, as strictly as the mock needs: messages and their roles. */
final class BedrockRequests {
  /** What an operator says inside a conversation, for which most models have no role. */
  private static final Pattern OPERATOR = Pattern.compile("(?s)<system>.*?</system>");

  private BedrockRequests() {}

  static ChatRequest read(RawRequest request) {
    JsonNode root = object(request.body());
    List<Turn> turns = new ArrayList<>();
    String system = text(root.path("system"));
    if (!system.isEmpty()) {
      turns.add(new Turn(Role.SYSTEM, system));
    }
    JsonNode messages = root.path("messages");
    if (!messages.isArray() || messages.isEmpty()) {
      throw invalid("A conversation must start with a user message.");
    }
    for (JsonNode message : messages) {
      switch (message.path("role").stringValue("")) {
        case "assistant" -> turns.add(new Turn(Role.ASSISTANT, text(message.path("content"))));
        case "user" -> turns.addAll(userTurns(message.path("content")));
        default -> throw invalid("Value at 'messages.role' failed to satisfy constraint.");
      }
    }
    BedrockPath path = BedrockPath.of(request.path());
    return new ChatRequest(path.model(), path.delivery(), turns, tools(root), output(root));
  }

  static InvalidRequest invalid(String message) {
    return new InvalidRequest(message, null, null);
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode root = Json.parse(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException notJson) {
      throw invalid("Malformed input request: " + notJson.getOriginalMessage());
    }
    throw invalid("Malformed input request: expected an object.");
  }

  private static List<Turn> userTurns(JsonNode content) {
    List<Turn> turns = new ArrayList<>();
    for (JsonNode block : content) {
      if (block.has("toolResult")) {
        turns.add(new Turn(Role.TOOL, text(block.at("/toolResult/content"))));
      }
    }
    String text = text(content);
    String said = OPERATOR.matcher(text).replaceAll("");
    OPERATOR
        .matcher(text)
        .results()
        .forEach(operator -> turns.addFirst(new Turn(Role.SYSTEM, operator.group())));
    if (turns.isEmpty() || !said.isEmpty()) {
      turns.add(new Turn(Role.USER, said));
    }
    return turns;
  }

  private static String text(JsonNode blocks) {
    StringBuilder text = new StringBuilder();
    blocks.forEach(block -> text.append(block.path("text").stringValue("")));
    return text.toString();
  }

  private static Tools tools(JsonNode root) {
    List<Tool> offered = new ArrayList<>();
    for (JsonNode tool : root.at("/toolConfig/tools")) {
      if (tool.has("toolSpec")) {
        JsonNode spec = tool.path("toolSpec");
        offered.add(
            new Tool(spec.path("name").stringValue("lookup"), spec.at("/inputSchema/json")));
      }
    }
    JsonNode choice = root.at("/toolConfig/toolChoice");
    boolean isForced = choice.has("any") || choice.has("tool");
    String only = choice.at("/tool/name").stringValue("");
    return new Tools(offered, isForced ? Choice.REQUIRED : Choice.AUTO, true)
        .only(only.isEmpty() ? Set.of() : Set.of(only));
  }

  private static Output output(JsonNode root) {
    JsonNode limit = root.at("/inferenceConfig/maxTokens");
    boolean isLimit = limit.isIntegralNumber() && limit.canConvertToInt();
    String thinking = root.at("/additionalModelRequestFields/thinking/type").stringValue("");
    boolean isOn = thinking.equals("enabled") || thinking.equals("adaptive");
    return new Output(
        isLimit ? Math.max(0, limit.intValue()) : Integer.MAX_VALUE,
        1,
        isOn ? Thinking.SHOWN : Thinking.NONE,
        schema(root.at("/outputConfig/textFormat/structure/jsonSchema/schema")));
  }

  private static @Nullable JsonNode schema(JsonNode schema) {
    return schema.isString() ? Json.parse(schema.stringValue()) : null;
  }
}
