package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.format.Turn.Role;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A parsed request, independent of the format.
 *
 * @param turns never empty
 * @param cachedTokens tokens of a stored prompt that comes before the turns
 * @param fields all fields, if the request is no chat; else a missing node
 */
public record ChatRequest(
    String model,
    Delivery delivery,
    List<Turn> turns,
    Tools tools,
    Output output,
    int cachedTokens,
    JsonNode fields) {
  /** A chat without a stored prompt. */
  public ChatRequest(
      String model, Delivery delivery, List<Turn> turns, Tools tools, Output output) {
    this(model, delivery, turns, tools, output, 0, MissingNode.getInstance());
  }

  /** Whether the answer is to arrive piece by piece. */
  public boolean streamed() {
    return delivery.streamed();
  }

  /** Whether the last turn is the model's own, to be continued. */
  public boolean endsWithAssistant() {
    return turns.getLast().role() == Role.ASSISTANT;
  }

  /** Whether the last turn is the result of a tool call. */
  public boolean endsWithToolResult() {
    return turns.getLast().role() == Role.TOOL;
  }

  /** Tokens of the stored prompt and of all turns together. */
  public int inputTokens() {
    return cachedTokens + turns.stream().mapToInt(turn -> Tokens.in(turn.text())).sum();
  }
}
