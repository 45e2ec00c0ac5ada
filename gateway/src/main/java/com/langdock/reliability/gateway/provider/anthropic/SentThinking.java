package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thinking in the history that a client of the Messages API sends, and what depends on it.
 *
 * <p>All thinking is removed together, not only the block that the provider named: which of the
 * others it issued is not known, and it would reject them one by one.
 */
final class SentThinking {
  private final JsonValue root;
  private final List<JsonValue> messages;

  /** The thinking in the request {@code root}. */
  SentThinking(JsonValue root) {
    this.root = root;
    this.messages = JsonFields.array(root, "messages");
  }

  /** Whether the request can be sent without thinking that it has now. */
  boolean isRemovable() {
    return isDueAfterResults()
        || messages.stream()
            .flatMap(message -> blocks(message).stream())
            .anyMatch(SentThinking::isThinking);
  }

  /** Whether thinking is on and the model would have to have thought before its last calls. */
  boolean isDueAfterResults() {
    return settings() != null && endsInResults();
  }

  /** The settings, if thinking is on; null otherwise. */
  @Nullable JsonValue settings() {
    JsonValue thinking = JsonFields.object(root, "thinking");
    return JsonFields.isText(thinking, "type", "disabled") ? null : thinking;
  }

  /** Removes the blocks, and messages that have no other: Anthropic rejects empty ones. */
  void removeBlocks(JsonSplice splice, RequestChanges.Builder changes) {
    JsonValue all = JsonFields.value(root, "messages");
    for (int i = 0; all != null && i < messages.size(); i++) {
      JsonValue content = JsonFields.value(messages.get(i), "content");
      List<JsonValue> blocks = blocks(messages.get(i));
      long thinking = blocks.stream().filter(SentThinking::isThinking).count();
      if (content == null || thinking == 0) {
        continue;
      }
      boolean isWhole = thinking == blocks.size();
      if (isWhole) {
        splice.remove(all, i);
      }
      for (int j = 0; j < blocks.size(); j++) {
        if (isThinking(blocks.get(j))) {
          changes.dropped("messages[" + i + "].content[" + j + "]");
          if (!isWhole) {
            splice.remove(content, j);
          }
        }
      }
    }
  }

  /** Whether results of tools follow the last message of the model. */
  private boolean endsInResults() {
    for (JsonValue message : messages.reversed()) {
      if (JsonFields.isText(message, "role", "assistant")) {
        return false;
      }
      if (blocks(message).stream()
          .anyMatch(block -> JsonFields.isText(block, "type", "tool_result"))) {
        return true;
      }
    }
    return false;
  }

  private static List<JsonValue> blocks(JsonValue message) {
    return JsonFields.array(message, "content");
  }

  private static boolean isThinking(JsonValue block) {
    return JsonFields.isText(block, "type", "thinking")
        || JsonFields.isText(block, "type", "redacted_thinking");
  }
}
