package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.UnmappedField;

/**
 * Reports the fields that a translated request drops: hints without a field in Bedrock's API, and
 * fields of other providers.
 *
 * <p>Fields that request a result or a guarantee are never dropped: see {@link UnsupportedFields}.
 */
final class DroppedFields {
  private final boolean isClaude;
  private final RequestChanges.Builder changes;

  private DroppedFields(boolean isClaude, RequestChanges.Builder changes) {
    this.isClaude = isClaude;
    this.changes = changes;
  }

  /** Reports the fields of {@code conversation} that have no counterpart. */
  static void report(Conversation conversation, boolean isClaude, RequestChanges.Builder changes) {
    DroppedFields fields = new DroppedFields(isClaude, changes);
    conversation.unmapped().stream().map(UnmappedField::path).forEach(changes::dropped);
    conversation.messages().forEach(fields::message);
    conversation.tools().forEach(fields::tool);
  }

  private void message(Message message) {
    Field<String> speaker = message.speaker();
    if (speaker != null && message.role() != Message.Role.USER) {
      changes.dropped(speaker.path());
    }
    for (ContentBlock block : message.blocks()) {
      if (block instanceof ContentBlock.Thinking thinking && !isKept(thinking)) {
        changes.dropped(thinking.path());
      } else if (block instanceof ContentBlock.Opaque opaque) {
        changes.dropped(opaque.path());
      }
    }
  }

  private boolean isKept(ContentBlock.Thinking thinking) {
    return isClaude && ConverseTurns.signature(thinking) != null;
  }

  private void tool(Tool tool) {
    switch (tool) {
      case Tool.Function function -> {
        Field<Boolean> strict = function.strict();
        if (strict != null && strict.value()) {
          changes.dropped(strict.path());
        }
      }
      case Tool.Unknown unknown -> changes.dropped(unknown.path());
    }
  }
}
