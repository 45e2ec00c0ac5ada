package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.ModelFacts;

/**
 * A model as one provider serves it.
 *
 * @param name the gateway's name for it, which clients use
 * @param upstreamName the provider's name for it; may be the same
 */
public record TargetModel(String name, String upstreamName, ModelFacts facts) {
  /**
   * The model name for the client: the provider's name, or the gateway's name if the provider
   * returned the upstream name.
   */
  public String nameInAnswer(String answered) {
    return answered.equals(upstreamName) ? name : answered;
  }
}
