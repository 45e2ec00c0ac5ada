package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates the messages of a conversation into Anthropic's system prompt and alternating turns.
 *
 * <ul>
 *   <li>System messages before all others are the system prompt. A later one keeps its place, in
 *       {@code <system>} tags in a user turn: moved to the front it would speak about turns that it
 *       was not there for, and change the prefix that the prompt cache keys on.
 *   <li>Neighbours of one side are one turn; a user turn without text gets a placeholder, so that
 *       the assistant's turns around it do not run together; an empty assistant turn goes.
 *   <li>The first turn is the user's. A last assistant turn is a prefill, or, for a model that
 *       takes none, is followed by a request to go on.
 *   <li>A user's name comes before the text, since it tells speakers apart; an assistant's is
 *       dropped, since the model would imitate it.
 * </ul>
 */
final class MessageTurns {
  private static final String PLACEHOLDER = ".";
  private static final String GO_ON = "Continue.";

  /** Anthropic refuses a request with more breakpoints. */
  private static final int MAX_MARKS = 4;

  private final List<Block> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final ToolIds ids = new ToolIds();

  private MessageTurns() {}

  /**
   * The turns of {@code messages}.
   *
   * @param prefill whether the model goes on from a last assistant turn
   */
  static MessageTurns of(List<Message> messages, boolean prefill) {
    MessageTurns turns = new MessageTurns();
    messages.forEach(turns::add);
    turns.end(prefill);
    return turns;
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

  private void add(Message message) {
    switch (message.role()) {
      case SYSTEM -> addSystem(message);
      case USER -> addUser(message);
      case ASSISTANT -> addAssistant(message);
    }
  }

  private void addSystem(Message message) {
    if (turns.isEmpty()) {
      system.addAll(blocks(message));
      return;
    }
    for (Block block : blocks(message)) {
      if (block instanceof Block.Text said) {
        String tagged = "<system>\n" + said.text() + "\n</system>";
        turn(Turn.Side.USER).addAll(List.of(new Block.Text(tagged, said.cacheControl())));
      }
    }
  }

  private void addUser(Message message) {
    for (ContentBlock block : message.blocks()) {
      if (block instanceof ContentBlock.ToolResult result) {
        turn(Turn.Side.USER).addResult(toolResult(result));
      }
    }
    List<Block> blocks = blocks(message);
    Field<String> name = message.speaker();
    if (name != null && !blocks.isEmpty() && !AnthropicWhitespace.isBlank(name.value())) {
      blocks.addFirst(new Block.Text(name.value() + ":", null));
    }
    turn(Turn.Side.USER).addAll(blocks);
  }

  private void addAssistant(Message message) {
    List<Block> blocks = blocks(message);
    if (!blocks.isEmpty()) {
      turn(Turn.Side.ASSISTANT).addAll(blocks);
    }
  }

  /** The blocks of a message without tool results, with its breakpoint after the last. */
  private List<Block> blocks(Message message) {
    List<Block> blocks = new ArrayList<>();
    for (ContentBlock block : message.blocks()) {
      if (block instanceof ContentBlock.ToolCall call) {
        blocks.add(toolUse(call));
      } else {
        Parts.add(blocks, block);
      }
    }
    Parts.markLast(blocks, message.cacheMark());
    return blocks;
  }

  private Block.ToolResult toolResult(ContentBlock.ToolResult result) {
    List<Block> blocks = new ArrayList<>();
    result.blocks().forEach(block -> Parts.add(blocks, block));
    Parts.markLast(blocks, result.cacheMark());
    Block.ToolResult translated =
        Block.ToolResult.of(ids.ofResult(result.callId()), blocks, result.failed());
    // A result without content has no block that could carry the mark.
    return blocks.isEmpty() ? translated.marked(Parts.json(result.cacheMark())) : translated;
  }

  private Block.ToolUse toolUse(ContentBlock.ToolCall call) {
    String mark = Parts.json(call.cacheMark());
    return new Block.ToolUse(ids.ofCall(call.id()), call.name(), input(call.arguments()), mark);
  }

  /** The arguments as a JSON object, whatever the client kept of what some model once wrote. */
  private static String input(String arguments) {
    if (AnthropicWhitespace.isBlank(arguments)) {
      return "{}";
    }
    JsonValue parsed = JsonBody.json(arguments.getBytes(StandardCharsets.UTF_8));
    return parsed != null && parsed.kind() == JsonValue.Kind.OBJECT
        ? parsed.raw()
        : "{\"_raw\":" + JsonText.quote(arguments) + "}";
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
