package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates the blocks of messages, except tool calls and their results.
 *
 * <p>Blank text is dropped, because Anthropic rejects it. Thinking is dropped unless Anthropic
 * signed it. Blocks that cannot be translated were rejected before, by {@link UnsupportedFields}.
 */
final class Parts {
  private Parts() {}

  /** Adds the translation of {@code block}, if it has one. */
  static void add(List<Block> blocks, ContentBlock block) {
    switch (block) {
      case ContentBlock.Text text -> addText(blocks, text.text(), json(text.cacheMark()));
      case ContentBlock.Refusal refusal ->
          addText(blocks, refusal.text(), json(refusal.cacheMark()));
      case ContentBlock.Media media -> addMedia(blocks, media);
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.ToolResult result -> {}
      case ContentBlock.Thinking thinking -> addThinking(blocks, thinking);
      case ContentBlock.Opaque opaque -> {}
    }
  }

  /** The signature of {@code thinking} if this API issued it; null otherwise. */
  static @Nullable String signature(ContentBlock.Thinking thinking) {
    ContentBlock.Signature signature = thinking.signature();
    return signature == null || !signature.issuer().equals(WireFormat.MESSAGES)
        ? null
        : signature.value();
  }

  /** Sets a message's breakpoint on its last block, unless that has its own. */
  static void markLast(List<Block> blocks, @Nullable CacheMark mark) {
    if (mark != null && !blocks.isEmpty() && blocks.getLast().cacheControl() == null) {
      blocks.set(blocks.size() - 1, blocks.getLast().marked(mark.json()));
    }
  }

  /** Adds {@code text} unless it is null or blank. */
  static void addText(List<Block> blocks, @Nullable String text, @Nullable String cacheControl) {
    if (text != null && !ClaudeWhitespace.isBlank(text)) {
      blocks.add(new Block.Text(text, cacheControl));
    }
  }

  /** The {@code cache_control} object of a breakpoint; null for none. */
  static @Nullable String json(@Nullable CacheMark mark) {
    return mark == null ? null : mark.json();
  }

  /** Thinking is the first in its turn, whatever its place in the client's message. */
  private static void addThinking(List<Block> blocks, ContentBlock.Thinking thinking) {
    String signature = signature(thinking);
    if (signature != null) {
      int at = 0;
      while (at < blocks.size() && blocks.get(at) instanceof Block.Thinking) {
        at++;
      }
      blocks.add(at, new Block.Thinking(thinking.text(), signature));
    }
  }

  private static void addMedia(List<Block> blocks, ContentBlock.Media media) {
    Media source = Media.of(media);
    if (source != null) {
      String name = media.name();
      String title = name == null || ClaudeWhitespace.isBlank(name) ? null : name;
      blocks.add(new Block.Attachment(source, title, json(media.cacheMark())));
    }
  }
}
