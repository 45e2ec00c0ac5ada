package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The items in the history that a client of the Responses API sends.
 *
 * <p>Thinking in an envelope of the gateway is another format's, and an id that the gateway made is
 * known to no provider: neither is sent. Once the provider has rejected the opaque state in the
 * history, all thinking goes, and all ids with which it looks for items.
 */
final class SentItems {
  /** The ids that the gateway gives to items of other formats. */
  private static final Pattern OWN_ID = Pattern.compile("[a-z]{2,4}_gw[0-9a-f]{30,}");

  private static final String ID = "id";

  private final JsonValue root;
  private final boolean removesAll;
  private final List<JsonValue> items;

  /**
   * The items of the request {@code root}.
   *
   * @param removesAll whether the provider has rejected opaque state
   */
  SentItems(JsonValue root, boolean removesAll) {
    this.root = root;
    this.removesAll = removesAll;
    this.items = JsonFields.array(root, "input");
  }

  /** Whether {@code id} is one that the gateway made. */
  static boolean isOwn(String id) {
    return OWN_ID.matcher(id).matches();
  }

  /** Whether the history has thinking, or ids, that can be left out. */
  boolean areRemovable() {
    return items.stream().anyMatch(item -> isReasoning(item) || mayLose(item));
  }

  /** Edits the history. */
  void write(JsonSplice splice, RequestChanges.Builder changes) {
    JsonValue all = JsonFields.value(root, "input");
    for (int i = 0; all != null && i < items.size(); i++) {
      JsonValue item = items.get(i);
      if (isReasoning(item) && (removesAll || isForeign(item))) {
        splice.remove(all, i);
        changes.dropped("input[" + i + "]");
      } else if (mayLose(item) && (removesAll || isOwn(item))) {
        splice.remove(item, ID);
      }
    }
  }

  private static boolean isReasoning(JsonValue item) {
    return JsonFields.isText(item, "type", "reasoning");
  }

  /** Whether {@code item} has an id that it does not need. A reference is nothing but its id. */
  private static boolean mayLose(JsonValue item) {
    return JsonFields.text(item, ID) != null
        && !JsonFields.isText(item, "type", "item_reference")
        && (JsonFields.text(item, "type") != null || JsonFields.text(item, "role") != null);
  }

  private static boolean isOwn(JsonValue item) {
    String id = JsonFields.text(item, ID);
    return id != null && isOwn(id);
  }

  /** Whether {@code item} is the thinking of another format, or has lost its opaque form. */
  private static boolean isForeign(JsonValue item) {
    String encrypted = JsonFields.text(item, "encrypted_content");
    return encrypted == null
        ? isOwn(item)
        : !SignatureEnvelope.unwrap(encrypted, WireFormat.RESPONSES)
            .issuer()
            .equals(WireFormat.RESPONSES);
  }
}
