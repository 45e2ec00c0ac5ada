package com.langdock.reliability.gateway.keys;

import com.langdock.reliability.core.access.NamePatterns;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Rate;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import com.langdock.reliability.gateway.config.access.KeyRules;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.json.JsonWriter;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes rights and limits in the words in which they are read: of the file and of the API. */
public final class RulesJson {
  private static final int NANO_DIGITS = 9;

  private RulesJson() {}

  /** The rules of a key for the store. */
  static String of(KeyRules rules) {
    return JsonWriter.value(json -> {
      json.writeStartObject();
      key(rules, json);
      json.writeEndObject();
    });
  }

  /** The rules of a team for the store. */
  static String of(TeamConfig team) {
    return JsonWriter.value(json -> {
      json.writeStartObject();
      team(team, json);
      json.writeEndObject();
    });
  }

  /** The fields of a key's rules. */
  public static void key(KeyRules rules, JsonGenerator json) {
    rights(rules.rights(), json);
    priority(rules.priority(), json);
    limits(rules.limits(), json);
    json.writeObjectPropertyStart("metadata");
    rules.metadata().forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  /** The fields of a team's rules. */
  public static void team(TeamConfig team, JsonGenerator json) {
    rights(team.rights(), json);
    limits(team.limits(), json);
    json.writeObjectPropertyStart("default_key");
    limits(team.defaultKey(), json);
    json.writeEndObject();
  }

  private static void priority(Priority priority, JsonGenerator json) {
    json.writeStringProperty("priority", Labels.of(priority));
  }

  /** What is not restricted is null. */
  private static void rights(Rights rights, JsonGenerator json) {
    texts("models", patterns(rights.models()), json);
    texts("providers", patterns(rights.providers()), json);
    texts(
        "endpoints",
        rights.endpoints().equals(Rights.ALL.endpoints())
            ? null
            : rights.endpoints().stream().map(Labels::of).toList(),
        json);
  }

  private static @Nullable List<String> patterns(NamePatterns names) {
    return names.isAll() ? null : names.patterns();
  }

  private static void texts(String name, @Nullable List<String> texts, JsonGenerator json) {
    if (texts == null) {
      json.writeNullProperty(name);
      return;
    }
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void limits(SubjectLimits limits, JsonGenerator json) {
    json.writeObjectPropertyStart("limits");
    rates(limits.rates(), json);
    json.writeEndObject();
    json.writeObjectPropertyStart("quota");
    for (Period period : Period.values()) {
      quota(period, limits.of(period), json);
    }
    json.writeEndObject();
    json.writeObjectPropertyStart("budget");
    for (Period period : Period.values()) {
      long budget = limits.of(period).nanodollars();
      if (budget != SubjectLimits.UNLIMITED) {
        json.writeNumberProperty(period.word(), dollars(budget));
      }
    }
    json.writeEndObject();
    if (limits.hasBudget()) {
      json.writeArrayPropertyStart("alert_at");
      limits.alertAt().forEach(part -> json.writeNumber(part / (double) SharingRules.WHOLE));
      json.writeEndArray();
    }
    json.writeBooleanProperty("shadow", limits.shadow());
  }

  private static void rates(Rates rates, JsonGenerator json) {
    rate("requests_per_minute", rates.requests(), json);
    rate("tokens_per_minute", rates.tokens(), json);
    if (rates.concurrent() != SubjectLimits.UNLIMITED) {
      json.writeNumberProperty("concurrent", rates.concurrent());
    }
  }

  private static void rate(String name, @Nullable Rate rate, JsonGenerator json) {
    if (rate == null) {
      return;
    }
    if (rate.burst() == rate.perMinute()) {
      json.writeNumberProperty(name, rate.perMinute());
      return;
    }
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("per_minute", rate.perMinute());
    json.writeNumberProperty("burst", rate.burst());
    json.writeEndObject();
  }

  private static void quota(Period period, PeriodLimits limits, JsonGenerator json) {
    boolean hasRequests = limits.requests() != SubjectLimits.UNLIMITED;
    boolean hasTokens = limits.tokens() != SubjectLimits.UNLIMITED;
    if (!hasRequests && !hasTokens) {
      return;
    }
    json.writeObjectPropertyStart(period.word());
    if (hasRequests) {
      json.writeNumberProperty("requests", limits.requests());
    }
    if (hasTokens) {
      json.writeNumberProperty("tokens", limits.tokens());
    }
    json.writeEndObject();
  }

  private static BigDecimal dollars(long nanodollars) {
    BigDecimal dollars = BigDecimal.valueOf(nanodollars, NANO_DIGITS).stripTrailingZeros();
    return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
  }
}
