package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.journal.store.RequestFilter;
import com.langdock.reliability.gateway.journal.store.RequestOutcome;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of a list of requests. */
sealed interface RequestQuery {
  /** A valid query. */
  record Wanted(RequestFilter filter) implements RequestQuery {}

  /** An invalid query. */
  record Wrong(String message) implements RequestQuery {}

  /** The limit of a query without one. */
  int STANDARD = 50;

  /** The highest limit. */
  int MOST = 500;

  /** The names of the parameters. */
  Set<String> NAMES =
      Set.of(
          "limit",
          "provider",
          "model",
          "outcome",
          "client_id",
          "key_id",
          "team",
          "error",
          "before");

  /** Reads the parameters; an empty one counts as absent. */
  static RequestQuery of(MultiMap parameters) {
    Set<String> unknown = new TreeSet<>(parameters.names());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      return new Wrong("Unknown: " + unknown + "; known: " + new TreeSet<>(NAMES));
    }
    int limit = limit(value(parameters, "limit"));
    if (limit < 1) {
      return new Wrong("limit must be a whole number from 1 to " + MOST + ".");
    }
    String word = value(parameters, "outcome");
    RequestOutcome outcome = word == null ? null : RequestOutcome.of(word).orElse(null);
    if (word != null && outcome == null) {
      return new Wrong("outcome must be one of " + outcomes() + ".");
    }
    return new Wanted(
        new RequestFilter(
            limit,
            value(parameters, "provider"),
            value(parameters, "model"),
            outcome,
            new RequestFilter.Who(
                value(parameters, "client_id"),
                value(parameters, "key_id"),
                value(parameters, "team")),
            value(parameters, "error"),
            value(parameters, "before")));
  }

  private static @Nullable String value(MultiMap parameters, String name) {
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The number, 0 when it is invalid. */
  private static int limit(@Nullable String text) {
    if (text == null) {
      return STANDARD;
    }
    boolean fits = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int limit = fits ? Integer.parseInt(text) : 0;
    return limit <= MOST ? limit : 0;
  }

  private static String outcomes() {
    return Arrays.stream(RequestOutcome.values()).map(Labels::of).collect(Collectors.joining(", "));
  }
}
