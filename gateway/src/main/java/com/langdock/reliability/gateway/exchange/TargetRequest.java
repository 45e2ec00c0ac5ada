package com.langdock.reliability.gateway.exchange;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid client request together with the model that is to answer it.
 *
 * @param omittedFields fields that the gateway must not add, because the provider has rejected them
 *     before; see {@link ProviderFormat#addedFields}
 * @param continued the part of the answer that the client has already received; null if none
 */
public record TargetRequest(
    Exchange exchange,
    TargetModel target,
    Set<String> omittedFields,
    @Nullable Continued continued) {
  /** A request to a target that has rejected no added field. */
  public TargetRequest(Exchange exchange, TargetModel target) {
    this(exchange, target, Set.of(), null);
  }

  /**
   * The same request for the rest of an answer, or for the whole answer if {@code delivered} is
   * null.
   */
  public TargetRequest continuing(@Nullable Continued delivered) {
    return new TargetRequest(exchange, target, omittedFields, delivered);
  }

  /** The request in neutral form, for a format other than the client's. */
  public Conversation conversation() {
    Conversation whole = exchange.payload().conversation();
    return continued == null ? whole : whole.continued(continued);
  }
}
