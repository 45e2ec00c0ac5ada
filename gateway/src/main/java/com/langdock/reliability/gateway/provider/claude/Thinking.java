package com.langdock.reliability.gateway.provider.claude;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The thinking settings for the client's effort, in the form that the model's generation accepts
 * ({@link ModelTraits.Thinking}).
 *
 * <p>Effort is a hint, so anything that excludes thinking has precedence: a forced tool call, a
 * prefill, a small token limit, and, with a budget, a tool loop without the signed thinking that
 * Anthropic requires before its calls.
 *
 * @param effort Anthropic's effort level; null for none
 * @param budget tokens, if the mode is {@link Mode#ENABLED}
 */
public record Thinking(Mode mode, @Nullable String effort, long budget) {
  /** The smallest budget that Anthropic accepts. */
  private static final long MIN_BUDGET = 1_024;

  /** The request's {@code thinking}. */
  public enum Mode {
    /** Not set: the model uses its default. */
    UNSET,
    /** Disabled. */
    DISABLED,
    /** Between tool calls only. */
    BETWEEN_TOOLS,
    /** Up to a number of tokens. */
    ENABLED,
    /** The model decides how much. */
    ADAPTIVE
  }

  private static final Thinking UNSET = new Thinking(Mode.UNSET, null, 0);

  /**
   * The thinking settings for the effort in {@code field}.
   *
   * @param field the effort; null if the client set none
   * @param maxTokens the limit of the whole answer, including thinking
   */
  public static Thinking of(
      @Nullable Field<String> field,
      ModelTraits traits,
      long maxTokens,
      Situation situation,
      RequestChanges.Builder changes) {
    if (field == null) {
      return UNSET;
    }
    String level = field.value();
    if (level.equals("none")) {
      return off(field.path(), traits, changes);
    }
    Thinking thinking = UNSET;
    if (traits.thinking().byEffort()) {
      Mode mode = situation.excludesThinking() ? Mode.UNSET : Mode.ADAPTIVE;
      thinking = new Thinking(mode, effort(field, traits, changes), 0);
    } else if (traits.thinking() == ModelTraits.Thinking.BUDGET
        && !situation.excludesBudget()
        && maxTokens > MIN_BUDGET) {
      thinking = new Thinking(Mode.ENABLED, null, budget(level, maxTokens));
    } else {
      changes.dropped(field.path());
    }
    return thinking;
  }

  /**
   * Conditions that may exclude thinking.
   *
   * @param forcedTool whether the model must call a tool
   * @param prefill whether the request ends in a prefill
   * @param unsignedCalls whether the request ends in the results of calls without signed thinking
   */
  public record Situation(boolean forcedTool, boolean prefill, boolean unsignedCalls) {
    boolean excludesThinking() {
      return forcedTool || prefill;
    }

    boolean excludesBudget() {
      return excludesThinking() || unsignedCalls;
    }
  }

  /** As little thinking as the model allows. */
  private static Thinking off(String path, ModelTraits traits, RequestChanges.Builder changes) {
    return switch (traits.thinking()) {
      case NONE, BUDGET_ALWAYS, LEVEL, LEVEL_ALWAYS, LOW_OR_HIGH -> UNSET;
      case BUDGET, ADAPTIVE, EFFORT ->
          traits.reasoning() ? new Thinking(Mode.DISABLED, null, 0) : UNSET;
      case BETWEEN -> new Thinking(Mode.BETWEEN_TOOLS, null, 0);
      case ALWAYS -> {
        changes.adjusted(path);
        yield new Thinking(Mode.UNSET, "low", 0);
      }
    };
  }

  /** Whether thinking is on, which excludes sampling parameters. */
  public boolean isOn() {
    return mode == Mode.ENABLED || mode == Mode.ADAPTIVE;
  }

  /** Writes {@code thinking} if it is set. */
  public void write(JsonGenerator out) {
    String type =
        switch (mode) {
          case UNSET -> null;
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

  /** The level itself if the model has it, else the nearest one. */
  private static String effort(
      Field<String> field, ModelTraits traits, RequestChanges.Builder changes) {
    String level = field.value();
    String supported =
        switch (level) {
          case "minimal" -> "low";
          case "xhigh" -> traits.thinking() == ModelTraits.Thinking.ADAPTIVE ? "high" : "xhigh";
          case "low", "medium", "max" -> level;
          default -> "high";
        };
    if (!supported.equals(level)) {
      changes.adjusted(field.path());
    }
    return supported;
  }

  /** A share of the answer's token limit, which includes thinking in both formats. */
  private static long budget(String level, long maxTokens) {
    long percent =
        switch (level) {
          case "minimal" -> 2;
          case "low" -> 10;
          case "medium" -> 30;
          case "high" -> 60;
          default -> 90;
        };
    return Math.clamp(maxTokens * percent / 100, MIN_BUDGET, maxTokens - 1);
  }
}
