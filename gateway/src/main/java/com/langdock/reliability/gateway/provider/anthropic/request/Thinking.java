package com.langdock.reliability.gateway.provider.anthropic.request;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How much the model is to think, from {@code reasoning_effort}.
 *
 * <p>Claude models up to 4.5 take a budget of tokens; those from 4.6 on decide for themselves,
 * guided by an effort, and later ones refuse a budget. The same generation stopped taking prefills,
 * which is how the facts tell the two apart. Effort is a hint, so it yields to whatever excludes
 * thinking: a forced tool call, a prefill, no room, and, with a budget, a tool loop, because the
 * signed thinking that Anthropic wants back there has no place in OpenAI's format.
 *
 * @param effort in Anthropic's words, null for none
 * @param budget tokens, zero for no thinking by budget
 * @param off whether the client wants none, where the model would think by itself
 * @param adaptive whether the model decides how much it thinks
 */
record Thinking(@Nullable String effort, long budget, boolean off, boolean adaptive) {
  /** What Anthropic takes at least. */
  private static final long SMALLEST_BUDGET = 1_024;

  private static final Thinking UNSAID = new Thinking(null, 0, false, false);

  static Thinking of(
      JsonValue root, ModelFacts facts, long maxTokens, Tools tools, Conversation conversation) {
    String wish = Fields.text(root, "reasoning_effort");
    if (wish == null || !facts.reasoning()) {
      return UNSAID;
    }
    if (wish.equals("none")) {
      return new Thinking(null, 0, true, false);
    }
    boolean excluded = tools.forceACall() || conversation.endsInPrefill();
    if (!facts.prefill()) {
      return new Thinking(effort(wish), 0, false, !excluded);
    }
    boolean possible =
        !excluded && !conversation.endsInToolResults() && maxTokens > SMALLEST_BUDGET;
    return possible ? new Thinking(null, budget(wish, maxTokens), false, false) : UNSAID;
  }

  /** Whether the model will think, so that sampling must be left alone. */
  boolean isOn() {
    return budget > 0 || adaptive;
  }

  /** Writes {@code thinking}, nothing when there is nothing to say. */
  void write(JsonGenerator out) {
    if (!isOn() && !off) {
      return;
    }
    out.writeName("thinking");
    out.writeStartObject();
    out.writeStringProperty("type", off ? "disabled" : adaptive ? "adaptive" : "enabled");
    if (budget > 0) {
      out.writeNumberProperty("budget_tokens", budget);
    }
    out.writeEndObject();
  }

  /** Every model with effort knows these levels, while {@code xhigh} is refused by some. */
  private static String effort(String wish) {
    return switch (wish) {
      case "minimal", "low" -> "low";
      case "medium" -> "medium";
      case "max" -> "max";
      default -> "high";
    };
  }

  /** A share of the answer's tokens, which thinking is a part of in both formats. */
  private static long budget(String wish, long maxTokens) {
    long percent =
        switch (wish) {
          case "minimal" -> 2;
          case "low" -> 10;
          case "medium" -> 30;
          case "high" -> 60;
          default -> 90;
        };
    return Math.clamp(maxTokens * percent / 100, SMALLEST_BUDGET, maxTokens - 1);
  }
}
