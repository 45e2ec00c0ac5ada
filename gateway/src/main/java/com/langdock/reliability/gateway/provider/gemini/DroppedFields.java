package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reports the fields that a translated request drops: hints without a field in Gemini's API, and
 * fields of other providers.
 *
 * <p>Fields that request a result or a guarantee are never dropped: see {@link UnsupportedFields}.
 * Gemini caches prefixes by itself, but not up to the breakpoints that a client names.
 */
final class DroppedFields {
  private static final String BREAKPOINT = "cache_control";

  private final RequestChanges.Builder changes;

  private DroppedFields(RequestChanges.Builder changes) {
    this.changes = changes;
  }

  /** Reports the fields of {@code conversation} that have no counterpart. */
  static void report(Conversation conversation, RequestChanges.Builder changes) {
    DroppedFields fields = new DroppedFields(changes);
    conversation.unmapped().stream().map(UnmappedField::path).forEach(changes::dropped);
    conversation.messages().forEach(fields::message);
    conversation.tools().forEach(fields::tool);
  }

  private void message(Message message) {
    Field<String> speaker = message.speaker();
    if (speaker != null) {
      changes.dropped(speaker.path());
    }
    breakpoint(message.cacheMark());
    for (ContentBlock block : message.blocks()) {
      breakpoint(block.cacheMark());
      if (block instanceof ContentBlock.Thinking thinking && !isOfGemini(thinking)) {
        changes.dropped(thinking.path());
      } else if (block instanceof ContentBlock.Opaque opaque) {
        changes.dropped(opaque.path());
      }
    }
  }

  private void breakpoint(@Nullable CacheMark mark) {
    if (mark != null) {
      changes.dropped(BREAKPOINT);
    }
  }

  private static boolean isOfGemini(ContentBlock.Thinking thinking) {
    ContentBlock.Signature signature = thinking.signature();
    return signature != null && signature.issuer().equals(WireFormat.GEMINI);
  }

  private void tool(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        breakpoint(function.cacheMark());
        Field<Boolean> strict = function.strict();
        if (strict != null && strict.value()) {
          changes.dropped(strict.path());
        }
      }
      case Tool.Unknown unknown -> changes.dropped(unknown.path());
    }
  }
}
