package com.langdock.reliability.e2e.prometheus;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.ObjectMapper;

/** Finds the metric names in PromQL expressions. */
public final class Expressions {
  private static final Pattern VARIABLE = Pattern.compile("\\$(instance|provider|model)\\b");

  /** Strings, label matchers, label lists and ranges: the parts with names that are not metrics. */
  private static final Pattern NO_METRICS =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]"
              + "|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");

  private static final Pattern METRIC =
      Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*\\b(?!\\s*\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");

  private Expressions() {}

  /** The expressions of a Grafana dashboard, with each variable replaced by a value. */
  public static List<String> ofDashboard(Path file) {
    return new ObjectMapper()
        .readTree(file).findValuesAsString("expr").stream()
            .map(text -> text.replaceAll("\\$__(rate_)?interval", "1m"))
            .map(text -> VARIABLE.matcher(text).replaceAll(".*"))
            .toList();
  }

  /** The names of the metrics in {@code expression}. */
  public static Set<String> metrics(String expression) {
    return METRIC
        .matcher(NO_METRICS.matcher(expression).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .collect(Collectors.toSet());
  }
}
