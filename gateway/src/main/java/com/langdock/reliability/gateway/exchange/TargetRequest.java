package com.langdock.reliability.gateway.exchange;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A valid client request together with the model that is to answer it.
 *
 * @param omittedFields fields that the gateway must not add, because the provider has rejected them
 *     before; see {@link ProviderFormat#addedFields}
 * @param withoutSignatures whether signatures, and the thinking that they sign, must be left out of
 *     the history, because the provider has rejected them; see {@link ProviderFormat#hasSignatures}
 * @param continued the part of the answer that the client has already received; null if none
 */
public record TargetRequest(
    Exchange exchange,
    TargetModel target,
    Set<String> omittedFields,
    boolean withoutSignatures,
    @Nullable Continued continued) {
  /** A request to a target that has rejected no added field. */
  public TargetRequest(Exchange exchange, TargetModel target) {
    this(exchange, target, Set.of(), false, null);
  }

  /**
   * The same request for the rest of an answer, or for the whole answer if {@code delivered} is
   * null.
   */
  public TargetRequest continuing(@Nullable Continued delivered) {
    return new TargetRequest(exchange, target, omittedFields, withoutSignatures, delivered);
  }

  /** The request in neutral form, for a format other than the client's. */
  public Conversation conversation() {
    Conversation sent = exchange.payload().conversation();
    Conversation whole = withoutSignatures ? sent.withoutSignatures() : sent;
    return continued == null ? whole : whole.continued(continued);
  }
}
