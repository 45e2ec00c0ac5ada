package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.ModelFacts;

/**
 * A model as one provider serves it.
 *
 * @param name our name for it, the one that clients use
 * @param upstreamName the provider's own name for it, which may be the same
 */
public record TargetModel(String name, String upstreamName, ModelFacts facts) {
  /**
   * The model that an answer is said to come from: what the provider called it, except that our own
   * renaming is undone.
   */
  public String nameInAnswer(String answered) {
    return answered.equals(upstreamName) ? name : answered;
  }
}
