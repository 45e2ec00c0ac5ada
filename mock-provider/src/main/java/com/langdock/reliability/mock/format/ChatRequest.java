package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.format.Turn.Role;
import java.util.List;

/**
 * A parsed request, independent of the format.
 *
 * @param turns never empty
 * @param tools names of the tools offered
 * @param maxTokens the limit of the answer, or {@link Integer#MAX_VALUE}
 * @param choices how many answers are asked for
 * @param includeUsage whether a stream is to end with usage; OpenAI only
 */
public record ChatRequest(
    String model,
    boolean streamed,
    List<Turn> turns,
    List<String> tools,
    int maxTokens,
    int choices,
    boolean includeUsage) {
  /** Whether the last turn is the model's own, to be continued. */
  public boolean endsWithAssistant() {
    return turns.getLast().role() == Role.ASSISTANT;
  }

  /** Tokens of all turns together. */
  public int inputTokens() {
    return turns.stream().mapToInt(turn -> Tokens.in(turn.text())).sum();
  }
}
