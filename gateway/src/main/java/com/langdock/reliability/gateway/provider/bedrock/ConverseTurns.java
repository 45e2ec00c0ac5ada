package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.ToolArguments;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates the messages of a conversation into Bedrock's system prompt and turns, which must
 * alternate and begin with the user's.
 *
 * <ul>
 *   <li>System messages before all others are the system prompt. A later one keeps its position, in
 *       {@code <system>} tags in a user turn: only few models take it as what it is.
 *   <li>Consecutive messages of one side become one turn. An empty user turn gets a placeholder, an
 *       empty assistant turn is removed.
 *   <li>A last assistant turn is a prefill, or, where that is not supported, is followed by a
 *       request to continue.
 *   <li>A user's name is added before the text; an assistant's is dropped.
 *   <li>Thinking is kept where Anthropic signed it and the target is a Claude model.
 * </ul>
 */
final class ConverseTurns {
  private static final String CONTINUE = "Continue.";
  private static final String NO_RESULT = "(empty)";

  private final boolean isClaude;
  private final CachePoints cache;
  private final List<Block> system = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final ToolIds ids = new ToolIds(ToolNames::id);
  private final DocumentNames names = new DocumentNames();

  private ConverseTurns(boolean isClaude) {
    this.isClaude = isClaude;
    this.cache = new CachePoints(isClaude);
  }

  /**
   * The turns of {@code messages}.
   *
   * @param prefill whether the model continues a last assistant turn
   */
  static ConverseTurns of(List<Message> messages, boolean isClaude, boolean prefill) {
    ConverseTurns turns = new ConverseTurns(isClaude);
    messages.forEach(turns::add);
    turns.end(prefill);
    return turns;
  }

  /** The signature of {@code thinking} if a Claude model made it; null otherwise. */
  static @Nullable String signature(ContentBlock.Thinking thinking) {
    ContentBlock.Signature signature = thinking.signature();
    return signature == null || !signature.issuer().equals(WireFormat.MESSAGES)
        ? null
        : signature.value();
  }

  /** The system prompt; may be empty. */
  List<Block> system() {
    return system;
  }

  /** The turns, beginning with the user's. */
  List<Turn> turns() {
    return turns;
  }

  /** Whether the last turn is a prefill. */
  boolean endsInPrefill() {
    return turns.getLast().side() == Turn.Side.ASSISTANT;
  }

  /** Whether there are calls or results of tools. */
  boolean hasTools() {
    return turns.stream().anyMatch(Turn::hasTools);
  }

  /** Whether the last turn has results of tools that the model called without signed thinking. */
  boolean lacksThinkingBeforeResults() {
    return turns.getLast().hasResults()
        && (turns.size() < 2 || !turns.get(turns.size() - 2).beginsWithThinking());
  }

  /**
   * Removes cache points, the earliest first, until the request has no more than Bedrock accepts.
   * Returns whether any were removed.
   *
   * @param ofTools the number of cache points of the tools
   */
  boolean limitCachePoints(long ofTools) {
    long ofSystem = system.stream().filter(Block.CachePoint.class::isInstance).count();
    int left = (int) Math.max(0, CachePoints.MAX - ofTools - ofSystem);
    boolean tooMany = false;
    for (Turn turn : turns.reversed()) {
      int before = turn.keepCachePoints(left);
      tooMany |= before < 0;
      left = Math.max(0, before);
    }
    return tooMany;
  }

  private void add(Message message) {
    switch (message.role()) {
      case SYSTEM -> addSystem(message);
      case USER -> addUser(message);
      case ASSISTANT -> addAssistant(message);
    }
  }

  private void addSystem(Message message) {
    List<Block> blocks = blocks(message);
    if (turns.isEmpty()) {
      system.addAll(blocks);
      return;
    }
    for (Block block : blocks) {
      Block tagged =
          block instanceof Block.Text text
              ? new Block.Text("<system>\n" + text.text() + "\n</system>")
              : block;
      turn(Turn.Side.USER).addAll(List.of(tagged));
    }
  }

  private void addUser(Message message) {
    Turn turn = turn(Turn.Side.USER);
    for (ContentBlock block : message.blocks()) {
      if (block instanceof ContentBlock.ToolResult result) {
        turn.addResult(toolResult(result));
      }
    }
    List<Block> blocks = blocks(message);
    Field<String> name = message.speaker();
    if (name != null && !blocks.isEmpty() && !ClaudeWhitespace.isBlank(name.value())) {
      blocks.addFirst(new Block.Text(name.value() + ":"));
    }
    turn.addAll(blocks);
  }

  private void addAssistant(Message message) {
    List<Block> blocks = blocks(message);
    // Claude models reject a turn that ends in thinking.
    if (!blocks.isEmpty() && !(blocks.getLast() instanceof Block.Thinking)) {
      turn(Turn.Side.ASSISTANT).addAll(blocks);
    }
  }

  /** The blocks of a message except tool results, with their cache points. */
  private List<Block> blocks(Message message) {
    List<Block> blocks = new ArrayList<>();
    int thoughts = 0;
    for (ContentBlock block : message.blocks()) {
      Block.Thinking thinking = thinking(block);
      if (thinking == null) {
        add(blocks, block);
      } else {
        blocks.add(thoughts++, thinking); // thinking is the first in its turn
      }
    }
    boolean endsInThinking = !blocks.isEmpty() && blocks.getLast() instanceof Block.Thinking;
    if (!endsInThinking) {
      cache.mark(blocks, message.cacheMark());
    }
    return blocks;
  }

  private Block.@Nullable Thinking thinking(ContentBlock block) {
    if (isClaude && block instanceof ContentBlock.Thinking thinking) {
      String signature = signature(thinking);
      return signature == null ? null : new Block.Thinking(thinking.text(), signature);
    }
    return null;
  }

  private void add(List<Block> blocks, ContentBlock block) {
    Block translated =
        switch (block) {
          case ContentBlock.Text text -> text(text.text());
          case ContentBlock.Refusal refusal -> text(refusal.text());
          case ContentBlock.Media media -> attachment(media);
          case ContentBlock.ToolCall call ->
              new Block.ToolUse(
                  ids.ofCall(call.id()),
                  ToolNames.sent(call.name()),
                  ToolArguments.object(call.arguments()));
          case ContentBlock.ToolResult result -> null;
          case ContentBlock.Thinking thinking -> null;
          case ContentBlock.Opaque opaque -> null;
        };
    if (translated != null) {
      blocks.add(translated);
      cache.mark(blocks, block.cacheMark());
    }
  }

  private static Block.@Nullable Text text(String text) {
    return ClaudeWhitespace.isBlank(text) ? null : new Block.Text(text);
  }

  private @Nullable Block attachment(ContentBlock.Media media) {
    Media source = Media.of(media);
    if (source == null) {
      return null;
    }
    return new Block.Attachment(source, source.isImage() ? "" : names.next(media.name()));
  }

  /** A result with the cache point after it: none may be inside. */
  private List<Block> toolResult(ContentBlock.ToolResult result) {
    List<Block> content = new ArrayList<>();
    result.blocks().forEach(block -> add(content, block));
    boolean isMarked = content.removeIf(Block.CachePoint.class::isInstance);
    if (content.isEmpty()) {
      content.add(new Block.Text(NO_RESULT));
    }
    List<Block> marked = new ArrayList<>();
    marked.add(new Block.ToolResult(ids.ofResult(result.callId()), content, result.failed()));
    cache.mark(marked, result.cacheMark());
    if (isMarked && marked.size() == 1) {
      marked.add(new Block.CachePoint(null));
    }
    return marked;
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
      turn(Turn.Side.USER).addAll(List.of(new Block.Text(CONTINUE)));
    }
    turns.forEach(Turn::complete);
    if (endsInPrefill()) {
      turns.getLast().stripTrailing();
    }
  }
}
