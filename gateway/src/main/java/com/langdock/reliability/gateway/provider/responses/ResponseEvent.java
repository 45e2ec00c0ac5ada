package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a Responses stream with its neutral meaning.
 *
 * @param type empty if the event has none
 * @param root the event's JSON; null if it cannot be read
 * @param item the position of the item that it is about; {@link Piece.Event#NO_BLOCK} for none
 * @param pieces the meaning: usually one piece or none
 * @param tokens the usage of the whole answer; null if the event reports none
 */
record ResponseEvent(
    String type,
    @Nullable JsonValue root,
    int item,
    List<Piece> pieces,
    @Nullable TokenReport tokens) {}
