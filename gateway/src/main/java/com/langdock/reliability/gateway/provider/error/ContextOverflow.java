package com.langdock.reliability.gateway.provider.error;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises that a prompt is too long where the provider gives this case no code of its own.
 *
 * <p>The one place that reads a message's text. A client whose conversation has outgrown a model
 * can be served by a model with a larger window, so the case must be told from other 400s; OpenAI
 * has a code for it, the providers below have none. Each pattern must match from the message's
 * first character and holds the figures that the provider puts in, so that text quoted from a
 * request cannot match by accident. A provider that changes its words is then seen as refusing the
 * request, which is the safe reading.
 */
final class ContextOverflow {
  /** Evidence: a recorded answer of the provider named, or one quoted in its public issues. */
  private static final List<Pattern> MESSAGES =
      List.of(
          // Anthropic: "prompt is too long: 3333404 tokens > 200000 maximum"
          Pattern.compile("prompt is too long: \\d+ tokens > \\d+ maximum"),
          // Anthropic: "input length and `max_tokens` exceed context limit: 178959 + 64000 > …"
          Pattern.compile("input length and `max_tokens` exceed context limit: \\d+ \\+ \\d+ >"),
          // DeepSeek, vLLM: "This model's maximum context length is 131072 tokens. However, …"
          // OpenRouter: "This endpoint's maximum context length is 200000 tokens. However, …"
          Pattern.compile("This (model|endpoint)'s maximum context length is \\d+ tokens"),
          // Gemini: "The input token count (1250074) exceeds the maximum number of tokens …"
          Pattern.compile("The input token count \\(?\\d+\\)? exceeds the maximum"),
          // Ollama: "prompt too long; exceeded max context length by 1119046 tokens"
          Pattern.compile("prompt too long; exceeded max context length by \\d+ tokens"));

  private ContextOverflow() {}

  /** Whether the message of a 400 says that the prompt is too long for the model. */
  static boolean isSaidBy(String message) {
    return MESSAGES.stream().anyMatch(pattern -> pattern.matcher(message).lookingAt());
  }
}
