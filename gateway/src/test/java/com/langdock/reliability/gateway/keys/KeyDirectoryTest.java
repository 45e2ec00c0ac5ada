package com.langdock.reliability.gateway.keys;

import static com.langdock.reliability.gateway.keys.MemoryGovernance.key;
import static com.langdock.reliability.gateway.keys.MemoryGovernance.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Standing;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.access.AccessConfig;
import com.langdock.reliability.gateway.keys.store.CreditRow;
import com.langdock.reliability.gateway.keys.store.KeyRow;
import com.langdock.reliability.gateway.limits.LimitListener;
import com.langdock.reliability.gateway.limits.LimitRules;
import com.langdock.reliability.gateway.limits.ProcessLimits;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyDirectoryTest {
  private static final String CONFIG =
      """
      providers: [{name: openai, base_url: "http://a.test", models: [m]}]
      client_keys: {stale_after: 1h}
      teams: [{name: filed, models: [m], default_key: {limits: {concurrent: 3}}}]
      """;

  private final ManualTicker ticker = new ManualTicker();
  private final GatewayConfig config = Configs.loaded(CONFIG);
  private final ProcessLimits limits =
      new ProcessLimits(
          ticker,
          new LimitRules(
              Map.of(), SharingRules.STANDARD, ZoneOffset.UTC, false, false, config.catalog()),
          true,
          LimitListener.NONE);
  private final MemoryGovernance store = new MemoryGovernance();
  private int cuts;
  private final KeyDirectory keys =
      new KeyDirectory(config.access(), limits, ticker, true, () -> cuts++);

  private void refresh() throws SQLException {
    keys.refresh(store);
  }

  private @Nullable ClientKey find(String secret) {
    return keys.find(KeyHash.sha256().digest(secret.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private ClientKey found(String secret) {
    return Objects.requireNonNull(find(secret));
  }

  private List<Long> limitsOf(String subject) {
    Subject of = Objects.requireNonNull(Subject.parse(subject));
    return limits.quotas().standing(of, 0, Period.Dates.of(LocalDate.EPOCH)).stream()
        .map(Standing.OfLimit::limit)
        .toList();
  }

  private static AccessConfig withTeams(String teams) {
    return Configs.loaded(CONFIG.substring(0, CONFIG.indexOf("teams:")) + teams).access();
  }

  @Nested
  class Reads {
    @Test
    void whatIsNewOnly() throws SQLException {
      assertThat(keys.isRead()).isFalse();
      assertThat(keys.isCurrent()).isFalse();
      store.put(key("a", "sk-a"));
      refresh();
      assertThat(found("sk-a").keyId()).isEqualTo("key:a");
      assertThat(find("sk-b")).isNull();
      assertThat(keys.seen()).isEqualTo(1);
      refresh();
      assertThat(store.reads).isEqualTo(1);
      store.put(key("b", "sk-b"));
      refresh();
      assertThat(found("sk-b").keyId()).isEqualTo("key:b");
      assertThat(find("sk-a")).isNotNull();
    }

    @Test
    void everythingAgainWhenTheStoreIsOlderThanItWas() throws SQLException {
      store.put(key("a", "sk-a", null, "{\"limits\":{\"concurrent\":7}}"));
      store.put(key("b", "sk-b"));
      store.put(revoked(key("b", "sk-b"), true));
      refresh();
      assertThat(find("sk-b")).isNull();
      store.keys.remove("a");
      store.keys.put("b", key("b", "sk-b"));
      store.version = 2;
      refresh();
      assertThat(find("sk-a")).isNull();
      assertThat(limitsOf("key:a")).isEmpty();
      assertThat(keys.isCut(found("sk-b"))).isFalse();
      assertThat(keys.seen()).isEqualTo(2);
    }

    @Test
    void credits() throws SQLException {
      store.put(key("a", "sk-a", null, "{\"budget\":{\"total\":1}}"));
      store.credits.add(new CreditRow("key:a", "total", 500_000_000));
      refresh();
      assertThat(limitsOf("key:a")).containsExactly(1_500_000_000L);
    }

    @Test
    void asLongAsTheyAreFresh() throws SQLException {
      refresh();
      assertThat(keys.isCurrent()).isTrue();
      assertThat(keys.isComplete()).isTrue();
      store.isAway = true;
      ticker.advance(Duration.ofMinutes(59));
      new KeyFollower(keys, () -> store, new KeyFollower.Self("r", "h"), ticker).look();
      assertThat(keys.isCurrent()).isTrue();
      assertThat(keys.isComplete()).isFalse();
      assertThat(keys.staleSeconds()).isEqualTo(59 * 60);
      ticker.advance(Duration.ofMinutes(1));
      assertThat(keys.isCurrent()).isFalse();
      store.isAway = false;
      refresh();
      assertThat(keys.isCurrent()).isTrue();
    }

    @Test
    void rulesThatItDoesNotKnowAsNoRights() throws SQLException {
      store.put(key("a", "sk-a", null, "{\"only_on_sundays\":true}"));
      refresh();
      assertThat(found("sk-a").rights().allows(EndpointName.CHAT)).isFalse();
      assertThat(found("sk-a").rights().allowsModel("m")).isFalse();
    }
  }

  @Nested
  class AKey {
    @Test
    void isUnknownWhileItIsOffAndOnceItIsRevoked() throws SQLException {
      KeyRow key = key("a", "sk-a");
      store.put(MemoryGovernance.with(key, new KeyRow.Life(1, ClientKey.NEVER, true, 0, false)));
      refresh();
      assertThat(find("sk-a")).isNull();
      store.put(key);
      refresh();
      ClientKey before = found("sk-a");
      store.put(revoked(key, false));
      refresh();
      assertThat(find("sk-a")).isNull();
      assertThat(keys.isCut(before)).isFalse();
      assertThat(cuts).isZero();
      store.put(revoked(key, true));
      refresh();
      assertThat(keys.isCut(before)).isTrue();
      assertThat(cuts).isEqualTo(1);
    }

    @Test
    void hasItsOldSecretForATime() throws SQLException {
      KeyRow key = key("a", "sk-new");
      long until = ticker.unixMillis() + 1_000;
      store.put(
          new KeyRow(
              "a",
              key.name(),
              key.holder(),
              "{}",
              new KeyRow.Secrets(KeyHash.of("sk-new"), KeyHash.of("sk-old"), until),
              key.life(),
              0));
      refresh();
      assertThat(found("sk-old")).isEqualTo(found("sk-new"));
      ticker.advance(Duration.ofSeconds(1));
      assertThat(find("sk-old")).isNull();
      assertThat(find("sk-new")).isNotNull();
    }

    @Test
    void isBoundByItsTeam() throws SQLException {
      store.put("stored", "{\"models\":[\"x*\"],\"limits\":{\"concurrent\":9}}", false);
      store.put(key("a", "sk-a", "stored", "{\"models\":[\"xy\",\"z\"]}"));
      refresh();
      assertThat(found("sk-a").rights().allowsModel("xy")).isTrue();
      assertThat(found("sk-a").rights().allowsModel("z")).isFalse();
      assertThat(limitsOf("team:stored")).containsExactly(9L);
      store.put(
          "stored", "{\"models\":[\"z\"],\"default_key\":{\"limits\":{\"concurrent\":2}}}", false);
      refresh();
      assertThat(found("sk-a").rights().allowsModel("xy")).isFalse();
      assertThat(found("sk-a").rights().allowsModel("z")).isTrue();
      assertThat(limitsOf("team:stored")).isEmpty();
      assertThat(limitsOf("key:a")).containsExactly(2L);
    }

    @Test
    void mayNothingWithoutItsTeam() throws SQLException {
      store.put(key("a", "sk-a", "gone", "{}"));
      refresh();
      assertThat(found("sk-a").rights().allows(EndpointName.CHAT)).isFalse();
    }

    @Test
    void followsTheTeamsOfTheFile() throws SQLException {
      store.put(key("a", "sk-a", "filed", "{}"));
      refresh();
      assertThat(found("sk-a").rights().allowsModel("other")).isFalse();
      assertThat(limitsOf("key:a")).containsExactly(3L);
      assertThat(keys.missing(withTeams("teams: [{name: else}]"))).containsExactly("filed");
      keys.use(withTeams("teams: [{name: filed, default_key: {limits: {concurrent: 4}}}]"));
      assertThat(found("sk-a").rights().allowsModel("other")).isTrue();
      assertThat(limitsOf("key:a")).containsExactly(4L);
    }
  }

  @Test
  void equalRightsAreOneObject() throws SQLException {
    store.put(key("a", "sk-a", "filed", "{\"models\":[\"m\"]}"));
    store.put(key("b", "sk-b", null, "{\"models\":[\"m\"],\"priority\":\"low\"}"));
    refresh();
    assertThat(found("sk-a").rights()).isSameAs(found("sk-b").rights());
  }
}
