package com.langdock.reliability.gateway;

import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.LimitsConfig;
import com.langdock.reliability.gateway.config.access.LimitsConfig.OnExhausted;
import com.langdock.reliability.gateway.config.access.LimitsConfig.Reserve;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.limits.LimitRules;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the rules of limits from the configuration. */
final class LimitParts {
  private LimitParts() {}

  /** Whether requests are counted at all: somebody has a limit, or clients have keys. */
  static boolean areCounted(GatewayConfig config) {
    AccessConfig access = config.access();
    return access.clientKeys() != null || !access.limits().isNone();
  }

  /** The rules of {@code config}. */
  static LimitRules rules(GatewayConfig config) {
    LimitsConfig limits = config.access().limits();
    return new LimitRules(
        subjects(config.access()),
        limits.sharing(),
        limits.timeZone(),
        limits.reserve() == Reserve.WORST,
        limits.onExhausted() == OnExhausted.CUT,
        config.catalog());
  }

  private static Map<Subject, SubjectLimits> subjects(AccessConfig access) {
    Map<Subject, SubjectLimits> subjects = new HashMap<>();
    subjects.put(Subject.ALL, access.limits().all());
    subjects.put(Subject.ANONYMOUS, access.limits().anonymous());
    access.limits().models().forEach((model, of) -> subjects.put(Subject.model(model), of));
    access.teams().forEach(team -> subjects.put(Subject.team(team.name()), team.limits()));
    Map<String, SubjectLimits> defaults =
        access.teams().stream().collect(Collectors.toMap(TeamConfig::name, TeamConfig::defaultKey));
    for (KeyConfig key : access.keys()) {
      SubjectLimits own = key.limits();
      String team = key.team();
      subjects.put(
          Subject.key(key.name()),
          own.isNone() && team != null ? defaults.getOrDefault(team, own) : own);
    }
    subjects.values().removeIf(SubjectLimits::isNone);
    return subjects;
  }
}
