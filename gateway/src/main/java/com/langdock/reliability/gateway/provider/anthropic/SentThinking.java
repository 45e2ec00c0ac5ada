package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The thinking in the history that a client of the Messages API sends, and what depends on it.
 *
 * <p>Thinking in an envelope of the gateway is another format's. Of the rest the issuer is not
 * known, so it is removed together: the provider would reject its blocks one by one.
 */
final class SentThinking {
  private final JsonValue root;
  private final boolean isSigned;
  private final List<JsonValue> messages;

  /**
   * The thinking in the request {@code root}.
   *
   * @param target the model that gets it. Claude's thinking is always signed; that of other
   *     vendors' models may not be
   */
  SentThinking(JsonValue root, TargetModel target) {
    this.root = root;
    this.isSigned = target.facts().traits().thinking() != ModelTraits.Thinking.NONE;
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

  /** Whether the model's last message begins with thinking that is not of another format. */
  boolean hasOwnBeforeResults() {
    for (JsonValue message : messages.reversed()) {
      if (JsonFields.isText(message, "role", "assistant")) {
        return blocks(message).stream()
            .filter(block -> !isForeign(block))
            .findFirst()
            .filter(SentThinking::isThinking)
            .isPresent();
      }
    }
    return false;
  }

  /** The settings, if thinking is on; null otherwise. */
  @Nullable JsonValue settings() {
    JsonValue thinking = JsonFields.object(root, "thinking");
    return JsonFields.isText(thinking, "type", "disabled") ? null : thinking;
  }

  /** Removes all thinking. */
  void removeAll(JsonSplice splice, RequestChanges.Builder changes) {
    remove(SentThinking::isThinking, splice, changes);
  }

  /**
   * Removes the thinking of other formats, which this gateway sent in envelopes, or unsigned.
   * Returns whether there was any.
   */
  boolean removeForeign(JsonSplice splice, RequestChanges.Builder changes) {
    return remove(this::isForeign, splice, changes);
  }

  /** Removes blocks, and messages that have no other: Anthropic rejects empty ones. */
  private boolean remove(
      Predicate<JsonValue> removed, JsonSplice splice, RequestChanges.Builder changes) {
    boolean any = false;
    JsonValue all = JsonFields.value(root, "messages");
    for (int i = 0; all != null && i < messages.size(); i++) {
      JsonValue content = JsonFields.value(messages.get(i), "content");
      List<JsonValue> blocks = blocks(messages.get(i));
      long count = blocks.stream().filter(removed).count();
      if (content == null || count == 0) {
        continue;
      }
      any = true;
      boolean isWhole = count == blocks.size();
      if (isWhole) {
        splice.remove(all, i);
      }
      for (int j = 0; j < blocks.size(); j++) {
        if (removed.test(blocks.get(j))) {
          changes.dropped("messages[" + i + "].content[" + j + "]");
          if (!isWhole) {
            splice.remove(content, j);
          }
        }
      }
    }
    return any;
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

  private boolean isForeign(JsonValue block) {
    String signature = JsonFields.text(block, "signature");
    if (signature == null || signature.isEmpty()) {
      return isSigned && JsonFields.isText(block, "type", "thinking");
    }
    return isThinking(block)
        && !SignatureEnvelope.unwrap(signature, WireFormat.MESSAGES)
            .issuer()
            .equals(WireFormat.MESSAGES);
  }

  private static boolean isThinking(JsonValue block) {
    return JsonFields.isText(block, "type", "thinking")
        || JsonFields.isText(block, "type", "redacted_thinking");
  }
}
