package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.provider.ToolArguments;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Translates the messages of a conversation into Anthropic's system prompt and alternating turns.
 *
 * <ul>
 *   <li>System messages before all others are the system prompt. A later one keeps its position, in
 *       {@code <system>} tags in a user turn. Moving it to the front would apply it to earlier
 *       turns and change the prefix that the prompt cache uses as its key.
 *   <li>Consecutive messages of one side become one turn. A user turn without text gets a
 *       placeholder, so that the assistant turns around it stay separate. An empty assistant turn
 *       is removed.
 *   <li>The first turn is the user's. A last assistant turn is a prefill, or, for a model without
 *       prefill support, is followed by a request to continue.
 *   <li>A user's name is added before the text, since it distinguishes participants; an assistant's
 *       is dropped, since the model would imitate it.
 * </ul>
 */
final class MessageTurns {
  private static final String PLACEHOLDER = ".";
  private static final String CONTINUE = "Continue.";

  /** The maximum number of breakpoints in a request. */
  private static final int MAX_MARKS = 4;

  private final List<Block> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final ToolIds ids = new ToolIds(ToolIds::plain);

  private MessageTurns() {}

  /**
   * The turns of {@code messages}.
   *
   * @param prefill whether the model continues a last assistant turn
   */
  static MessageTurns of(List<Message> messages, boolean prefill) {
    MessageTurns turns = new MessageTurns();
    messages.forEach(turns::add);
    turns.end(prefill);
    return turns;
  }

  /** Whether {@code messages} have thinking that this API signed. */
  static boolean hasSignatures(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.blocks().stream())
        .anyMatch(block ->
            block instanceof ContentBlock.Thinking thinking && Parts.signature(thinking) != null);
  }

  /** The system prompt; may be empty. */
  List<Block> system() {
    return system;
  }

  /** The turns, beginning with the user's. */
  List<Turn> turns() {
    return turns;
  }

  /**
   * Removes prompt cache breakpoints, the earliest first, until the request has no more than
   * Anthropic accepts. Returns whether any were removed.
   *
   * @param toolMarks the number of breakpoints of the tools
   */
  boolean limitMarks(long toolMarks) {
    long systemMarks = system.stream().filter(block -> block.cacheControl() != null).count();
    int left = (int) Math.max(0, MAX_MARKS - toolMarks - systemMarks);
    boolean tooMany = false;
    for (Turn turn : turns.reversed()) {
      int before = turn.keepMarks(left);
      tooMany |= before < 0;
      left = Math.max(0, before);
    }
    return tooMany;
  }

  /** Whether the last turn is a prefill. */
  boolean endsInPrefill() {
    return turns.getLast().side() == Turn.Side.ASSISTANT;
  }

  /** Whether the last turn has results of tools that the model called without signed thinking. */
  boolean lacksThinkingBeforeResults() {
    return turns.getLast().hasResults()
        && (turns.size() < 2 || !turns.get(turns.size() - 2).beginsWithThinking());
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
      if (block instanceof Block.Text text) {
        String tagged = "<system>\n" + text.text() + "\n</system>";
        turn(Turn.Side.USER).addAll(List.of(new Block.Text(tagged, text.cacheControl())));
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
    if (name != null && !blocks.isEmpty() && !ClaudeWhitespace.isBlank(name.value())) {
      blocks.addFirst(new Block.Text(name.value() + ":", null));
    }
    turn(Turn.Side.USER).addAll(blocks);
  }

  private void addAssistant(Message message) {
    List<Block> blocks = blocks(message);
    blocks.sort(Comparator.comparing(Block.ToolUse.class::isInstance)); // results follow the calls
    // Anthropic rejects a turn that ends in thinking.
    if (!blocks.isEmpty() && !(blocks.getLast() instanceof Block.Thinking)) {
      turn(Turn.Side.ASSISTANT).addAll(blocks);
    }
  }

  /** The blocks of a message except tool results, with its breakpoint after the last. */
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
    return new Block.ToolUse(
        ids.ofCall(call.id()),
        ToolNames.sent(call.name()),
        ToolArguments.object(call.arguments()),
        mark);
  }

  /** The last turn if it is of {@code side}, else a new one. */
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
      turn(Turn.Side.USER).addAll(List.of(new Block.Text(CONTINUE, null)));
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
