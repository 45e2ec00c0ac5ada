/**
 * What fronts, the engine and providers share, and nothing else: an {@link
 * com.langdock.reliability.gateway.exchange.Exchange} with its payload on the way to a provider, and
 * {@link com.langdock.reliability.gateway.exchange.Piece}s on the way back.
 *
 * <p>There are two lanes, chosen for each attempt. Where the target speaks the client's format, the
 * client's bytes are sent with only the model's name replaced, and the provider's bytes come back
 * untouched, as raw pieces. Otherwise the request is read into a neutral {@link
 * com.langdock.reliability.gateway.exchange.Conversation}, once and only when it is needed, and the
 * answer comes back as neutral pieces.
 */
@NullMarked
package com.langdock.reliability.gateway.exchange;

import org.jspecify.annotations.NullMarked;
