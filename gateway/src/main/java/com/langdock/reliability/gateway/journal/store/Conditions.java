package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.core.domain.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions on rows {@code r} of {@code requests}, with the values of their parameters. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** The conditions of a filter; its limit is none of them. */
  static Conditions of(RequestFilter filter) {
    return new Conditions()
        .and("r.model = ?", filter.model())
        .and("r.client_id = ?", filter.who().clientId())
        .and("r.key_id = ?", filter.who().keyId())
        .and("r.team = ?", filter.who().team())
        .and("(r.provider = ? or " + inAttempts("provider") + ")", filter.provider())
        .and("(r.code = ? or " + inAttempts("error_type") + ")", filter.error())
        .outcome(filter.outcome())
        .and("r.request_id < ?", filter.before());
  }

  /** The attempt of a request without rows of its attempts succeeded, at the request's provider. */
  private static String inAttempts(String column) {
    return """
    r.only_latency_us is null and exists (
      select 1 from attempt_rows a where a.request_id = r.request_id and a.%s = ?)\
    """
        .formatted(column);
  }

  /** Adds a condition whose every parameter is {@code value}; none if that is null. */
  Conditions and(String condition, @Nullable String value) {
    if (value != null) {
      conditions.add(condition);
      condition.chars().filter(sign -> sign == '?').forEach(sign -> values.add(value));
    }
    return this;
  }

  /** The partial index of failed requests is used only if the query repeats its condition. */
  private Conditions outcome(@Nullable RequestOutcome outcome) {
    if (outcome != null && outcome != RequestOutcome.SUCCESS) {
      conditions.add("r.outcome <> 'success'");
    }
    return and("r.outcome = ?", outcome == null ? null : Labels.of(outcome));
  }

  String where() {
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  List<Object> values() {
    return values;
  }
}
