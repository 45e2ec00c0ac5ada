package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of an answer. A component is null if the client did not set it.
 *
 * @param limit maximum number of tokens in the answer, including thinking
 * @param effort how much the model should think: none, minimal, low, medium, high, xhigh, max, or a
 *     level that only some models have
 * @param choices number of answers requested
 * @param logprobs number of alternative tokens whose log probabilities are requested
 */
public record AnswerOptions(
    @Nullable Field<Long> limit,
    Sampling sampling,
    @Nullable Field<String> effort,
    @Nullable Field<Long> choices,
    @Nullable Field<Long> logprobs) {
  /**
   * How tokens are sampled and where the answer stops.
   *
   * @param temperature a number in the client's spelling, as are {@code topP} and {@code topK}
   * @param stop stop sequences
   */
  public record Sampling(
      @Nullable Field<JsonValue> temperature,
      @Nullable Field<JsonValue> topP,
      @Nullable Field<JsonValue> topK,
      @Nullable Field<List<String>> stop) {}

  /** The options for the rest of an answer, with the limit reduced accordingly. */
  AnswerOptions continued(Continued continued) {
    return limit == null
        ? this
        : new AnswerOptions(
            new Field<>(limit.path(), continued.left(limit.value())),
            sampling,
            effort,
            choices,
            logprobs);
  }
}
