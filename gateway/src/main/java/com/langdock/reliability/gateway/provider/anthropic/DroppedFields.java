package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.UnmappedField;

/**
 * Names what a translated request leaves out: hints that Anthropic's API has no field for, and
 * fields that only another provider knows.
 *
 * <p>What a client asked for as a result or a guarantee is never left out: see {@link
 * UnsupportedFields}.
 */
final class DroppedFields {
  private final RequestChanges.Builder changes;

  private DroppedFields(RequestChanges.Builder changes) {
    this.changes = changes;
  }

  /** Names the fields of {@code conversation} that have no counterpart. */
  static void report(Conversation conversation, RequestChanges.Builder changes) {
    DroppedFields fields = new DroppedFields(changes);
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
      if (block instanceof ContentBlock.Thinking thinking) {
        changes.dropped(thinking.path());
      }
    }
  }

  private void tool(Tool tool) {
    if (tool instanceof Tool.Function function
        && function.strict() != null
        && function.strict().value()) {
      changes.dropped(function.strict().path());
    }
  }
}
