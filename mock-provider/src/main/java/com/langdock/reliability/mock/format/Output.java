package com.langdock.reliability.mock.format;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a request says about its answer.
 *
 * @param maxTokens the limit of the answer with its thinking, or {@link Integer#MAX_VALUE}
 * @param choices how many answers are asked for
 * @param schema the JSON schema of the answer, {@code {}} for any object; null for a plain text
 */
public record Output(int maxTokens, int choices, Thinking thinking, @Nullable JsonNode schema) {
  /** Whether the model thinks before it answers. */
  public enum Thinking {
    /** It does not. */
    NONE,
    /** It does, and only counts the tokens. */
    HIDDEN,
    /** It does, and the thoughts are part of the answer. */
    SHOWN
  }
}
