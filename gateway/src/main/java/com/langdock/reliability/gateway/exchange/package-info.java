/**
 * The types that fronts, the engine and provider formats share: an {@link
 * com.langdock.reliability.gateway.exchange.Exchange} with its payload on the way to a provider,
 * and {@link com.langdock.reliability.gateway.exchange.Piece}s on the way back.
 *
 * <p>Each attempt uses one of two lanes. If the target has the client's format, the client's bytes
 * are sent with only the model name replaced, and the provider's bytes come back unchanged, as raw
 * pieces. Otherwise the request is read into a neutral {@link
 * com.langdock.reliability.gateway.exchange.Conversation}, once and only if needed, and the answer
 * comes back as neutral pieces.
 */
@NullMarked
package com.langdock.reliability.gateway.exchange;

import org.jspecify.annotations.NullMarked;
