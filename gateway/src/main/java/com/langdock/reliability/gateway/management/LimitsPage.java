package com.langdock.reliability.gateway.management;

import com.langdock.reliability.core.quota.LimitKind;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Refusal;
import com.langdock.reliability.core.quota.Standing;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/limits}: what is left of the limits, and what was used in the current periods.
 */
final class LimitsPage {
  private static final int MOST = 1_000;

  private final ProcessLimits limits;

  LimitsPage(ProcessLimits limits) {
    this.limits = limits;
  }

  /** All limits, or those of {@code subject}. */
  void show(HttpServerRequest request) {
    String wanted = request.getParam("subject");
    Subject subject = wanted == null ? null : Subject.parse(wanted);
    if (wanted != null && subject == null) {
      Responses.error(
          request,
          400,
          "invalid_value",
          "subject must be all, anonymous, key:NAME, team:NAME or model:NAME");
      return;
    }
    List<Subject> subjects =
        subject != null
            ? List.of(subject)
            : limits.quotas().subjects().stream()
                .sorted(Comparator.comparing(Subject::toString))
                .limit(MOST)
                .toList();
    Responses.json(request, 200, json -> write(subjects, json));
  }

  private void write(List<Subject> subjects, JsonGenerator json) {
    Period.Dates today = limits.today();
    write("limits", subjects, today, json);
    json.writeArrayPropertyStart("usage");
    for (Subject subject : subjects) {
      for (Period period : Period.values()) {
        usage(subject, period, today, json);
      }
    }
    json.writeEndArray();
  }

  /** What is left of the limits of a key or team, and what was used in the current periods. */
  void of(Subject subject, JsonGenerator json) {
    Period.Dates today = limits.today();
    write("remaining", List.of(subject), today, json);
    json.writeObjectPropertyStart("usage");
    for (Period period : Period.values()) {
      json.writeObjectPropertyStart(period.word());
      UsageJson.sums(limits.quotas().usage(subject, period, today).sums(), json);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void write(String name, List<Subject> subjects, Period.Dates today, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    for (Subject subject : subjects) {
      for (Standing.OfLimit limit : limits.quotas().standing(subject, limits.nanos(), today)) {
        json.writeStartObject();
        limit(limit, json);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void limit(Standing.OfLimit limit, JsonGenerator json) {
    subject(limit.subject(), json);
    json.writeStringProperty("kind", Refusal.name(limit.kind(), limit.period()));
    if (limit.kind() == LimitKind.BUDGET) {
      json.writeNumberProperty("limit", UsageJson.dollars(limit.limit()));
      json.writeNumberProperty("remaining", UsageJson.dollars(limit.remaining()));
    } else {
      json.writeNumberProperty("limit", limit.limit());
      json.writeNumberProperty("remaining", limit.remaining());
    }
    Period period = limit.period();
    long reset = period == null ? limit.resetNanos() : limits.untilEndNanos(period);
    if (reset == Long.MAX_VALUE) {
      json.writeNullProperty("reset_ms");
    } else {
      json.writeNumberProperty("reset_ms", TimeUnit.NANOSECONDS.toMillis(reset));
    }
  }

  private static void subject(Subject subject, JsonGenerator json) {
    json.writeStringProperty("of", subject.of());
    if (subject.name().isEmpty()) {
      json.writeNullProperty("name");
    } else {
      json.writeStringProperty("name", subject.name());
    }
  }

  private void usage(Subject subject, Period period, Period.Dates today, JsonGenerator json) {
    Sums sums = limits.quotas().usage(subject, period, today).sums();
    json.writeStartObject();
    subject(subject, json);
    json.writeStringProperty("period", period.key(today));
    UsageJson.sums(sums, json);
    json.writeEndObject();
  }
}
