package com.langdock.reliability.gateway.exchange;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One valid client request and the model that is asked to answer it.
 *
 * @param omittedFields fields that the gateway must not add to the request for this target, because
 *     its provider refused them before; those that a codec may add are {@link
 *     ProviderFormat#addedFields}
 * @param continued the part of the answer that the client has, null when it has none
 */
public record TargetRequest(
    Exchange request,
    TargetModel target,
    Set<String> omittedFields,
    @Nullable Continued continued) {
  /** An exchange with a target that refuses no added field. */
  public TargetRequest(Exchange request, TargetModel target) {
    this(request, target, Set.of(), null);
  }

  /** The same request for the rest of an answer; for the whole answer when null is given. */
  public TargetRequest continuing(@Nullable Continued delivered) {
    return new TargetRequest(request, target, omittedFields, delivered);
  }

  /** What the target is asked, for a format other than the client's. */
  public Conversation conversation() {
    Conversation whole = request.payload().conversation();
    return continued == null ? whole : whole.continued(continued);
  }
}
