package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a Messages stream with its neutral meaning.
 *
 * @param type empty if the event has none, or is to be ignored
 * @param root the event's JSON; null if it cannot be read
 * @param pieces the meaning: usually one piece or none; for the start of a block that has content
 *     already, the block and its content
 * @param tokens the usage of the whole answer so far; null if the event reports none
 */
record MessageEvent(
    String type, @Nullable JsonValue root, List<Piece> pieces, @Nullable TokenReport tokens) {

  /** An event without a meaning. */
  static MessageEvent of(String type, JsonValue root) {
    return new MessageEvent(type, root, List.of(), null);
  }
}
