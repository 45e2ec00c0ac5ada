package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import tools.jackson.core.JsonGenerator;

/**
 * One message of a request: the consecutive blocks of one side.
 *
 * <p>Results of tools come first, even if the client put other blocks between them. A document is
 * accepted only beside a text.
 */
final class Turn {
  private static final Block PLACEHOLDER = new Block.Text(".");

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

  void addAll(List<Block> more) {
    blocks.addAll(more);
  }

  /** Adds a result, and a cache point after it where there is one. */
  void addResult(List<Block> result) {
    results.addAll(result);
  }

  boolean hasResults() {
    return !results.isEmpty();
  }

  /** Whether it has a call or the result of one. */
  boolean hasTools() {
    return hasResults() || blocks.stream().anyMatch(Block.ToolUse.class::isInstance);
  }

  boolean beginsWithThinking() {
    return !blocks.isEmpty() && blocks.getFirst() instanceof Block.Thinking;
  }

  /** Adds a text where Bedrock requires one. */
  void complete() {
    boolean hasText = blocks.stream().anyMatch(Block.Text.class::isInstance);
    boolean hasDocument =
        blocks.stream()
            .anyMatch(block -> block instanceof Block.Attachment some && !some.media().isImage());
    if ((results.isEmpty() && blocks.isEmpty()) || (hasDocument && !hasText)) {
      blocks.addFirst(PLACEHOLDER);
    }
  }

  /** Removes white space at the end, which Claude models reject in a last assistant turn. */
  void stripTrailing() {
    if (blocks.getLast() instanceof Block.Text last) {
      String stripped = ClaudeWhitespace.stripTrailing(last.text());
      blocks.set(blocks.size() - 1, new Block.Text(stripped));
    }
  }

  /**
   * Keeps the last cache points and removes the others.
   *
   * @param most the maximum number to keep
   * @return how many may be kept in earlier turns; below zero if some were removed
   */
  int keepCachePoints(int most) {
    return keep(results, keep(blocks, most));
  }

  private static int keep(List<Block> of, int most) {
    int left = most;
    for (ListIterator<Block> last = of.listIterator(of.size()); last.hasPrevious(); ) {
      if (last.previous() instanceof Block.CachePoint && --left < 0) {
        last.remove();
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
