package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import tools.jackson.core.JsonGenerator;

/**
 * One message of a request: the consecutive blocks of one side.
 *
 * <p>Tool results come first, as Anthropic requires, even if the client put other blocks between
 * them.
 */
final class Turn {
  /** The author of a turn. */
  enum Side {
    USER,
    ASSISTANT
  }

  private final Side side;
  private final List<Block> results = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();

  Turn(Side side) {
    this.side = side;
  }

  Side side() {
    return side;
  }

  boolean isEmpty() {
    return results.isEmpty() && blocks.isEmpty();
  }

  void addAll(List<Block> more) {
    blocks.addAll(more);
  }

  void addResult(Block.ToolResult result) {
    results.add(result);
  }

  boolean hasResults() {
    return !results.isEmpty();
  }

  boolean beginsWithThinking() {
    return !blocks.isEmpty() && blocks.getFirst() instanceof Block.Thinking;
  }

  /** Removes trailing white space, which Anthropic rejects in a last assistant turn. */
  void stripTrailing() {
    if (blocks.getLast() instanceof Block.Text last) {
      String stripped = ClaudeWhitespace.stripTrailing(last.text());
      blocks.set(blocks.size() - 1, new Block.Text(stripped, last.cacheControl()));
    }
  }

  /**
   * Keeps the last prompt cache breakpoints and removes the others.
   *
   * @param most the maximum number to keep
   * @return how many may be kept in earlier turns; below zero if some were removed
   */
  int keepMarks(int most) {
    return keepMarks(results, keepMarks(blocks, most));
  }

  private static int keepMarks(List<Block> of, int most) {
    int left = most;
    for (ListIterator<Block> last = of.listIterator(of.size()); last.hasPrevious(); ) {
      Block block = last.previous();
      if (block.cacheControl() != null && --left < 0) {
        last.set(block.marked(null));
      }
    }
    return left;
  }

  void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("role", side == Side.USER ? "user" : "assistant");
    List<Block> content = new ArrayList<>(results);
    content.addAll(blocks);
    Block.writeAll(out, "content", content);
    out.writeEndObject();
  }
}
