package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.yaml.Section;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The limits of everybody, and how limits work.
 *
 * @param timeZone in which days and months begin
 * @param models of everybody, by the model asked for
 * @param anonymous of all requests without a key together
 */
public record LimitsConfig(
    ZoneId timeZone,
    SubjectLimits all,
    Map<String, SubjectLimits> models,
    SubjectLimits anonymous,
    SharingRules sharing,
    Reserve reserve,
    OnExhausted onExhausted) {
  private static final int LARGEST = SharingRules.WHOLE - 1;

  /** What a request reserves before its answer is known. */
  public enum Reserve {
    /** What the last answers let expect. */
    FORECAST,
    /** The most that the answer may be. */
    WORST
  }

  /** What happens to a stream that passes a budget or quota while it runs. */
  public enum OnExhausted {
    /** It is finished. */
    FINISH,
    /** It ends in an error. */
    CUT
  }

  /** Keeps an immutable copy. */
  public LimitsConfig {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** Whether nobody is limited. */
  public boolean isNone() {
    return all.isNone()
        && anonymous.isNone()
        && models.values().stream().allMatch(SubjectLimits::isNone);
  }

  static LimitsConfig from(Section section, Set<String> served) {
    return new LimitsConfig(
        timeZone(section),
        section.section("all", SubjectLimitsReader::readDirect),
        section.section("models", models -> models(models, served)),
        section.section("anonymous", SubjectLimitsReader::readDirect),
        sharing(section),
        section.value("reserve").choice(Reserve.class).orElse(Reserve.FORECAST),
        section.value("on_exhausted").choice(OnExhausted.class).orElse(OnExhausted.FINISH));
  }

  private static Map<String, SubjectLimits> models(Section section, Set<String> served) {
    Map<String, SubjectLimits> models = new LinkedHashMap<>();
    for (String model : section.keys()) {
      if (!served.contains(model)) {
        section.place(model).reject("is a model that no provider serves");
      }
      models.put(model, section.section(model, SubjectLimitsReader::readDirect));
    }
    return models;
  }

  private static SharingRules sharing(Section section) {
    int[] kept = section.section("keep_free", LimitsConfig::keepFree);
    double share = section.value("max_share").share(1);
    int most = Math.max(1, (int) (share * SharingRules.WHOLE));
    return new SharingRules(kept[0], kept[1], most);
  }

  /** What is kept from low and from normal priority, in thousandths. */
  private static int[] keepFree(Section section) {
    int low = part(section, "low", SharingRules.STANDARD.keptFromLow());
    int normal = part(section, "normal", SharingRules.STANDARD.keptFromNormal());
    if (normal > low) {
      section.place("normal").reject("must not be more than low");
      return new int[] {normal, normal};
    }
    return new int[] {low, normal};
  }

  private static int part(Section section, String key, int standard) {
    double part = section.value(key).number((double) standard / SharingRules.WHOLE, 1);
    long thousandths = Math.round(part * SharingRules.WHOLE);
    if (thousandths > LARGEST) {
      section.place(key).reject("must be less than 1");
    }
    return (int) Math.min(thousandths, LARGEST);
  }

  private static ZoneId timeZone(Section section) {
    String name = section.value("time_zone").text().orElse("UTC");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      section.place("time_zone").reject("must be a time zone such as UTC or Europe/Berlin");
      return ZoneOffset.UTC;
    }
  }
}
