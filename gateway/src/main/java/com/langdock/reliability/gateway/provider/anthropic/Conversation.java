package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns OpenAI's messages into Anthropic's system prompt and alternating turns.
 *
 * <ul>
 *   <li>System and developer messages before all others are the system prompt. A later one keeps
 *       its place, in {@code <system>} tags in a user turn: moved to the front it would speak about
 *       turns that it was not there for, and change the prefix that the prompt cache keys on.
 *   <li>Neighbours of one side are one turn; a user turn without text gets a placeholder, so that
 *       the assistant's turns around it do not run together; an empty assistant turn goes.
 *   <li>The first turn is the user's. A last assistant turn is a prefill, or, for a model that
 *       takes none, is followed by a request to go on.
 *   <li>A user's {@code name} comes before the text, since it tells speakers apart; an assistant's
 *       is dropped, since the model would imitate it.
 * </ul>
 */
final class Conversation {
  private static final String PLACEHOLDER = ".";
  private static final String GO_ON = "Continue.";

  /** Anthropic refuses a request with more breakpoints. */
  private static final int MAX_MARKS = 4;

  private final List<Block> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final ToolIds ids = new ToolIds();

  private Conversation() {}

  /**
   * The conversation of {@code messages}.
   *
   * @param prefill whether the model goes on from a last assistant turn
   */
  static Conversation of(List<JsonValue> messages, boolean prefill) {
    Conversation conversation = new Conversation();
    messages.forEach(conversation::add);
    conversation.end(prefill);
    return conversation;
  }

  /** The system prompt, may be empty. */
  List<Block> system() {
    return system;
  }

  /** The turns, the user's first. */
  List<Turn> turns() {
    return turns;
  }

  /**
   * Takes out the breakpoints of the prompt cache that are more than Anthropic takes in one
   * request, the first in the turns first; whether there were any.
   *
   * @param ofTools how many breakpoints the tools have
   */
  boolean limitMarks(long ofTools) {
    long ofSystem = system.stream().filter(block -> block.cacheControl() != null).count();
    int left = (int) Math.max(0, MAX_MARKS - ofTools - ofSystem);
    boolean tooMany = false;
    for (Turn turn : turns.reversed()) {
      int before = turn.keepMarks(left);
      tooMany |= before < 0;
      left = Math.max(0, before);
    }
    return tooMany;
  }

  /** Whether the model is to go on from its own words. */
  boolean endsInPrefill() {
    return turns.getLast().side() == Turn.Side.ASSISTANT;
  }

  /** Whether the model is in the middle of using tools. */
  boolean endsInToolResults() {
    return turns.getLast().hasResults();
  }

  private void add(JsonValue message) {
    switch (JsonFields.text(message, "role")) {
      case "system", "developer" -> addSystem(message);
      case "assistant" -> addAssistant(message);
      case "tool" -> addResult(message, JsonFields.text(message, "tool_call_id"));
      case "function" -> addResult(message, JsonFields.text(message, "name"));
      case null, default -> addUser(message);
    }
  }

  private void addSystem(JsonValue message) {
    if (turns.isEmpty()) {
      system.addAll(Parts.blocks(message));
      return;
    }
    for (Block block : Parts.blocks(message)) {
      if (block instanceof Block.Text said) {
        String tagged = "<system>\n" + said.text() + "\n</system>";
        turn(Turn.Side.USER).addAll(List.of(new Block.Text(tagged, said.cacheControl())));
      }
    }
  }

  private void addUser(JsonValue message) {
    List<Block> blocks = Parts.blocks(message);
    String name = JsonFields.text(message, "name");
    if (name != null && !blocks.isEmpty() && !AnthropicWhitespace.isBlank(name)) {
      blocks.addFirst(new Block.Text(name + ":", null));
    }
    turn(Turn.Side.USER).addAll(blocks);
  }

  private void addResult(JsonValue message, @Nullable String clientId) {
    String id = ids.ofResult(clientId == null ? "" : clientId);
    String mark = Parts.cacheControl(message);
    Block.ToolResult result = Block.ToolResult.of(id, Parts.blocks(message));
    // A result without content has no block that could carry the message's mark.
    turn(Turn.Side.USER).addResult(result.content().isEmpty() ? result.marked(mark) : result);
  }

  private void addAssistant(JsonValue message) {
    List<Block> blocks = Parts.content(message);
    Parts.addText(blocks, JsonFields.text(message, "refusal"), null);
    for (JsonValue call : JsonFields.array(message, "tool_calls")) {
      String id = JsonFields.text(call, "id");
      blocks.add(toolUse(id == null ? "" : id, JsonFields.object(call, "function")));
    }
    JsonValue legacy = JsonFields.object(message, "function_call");
    if (legacy != null) {
      String name =
          JsonFields.text(legacy, "name"); // its result names the function, there is no id
      blocks.add(toolUse(name == null ? "" : name, legacy));
    }
    Parts.markLast(blocks, Parts.cacheControl(message));
    if (!blocks.isEmpty()) {
      turn(Turn.Side.ASSISTANT).addAll(blocks);
    }
  }

  private Block.ToolUse toolUse(String clientId, @Nullable JsonValue function) {
    String name = JsonFields.text(function, "name");
    return new Block.ToolUse(ids.ofCall(clientId), name == null ? "" : name, input(function), null);
  }

  /** The arguments as a JSON object, whatever the client kept of what some model once wrote. */
  private static String input(@Nullable JsonValue function) {
    JsonValue arguments = JsonFields.value(function, "arguments");
    if (arguments == null) {
      return "{}";
    }
    boolean isText = arguments.kind() == JsonValue.Kind.STRING;
    String json = isText ? arguments.text() : arguments.raw();
    if (AnthropicWhitespace.isBlank(json)) {
      return "{}";
    }
    JsonValue parsed = JsonBody.json(json.getBytes(StandardCharsets.UTF_8));
    return parsed != null && parsed.kind() == JsonValue.Kind.OBJECT
        ? parsed.raw()
        : "{\"_raw\":" + JsonText.quote(json) + "}";
  }

  /** The turn that {@code side} is speaking in, a new one when the other side spoke last. */
  private Turn turn(Turn.Side side) {
    if (turns.isEmpty() || turns.getLast().side() != side) {
      turns.add(new Turn(side));
    }
    return turns.getLast();
  }

  private void end(boolean prefill) {
    if (turns.isEmpty() || turns.getFirst().side() == Turn.Side.ASSISTANT) {
      turns.addFirst(new Turn(Turn.Side.USER));
    }
    if (endsInPrefill() && !prefill) {
      turn(Turn.Side.USER).addAll(List.of(new Block.Text(GO_ON, null)));
    }
    for (Turn turn : turns) {
      if (turn.isEmpty()) {
        turn.addAll(List.of(new Block.Text(PLACEHOLDER, null)));
      }
    }
    if (endsInPrefill()) {
      turns.getLast().stripTrailing();
    }
  }
}
