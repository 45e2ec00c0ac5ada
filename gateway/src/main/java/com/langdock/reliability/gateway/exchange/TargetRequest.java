package com.langdock.reliability.gateway.exchange;

import java.util.Set;

/**
 * One valid client request and the model that is asked to answer it.
 *
 * @param omittedFields fields that the gateway must not add to the request for this target, because
 *     its provider refused them before; those that a codec may add are {@link Codec#addedFields}
 */
public record TargetRequest(Exchange request, TargetModel target, Set<String> omittedFields) {
  /** An exchange with a target that refuses no added field. */
  public TargetRequest(Exchange request, TargetModel target) {
    this(request, target, Set.of());
  }
}
