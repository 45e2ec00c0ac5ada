package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static com.langdock.reliability.gateway.config.Configs.problems;
import static com.langdock.reliability.gateway.config.Configs.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.gateway.config.access.ClientKeysConfig;
import com.langdock.reliability.gateway.config.access.KeyConfig;
import com.langdock.reliability.gateway.config.access.ManagementConfig;
import com.langdock.reliability.gateway.config.access.ManagementConfig.AdminToken;
import com.langdock.reliability.gateway.config.access.ManagementConfig.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessConfigTest {
  private static final String HASH = KeyHash.of("sk-one").text();
  private static final String OTHER = KeyHash.of("sk-two").text();

  private static KeyConfig key(String fields) {
    return loaded(PROVIDERS + file("{name: one, hash: '" + HASH + "'" + fields + "}"))
        .access()
        .keys()
        .getFirst();
  }

  private static String file(String... keys) {
    return "teams: [{name: search, models: [gpt-4]}]\nclient_keys:\n  keys: ["
        + String.join(", ", keys)
        + "]\n";
  }

  @Test
  void aKeyWithANameAndAHashMayDoEverything() {
    assertThat(key(""))
        .isEqualTo(
            new KeyConfig(
                "one",
                new KeyConfig.Secret(KeyHash.of("sk-one"), null),
                null,
                Rights.ALL,
                Priority.NORMAL,
                SubjectLimits.NONE,
                Map.of()));
  }

  @Test
  void readsWhatAKeyMayDo() {
    KeyConfig key =
        key(
            ", team: search, models: ['gpt-4*'], providers: [openai], endpoints: [chat, models],"
                + " priority: high, metadata: {cost_center: '4711'}");
    assertThat(key.team()).isEqualTo("search");
    assertThat(key.priority()).isEqualTo(Priority.HIGH);
    assertThat(key.metadata()).containsExactly(Map.entry("cost_center", "4711"));
    assertThat(key.rights().allows(EndpointName.CHAT)).isTrue();
    assertThat(key.rights().allows(EndpointName.MESSAGES)).isFalse();
    assertThat(key.rights().allows(new Target("openai", "gpt-4o"))).isTrue();
    assertThat(key.rights().allows(new Target("openai", "claude"))).isFalse();
  }

  @Test
  void anEmptyListAllowsNothing() {
    assertThat(key(", models: []").rights().allowsModel("gpt-4")).isFalse();
    assertThat(key(", endpoints: []").rights().allows(EndpointName.CHAT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2027-01-31, 2027-02-01T00:00:00Z",
    "2027-01-31T12:00:00+01:00, 2027-01-31T11:00:00Z"
  })
  void aDayLastsToItsEnd(String expires, String moment) {
    assertThat(key(", expires: '" + expires + "'").secret().expires())
        .isEqualTo(Instant.parse(moment));
  }

  @Test
  void aDayEndsInTheTimeZoneOfTheLimits() {
    GatewayConfig config =
        loaded(
            PROVIDERS
                + file("{name: one, hash: '" + HASH + "', expires: 2027-01-31}")
                + "limits: {time_zone: Europe/Berlin}");
    assertThat(config.access().keys().getFirst().secret().expires())
        .isEqualTo(Instant.parse("2027-01-31T23:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          client_keys: {}                          | PT1H | true
          client_keys:                             | PT1H | true
          client_keys: {stale_after: 5m}           | PT5M | true
          client_keys: {stale_after: none}         |      | true
          client_keys: {unknown_responses: passed} | PT1H | false
          """)
  void theSectionAloneMeansThatEveryRequestNeedsAKey(
      String section, Duration staleAfter, boolean knownResponsesOnly) {
    ClientKeysConfig keys =
        Objects.requireNonNull(loaded(PROVIDERS + section).access().clientKeys());
    assertThat(keys.keys()).isEmpty();
    assertThat(keys.staleAfter()).isEqualTo(staleAfter);
    assertThat(keys.knownResponsesOnly()).isEqualTo(knownResponsesOnly);
    assertThat(loaded(PROVIDERS).access().clientKeys()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: 'a b', hash: H       | name: must be up to 64 letters, digits, dots, dashes and \
          underscores
          hash: H                    | name: is required
          name: a                    | hash: is required; bin/gateway key makes a key and its hash
          name: a, hash: sk-lg-1     | hash: must be sha256: and 64 hexadecimal digits, as \
          bin/gateway key prints it; the key itself does not belong into the file
          name: a, hash: H, team: x  | team: must be one of search
          name: a, hash: H, endpoints: [chats]  | endpoints[0]: is not a known name; did you \
          mean chat?
          name: a, hash: H, providers: [openia] | providers[0]: is not a known name; did you \
          mean openai?
          name: a, hash: H, models: ['g*t']     | models[0]: must be a name, or the beginning of \
          names with * at its end
          name: a, hash: H, expires: soon       | expires: must be a day such as 2027-01-31 or a \
          moment such as 2027-01-31T12:00:00Z
          name: a, hash: H, priority: top       | priority: must be low or normal or high, not \
          "top"
          """)
  void whatIsWrongWithAKeyIsNamed(String key, String problem) {
    assertThat(problems(PROVIDERS + file("{" + key.replace("H", "'" + HASH + "'") + "}")))
        .containsExactly("4: client_keys.keys[0]." + problem);
  }

  @Test
  void noTwoKeysShareNameOrHash() {
    String key = "{name: a, hash: '" + HASH + "'}";
    assertThat(problems(PROVIDERS + file(key, key)))
        .containsExactly(
            "4: client_keys.keys[1].name: is the name of another key too",
            "4: client_keys.keys[1].hash: is the hash of another key too");
  }

  @Test
  void aModelThatNobodyServesIsAWarning() {
    assertThat(
            warnings(
                PROVIDERS + file("{name: a, hash: '" + HASH + "', models: [gpt-5, 'gpt-4*']}")))
        .containsExactly("4: client_keys.keys[0].models[0]: is no model that a provider serves");
  }

  @Test
  void readsTheTokensOfTheManagementPort() {
    ManagementConfig management =
        loaded(
                PROVIDERS
                    + "management: {open_metrics: true, tokens: [{name: ci, role: read, hash: '"
                    + HASH
                    + "'}]}")
            .management();
    assertThat(management.openMetrics()).isTrue();
    assertThat(management.tokens())
        .isEqualTo(List.of(new AdminToken("ci", KeyHash.of("sk-one"), Role.READ)));
  }

  @Test
  void otherMachinesReachTheManagementPortOnlyWithTokens() {
    String remote = PROVIDERS + "observability: {host: 0.0.0.0}\n";
    assertThat(problems(remote))
        .containsExactly(
            "2: observability.host: lets other machines reach the management port, which needs"
                + " management.tokens; bin/gateway key --admin makes one");
    String tokens = "management: {tokens: [{name: a, role: read, hash: '" + HASH + "'}]}";
    assertThat(loaded(remote + tokens).management().tokens()).hasSize(1);
  }

  @Test
  void aClientKeyIsNoToken() {
    String yaml =
        PROVIDERS
            + file("{name: a, hash: '" + HASH + "'}")
            + "management: {tokens: [{name: a, role: admin, hash: '%s'}]}";
    assertThat(problems(yaml.formatted(HASH)))
        .containsExactly(
            "5: management.tokens[0].hash: is the hash of another token or client key too");
    assertThat(loaded(yaml.formatted(OTHER)).management().tokens()).hasSize(1);
  }
}
