package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.TargetModel;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The levels of {@code reasoning_effort} that a model accepts. Models reject other levels, so a
 * level that the model lacks becomes the nearest lower one, or else its lowest.
 */
public final class EffortLevels {
  private static final List<String> ALL =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  /** The levels of OpenAI's first reasoning models, which most servers know. */
  private static final List<String> COMMON = List.of("low", "medium", "high");

  private static final List<String> WITH_MINIMAL = List.of("minimal", "low", "medium", "high");
  private static final List<String> WITH_NONE = List.of("none", "low", "medium", "high");
  private static final List<String> WITH_XHIGH = List.of("none", "low", "medium", "high", "xhigh");
  private static final List<String> DEEPSEEK = List.of("high", "max");
  private static final List<String> MISTRAL = List.of("none", "high");
  private static final Pattern GPT_VERSION = Pattern.compile("gpt-(\\d{1,3})(?:\\.(\\d{1,3}))?.*");

  private EffortLevels() {}

  /** The level to send for {@code level}. One that is in no list is sent as it is. */
  public static String nearest(String level, TargetModel target) {
    List<String> levels = of(target.upstreamName());
    int wanted = ALL.indexOf(level);
    if (wanted < 0 || levels.contains(level)) {
      return level;
    }
    String nearest = levels.getFirst();
    for (String lower : levels) {
      nearest = ALL.indexOf(lower) < wanted ? lower : nearest;
    }
    return nearest;
  }

  private static List<String> of(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1);
    if (name.startsWith("deepseek")) {
      return DEEPSEEK;
    }
    if (name.startsWith("mistral") || name.startsWith("magistral")) {
      return MISTRAL;
    }
    Matcher version = GPT_VERSION.matcher(name);
    if (!version.matches()) {
      return COMMON;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
    if (major == 5 && minor == 0) {
      return WITH_MINIMAL;
    }
    return major == 5 && minor == 1 ? WITH_NONE : WITH_XHIGH;
  }
}
