package com.langdock.reliability.gateway.front.tokens;

import com.langdock.reliability.core.domain.ModelFacts;

/**
 * The context window of a model, less the tokens that its answer may have. Limits that a version
 * only inherits from its family reject nothing, because a newer version may have larger ones.
 *
 * @param answer tokens that the request allows for the answer; counted only where the tokens of the
 *     prompt can be counted too, because estimates may be wrong
 */
public record ContextWindow(ModelFacts facts, long answer) {
  /**
   * Longer texts, in bytes, are not counted on the event loop: counting 64 KB of spaces takes 15
   * ms.
   */
  private static final int LONG_TEXT = 8 * 1024;

  /** The tokens of prompt and answer together; huge if unknown. */
  public long size() {
    return facts.limitsInherited() ? Long.MAX_VALUE : facts.contextWindow().orElse(Long.MAX_VALUE);
  }

  /** The tokens that are left for the answer. */
  public long answerTokens() {
    return facts.tokenizer() == null ? 0 : answer;
  }

  /** The tokens that are left for the prompt; may be below zero. */
  public long room() {
    return size() - answerTokens();
  }

  /**
   * The tokens of a prompt that is too long, soon after which counting stopped; a number within
   * {@link #room} if it fits. A token is at least one byte, so a short prompt is not counted.
   */
  public long tokens(PromptTexts prompt) {
    return prompt.bytes() <= room()
        ? 0
        : TokenCounter.count(prompt.decoded(), facts, Math.max(0, room()));
  }

  /** Whether {@link #tokens} must load the model's encoding or count a long text. */
  public boolean takesLong(PromptTexts prompt) {
    return prompt.bytes() > room()
        && facts.tokenizer() != null
        && (prompt.bytes() > LONG_TEXT || !TokenCounter.isReady(facts));
  }
}
