package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The {@code thinkingConfig} for the client's effort, in the form that the model's generation
 * accepts ({@link ModelTraits.Thinking}).
 *
 * @param level null if the model is asked by a budget, or not at all
 * @param budget tokens; null if the model is asked by a level, or not at all
 * @param isShown whether the answer contains the thinking
 */
record Thinking(@Nullable String level, @Nullable Long budget, boolean isShown) {
  /** The largest budget of all models that can be switched off. */
  private static final long MAX_BUDGET = 24_576;

  /** The largest budget of the models that cannot be switched off. */
  private static final long MAX_BUDGET_ALWAYS = 32_768;

  /** The least budget of the models that cannot be switched off. */
  private static final long MIN_BUDGET_ALWAYS = 128;

  private static final Thinking UNSET = new Thinking(null, null, false);

  /**
   * The thinking for the effort in {@code field}.
   *
   * @param field the effort; null if the client set none
   */
  static Thinking of(
      @Nullable Field<String> field, ModelTraits traits, RequestChanges.Builder changes) {
    if (field == null) {
      return UNSET;
    }
    boolean isShown = !field.value().equals("none");
    return switch (traits.thinking()) {
      case BUDGET, BUDGET_ALWAYS ->
          new Thinking(null, budget(field, traits.thinking(), changes), isShown);
      case LEVEL, LEVEL_ALWAYS, LOW_OR_HIGH ->
          new Thinking(level(field, traits.thinking(), changes), null, isShown);
      case NONE, ADAPTIVE, EFFORT, BETWEEN, ALWAYS -> {
        if (isShown) {
          changes.dropped(field.path());
        }
        yield UNSET;
      }
    };
  }

  private static long budget(
      Field<String> field, ModelTraits.Thinking kind, RequestChanges.Builder changes) {
    boolean isAlways = kind == ModelTraits.Thinking.BUDGET_ALWAYS;
    return switch (field.value()) {
      case "none" -> {
        if (isAlways) {
          changes.adjusted(field.path());
        }
        yield isAlways ? MIN_BUDGET_ALWAYS : 0;
      }
      case "minimal" -> 512;
      case "low" -> 2_048;
      case "medium" -> 8_192;
      case "xhigh", "max" -> isAlways ? MAX_BUDGET_ALWAYS : MAX_BUDGET;
      default -> MAX_BUDGET;
    };
  }

  /** The level itself if the model has it, else the nearest one. */
  private static String level(
      Field<String> field, ModelTraits.Thinking kind, RequestChanges.Builder changes) {
    String level =
        switch (field.value()) {
          case "none", "minimal" -> kind == ModelTraits.Thinking.LEVEL ? "minimal" : "low";
          case "low" -> "low";
          case "medium" -> kind == ModelTraits.Thinking.LOW_OR_HIGH ? "high" : "medium";
          default -> "high";
        };
    if (!level.equals(field.value())) {
      changes.adjusted(field.path());
    }
    return level;
  }

  /** Writes {@code thinkingConfig} if it is set. */
  void write(JsonGenerator out) {
    if (level == null && budget == null) {
      return;
    }
    out.writeName("thinkingConfig");
    out.writeStartObject();
    if (isShown) {
      out.writeBooleanProperty("includeThoughts", true);
    }
    if (level != null) {
      out.writeStringProperty("thinkingLevel", level.toUpperCase(Locale.ROOT));
    }
    if (budget != null) {
      out.writeNumberProperty("thinkingBudget", budget);
    }
    out.writeEndObject();
  }
}
