package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import com.langdock.reliability.gateway.config.RedisConfig.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedConfigTest {
  private static final String PROVIDER =
      "providers: [{name: openai, base_url: 'http://localhost:1', models: [gpt-4]}]\n";

  private static LoadedConfig load(String yaml) {
    return new ConfigLoader(Map.of("PASSWORD", "open sesame")).parse(PROVIDER + yaml, List.of());
  }

  private static @Nullable SharedConfig shared(String yaml) {
    return ((Loaded) load(yaml)).config().shared();
  }

  private static RedisConfig redis(String url) {
    SharedConfig shared = shared("shared: {expected_replicas: 3, redis: '" + url + "'}");
    return Objects.requireNonNull(Objects.requireNonNull(shared).redis());
  }

  @Test
  void isNullWhereThereIsOneGateway() {
    assertThat(shared("")).isNull();
  }

  @Test
  void hasDefaults() {
    assertThat(shared("shared: {expected_replicas: 3}"))
        .isEqualTo(new SharedConfig(3, null, Duration.ofMillis(20), SharedConfig.WhenAway.LOCAL));
  }

  @Test
  void readsEachKindOfAddress() {
    RedisConfig one = redis("rediss://gateway:s%40fe+@redis.internal");
    assertThat(one.nodes()).containsExactly(new Node("redis.internal", 6379));
    assertThat(one.usesTls()).isTrue();
    assertThat(one.isCluster()).isFalse();
    assertThat(one.user()).isEqualTo("gateway");
    assertThat(one.password().reveal()).isEqualTo("s@fe+");
    assertThat(one.toString()).doesNotContain("s@fe");

    RedisConfig cluster = redis("redis://:secret@a:7000,[::1]:7001,c");
    assertThat(cluster.nodes())
        .containsExactly(new Node("a", 7000), new Node("::1", 7001), new Node("c", 6379));
    assertThat(cluster.isCluster()).isTrue();
    assertThat(cluster.user()).isEmpty();
    assertThat(redis("redis://a?cluster").isCluster()).isTrue();

    RedisConfig watched = redis("redis://a:26379,b:26379?sentinel=main");
    assertThat(watched.isCluster()).isFalse();
    assertThat(watched.sentinel()).isEqualTo("main");
    assertThat(redis("redis://:${PASSWORD}@a").password().reveal()).isEqualTo("open sesame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a",
        "redis://",
        "redis://:x@",
        "redis://a:0",
        "redis://a:65536",
        "redis://a:b",
        "redis://a,,b",
        "redis://a?db=1",
        "redis://a/1",
        "redis://u:%zz@a",
        "a:6379"
      })
  void refusesOtherAddressesWithoutRepeatingThem(String url) {
    Rejected rejected = (Rejected) load("shared: {expected_replicas: 3, redis: '" + url + "'}");
    assertThat(rejected.problems())
        .singleElement()
        .satisfies(problem ->
            assertThat(problem.in("f"))
                .contains("shared.redis")
                .contains("must be redis://")
                .doesNotContain("%zz"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{expected_replicas: 0}",
        "{expected_replicas: 10001}",
        "{expected_replicas: 2, timeout: 2s}",
        "{expected_replicas: 2, when_away: open}"
      })
  void refusesWhatIsOutOfItsLimits(String section) {
    assertThat(load("shared: " + section)).isInstanceOf(Rejected.class);
  }
}
