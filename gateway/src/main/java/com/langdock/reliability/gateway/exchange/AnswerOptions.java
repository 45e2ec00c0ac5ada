package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of an answer. A component is null where the client asks for nothing.
 *
 * @param limit the most tokens that the answer may have, thinking included
 * @param effort how much the model is to think: none, minimal, low, medium, high, xhigh, max, or
 *     another level that some model has
 * @param choices how many answers are wanted
 * @param logprobs how many alternatives' log probabilities are wanted beside those of the answer
 */
public record AnswerOptions(
    @Nullable Field<Long> limit,
    Sampling sampling,
    @Nullable Field<String> effort,
    @Nullable Field<Long> choices,
    @Nullable Field<Long> logprobs) {
  /**
   * How tokens are chosen, and where the answer stops.
   *
   * @param temperature a number, with the client's digits; the same for the next two
   * @param stop the texts that end the answer
   */
  public record Sampling(
      @Nullable Field<JsonValue> temperature,
      @Nullable Field<JsonValue> topP,
      @Nullable Field<JsonValue> topK,
      @Nullable Field<List<String>> stop) {}

  /** The same for the rest of an answer. */
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
