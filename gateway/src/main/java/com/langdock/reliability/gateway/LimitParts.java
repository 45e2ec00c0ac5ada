package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.Allotments;
import com.langdock.reliability.core.quota.SharedRules;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.RedisConfig;
import com.langdock.reliability.gateway.config.SharedConfig;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.LimitsConfig;
import com.langdock.reliability.gateway.config.access.LimitsConfig.OnExhausted;
import com.langdock.reliability.gateway.config.access.LimitsConfig.Reserve;
import com.langdock.reliability.gateway.config.access.TeamConfig;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.limits.StoreListener;
import com.langdock.reliability.gateway.shared.RedisAddress;
import com.langdock.reliability.gateway.shared.RedisDrawing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/** Makes the rules of limits, and what replicas share of them, from the configuration. */
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

  /** How limits are shared, null where they are not. */
  static @Nullable SharedRules shared(GatewayConfig config) {
    SharedConfig shared = config.shared();
    return shared == null
        ? null
        : new SharedRules(
            shared.expectedReplicas(),
            shared.redis() != null,
            shared.whenAway() == SharedConfig.WhenAway.REFUSE);
  }

  /** What draws from Redis, not started yet; empty where nothing does. */
  static Optional<RedisDrawing> drawing(
      GatewayConfig config,
      ProcessLimits limits,
      StoreListener listener,
      Ticker ticker,
      String replica) {
    SharedConfig shared = config.shared();
    Allotments allotments = limits.quotas().allotments();
    if (shared == null || shared.redis() == null || allotments == null) {
      return Optional.empty();
    }
    long timeout = shared.timeout().toNanos();
    RedisDrawing drawing =
        new RedisDrawing(
            allotments,
            address(shared.redis()),
            new RedisDrawing.Rules(replica, timeout),
            listener,
            ticker);
    limits.drawnBy(drawing, timeout);
    return Optional.of(drawing);
  }

  private static RedisAddress address(RedisConfig redis) {
    return new RedisAddress(
        redis.nodes().stream().map(node -> new HostAndPort(node.host(), node.port())).toList(),
        redis.isCluster(),
        redis.sentinel(),
        redis.usesTls(),
        new RedisAddress.Login(redis.user(), redis.password().reveal()));
  }
}
