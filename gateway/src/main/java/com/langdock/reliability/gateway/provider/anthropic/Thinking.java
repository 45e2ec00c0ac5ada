package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How much the model is to think, from the client's effort, as its generation wants to be asked
 * ({@link ModelTraits.Thinking}).
 *
 * <p>Effort is a hint, so it yields to whatever excludes thinking: a forced tool call, a prefill,
 * no room, and, with a budget, a tool loop, because the signed thinking that Anthropic wants back
 * there is lost.
 *
 * @param effort in Anthropic's words, null for none
 * @param budget tokens, where the mode is {@link Mode#ENABLED}
 */
record Thinking(Mode mode, @Nullable String effort, long budget) {
  /** What Anthropic takes at least. */
  private static final long SMALLEST_BUDGET = 1_024;

  /** The request's {@code thinking}. */
  enum Mode {
    /** Nothing is said: the model does as usual. */
    UNSAID,
    /** Switched off. */
    DISABLED,
    /** Between tool calls only. */
    BETWEEN_TOOLS,
    /** Up to a number of tokens. */
    ENABLED,
    /** As much as the model finds right. */
    ADAPTIVE
  }

  private static final Thinking UNSAID = new Thinking(Mode.UNSAID, null, 0);

  /**
   * The thinking that {@code field} asks for.
   *
   * @param field the effort, null when the client asks for none
   * @param maxTokens of the whole answer, thinking included
   */
  static Thinking of(
      @Nullable Field<String> field,
      ModelTraits traits,
      long maxTokens,
      Situation situation,
      RequestChanges.Builder changes) {
    if (field == null) {
      return UNSAID;
    }
    String wish = field.value();
    if (wish.equals("none")) {
      return off(field.path(), traits, changes);
    }
    Thinking asked = UNSAID;
    if (traits.thinking().byEffort()) {
      Mode mode = situation.excludesThinking() ? Mode.UNSAID : Mode.ADAPTIVE;
      asked = new Thinking(mode, effort(field, traits, changes), 0);
    } else if (traits.thinking() == ModelTraits.Thinking.BUDGET
        && !situation.excludesBudget()
        && maxTokens > SMALLEST_BUDGET) {
      asked = new Thinking(Mode.ENABLED, null, budget(wish, maxTokens));
    } else {
      changes.dropped(field.path());
    }
    return asked;
  }

  /**
   * What may stand against thinking.
   *
   * @param forcedTool whether the model must call a tool
   * @param prefill whether the model goes on from its own words
   * @param toolResults whether the model is in the middle of using tools
   */
  record Situation(boolean forcedTool, boolean prefill, boolean toolResults) {
    boolean excludesThinking() {
      return forcedTool || prefill;
    }

    boolean excludesBudget() {
      return excludesThinking() || toolResults;
    }
  }

  /** As little as possible. */
  private static Thinking off(String path, ModelTraits traits, RequestChanges.Builder changes) {
    return switch (traits.thinking()) {
      case NONE -> UNSAID;
      case BUDGET, ADAPTIVE, EFFORT ->
          traits.reasoning() ? new Thinking(Mode.DISABLED, null, 0) : UNSAID;
      case BETWEEN -> new Thinking(Mode.BETWEEN_TOOLS, null, 0);
      case ALWAYS -> {
        changes.adjusted(path);
        yield new Thinking(Mode.UNSAID, "low", 0);
      }
    };
  }

  /** Whether the request makes the model think, so that sampling must be left alone. */
  boolean isOn() {
    return mode == Mode.ENABLED || mode == Mode.ADAPTIVE;
  }

  /** Writes {@code thinking}, nothing when there is nothing to say. */
  void write(JsonGenerator out) {
    String type =
        switch (mode) {
          case UNSAID -> null;
          case DISABLED -> "disabled";
          case BETWEEN_TOOLS -> "between_tools";
          case ENABLED -> "enabled";
          case ADAPTIVE -> "adaptive";
        };
    if (type == null) {
      return;
    }
    out.writeName("thinking");
    out.writeStartObject();
    out.writeStringProperty("type", type);
    if (mode == Mode.ENABLED) {
      out.writeNumberProperty("budget_tokens", budget);
    }
    out.writeEndObject();
  }

  /** The level itself where the model has it, else the nearest. */
  private static String effort(
      Field<String> field, ModelTraits traits, RequestChanges.Builder changes) {
    String wish = field.value();
    String level =
        switch (wish) {
          case "minimal" -> "low";
          case "xhigh" -> traits.thinking() == ModelTraits.Thinking.ADAPTIVE ? "high" : "xhigh";
          case "low", "medium", "max" -> wish;
          default -> "high";
        };
    if (!level.equals(wish)) {
      changes.adjusted(field.path());
    }
    return level;
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
