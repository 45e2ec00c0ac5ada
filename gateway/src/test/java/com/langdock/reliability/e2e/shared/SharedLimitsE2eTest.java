package com.langdock.reliability.e2e.shared;

import static com.langdock.reliability.e2e.shared.Replicas.answered;
import static com.langdock.reliability.e2e.shared.Replicas.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.shared.Replicas.Asked;
import com.langdock.reliability.gateway.telemetry.log.CapturedLog;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Limits of several gateways, and what a Redis that fails does to them. */
@Tag("e2e")
class SharedLimitsE2eTest {
  private static final String RATE = "all: {requests_per_minute: {per_minute: 60, burst: 24}}";
  private static final String SLOTS = "all: {concurrent: 4}";
  private static final int BURST = 24;

  /** What a request may take beyond its usual time where Redis fails, on a busy machine. */
  private static final long SLOW_MILLIS = 400;

  private static RedisProcess redis;

  @BeforeAll
  static void open() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void close() throws Exception {
    redis.close();
  }

  @BeforeEach
  void forget() {
    try (Jedis jedis = redis.connect()) {
      jedis.flushAll();
    }
  }

  /** Waited for patiently, so that a busy machine makes nobody decide alone. */
  private static String direct() {
    return at(redis.port()) + ", timeout: 1s";
  }

  private static String at(int port) {
    return "redis: 'redis://127.0.0.1:" + port + "'";
  }

  private static int most(int bursts, long beganNanos) {
    long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000L + 1;
    return (int) Math.ceil(BURST * (bursts + 0.25)) + (int) seconds;
  }

  @Test
  void aRateIsOneForAllReplicas() throws Exception {
    try (Replicas three = Replicas.start(RATE, direct(), direct(), direct())) {
      awaitAll(three, 3);
      long began = System.nanoTime();
      List<Asked> asked = three.askEach(90);
      assertThat(answered(asked)).isBetween((long) BURST - 3, (long) most(1, began));
      assertThat((long) three.seen()).isEqualTo(answered(asked));
      assertThat(asked.getLast().body()).contains("\"kind\":\"requests_per_minute\"");
      assertThat(
              three
                  .get(0)
                  .metric("gateway_draws_total", Map.of("store", "redis", "result", "failed")))
          .isZero();
      assertThat(
              three
                  .get(0)
                  .metric("gateway_draws_total", Map.of("store", "redis", "result", "answered")))
          .isPositive();
    }
  }

  @Test
  void slotsAreNeverMoreThanTheLimitAndComeBackWhenAReplicaDies() throws Exception {
    try (Replicas three = Replicas.start(SLOTS, direct(), direct(), direct())) {
      awaitAll(three, 3);
      for (int i = 0; i < 3; i++) {
        three.get(i).openai.configure("{\"response_delay_seconds\": 0.4}");
      }
      List<CompletableFuture<HttpResponse<String>>> all =
          IntStream.range(0, 30).mapToObj(i -> three.asking(i % 3)).toList();
      long answered =
          all.stream().map(CompletableFuture::join).filter(r -> r.statusCode() == 200).count();
      assertThat(answered).isBetween(1L, 4L);
      assertThat(three.seen()).isEqualTo((int) answered);
      List<Asked> later = new ArrayList<>();
      await(
          "slots that came back",
          () -> {
            later.add(three.ask(1));
            return later.getLast().status() == 200;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"killed", "frozen", "cut", "slow", "password"})
  void withoutRedisEachReplicaHasItsShareAndNothingWaits(String how) throws Exception {
    try (RedisProcess own = RedisProcess.start();
        TcpProxy proxy = new TcpProxy(own.port());
        Replicas two = Replicas.start(RATE, at(proxy.port()), at(proxy.port()));
        CapturedLog log = new CapturedLog()) {
      awaitAll(two, 2);
      long began = System.nanoTime();
      two.askEach(4);
      fail(how, own, proxy);
      List<Asked> during = two.askEach(40);
      await("away", () -> two.isAway(0) && two.isAway(1));
      List<Asked> away = two.askEach(40);
      assertThat(two.seen()).isLessThanOrEqualTo(most(2, began));
      assertThat(answered(during)).isGreaterThan(BURST / 2 - 4);
      assertThat(during).allMatch(each -> each.millis() < SLOW_MILLIS, "waits for Redis");
      assertThat(away).allMatch(each -> each.millis() < SLOW_MILLIS, "waits for Redis");
      mend(how, own, proxy);
      await("back", () -> !two.isAway(0) && !two.isAway(1));
      two.askEach(20);
      assertThat(two.seen()).isLessThanOrEqualTo(most(2, began));
      assertThat(lines(log, "limits_away")).as("one line for each replica").isEqualTo(2);
      assertThat(lines(log, "limits_back")).as("one line for each replica").isEqualTo(2);
      assertThat(log.lines()).noneMatch(line -> line.contains("sesame"));
    }
  }

  private static void fail(String how, RedisProcess own, TcpProxy proxy) throws Exception {
    switch (how) {
      case "killed" -> own.kill();
      case "frozen" -> proxy.freeze(true);
      case "cut" -> proxy.cut(true);
      case "slow" -> proxy.delay(50);
      default -> {
        try (Jedis jedis = own.connect()) {
          jedis.configSet("requirepass", "open-sesame");
        }
        proxy.cut(false);
      }
    }
  }

  private static void mend(String how, RedisProcess own, TcpProxy proxy) throws Exception {
    switch (how) {
      case "killed" -> own.restart();
      case "frozen" -> proxy.freeze(false);
      case "cut" -> proxy.cut(false);
      case "slow" -> proxy.delay(0);
      default -> {
        try (Jedis jedis = own.connect("open-sesame")) {
          jedis.configSet("requirepass", "");
        }
      }
    }
  }

  @Test
  void aRedisThatIsFiveMillisecondsAwayIsWaitedFor() throws Exception {
    try (TcpProxy proxy = new TcpProxy(redis.port());
        Replicas two = Replicas.start(RATE, at(proxy.port()), at(proxy.port()))) {
      awaitAll(two, 2);
      proxy.delay(5);
      long began = System.nanoTime();
      assertThat(answered(two.askEach(60))).isBetween((long) BURST - 2, (long) most(1, began));
      assertThat(two.isAway(0)).isFalse();
    }
  }

  @Test
  void aRedisThatLostItsDataCostsOneBurst() throws Exception {
    try (RedisProcess own = RedisProcess.start();
        Replicas two = Replicas.start(RATE, at(own.port()), at(own.port()))) {
      awaitAll(two, 2);
      long began = System.nanoTime();
      answered(two.askEach(40));
      own.kill();
      own.restart();
      await("back", () -> !two.isAway(0) && !two.isAway(1));
      answered(two.askEach(60));
      assertThat(two.seen()).isBetween(BURST, most(2, began));
    }
  }

  @Test
  void whereThatIsWantedRequestsAreRefusedWhileRedisIsAway() throws Exception {
    try (RedisProcess own = RedisProcess.start();
        Replicas one = Replicas.start(RATE, at(own.port()) + ", when_away: refuse")) {
      awaitAll(one, 1);
      await("an answer", () -> one.ask(0).status() == 200);
      own.kill();
      await("away", () -> one.isAway(0));
      await("what was in hand is used", () -> one.ask(0).status() == 503);
      Asked refused = one.ask(0);
      assertThat(refused.body()).contains("limits_unavailable");
      own.restart();
      await("back", () -> one.ask(0).status() == 200);
    }
  }

  @Test
  void anEmptyLimitCostsRedisFewCommands() throws Exception {
    try (TcpProxy proxy = new TcpProxy(redis.port());
        Replicas one = Replicas.start("all: {requests_per_minute: 1}", at(proxy.port()))) {
      awaitAll(one, 1);
      one.ask(0);
      one.ask(0);
      int before = proxy.chunks();
      long began = System.nanoTime();
      for (int i = 0; i < 300; i++) {
        assertThat(one.ask(0).status()).isEqualTo(429);
      }
      long seconds = (System.nanoTime() - began) / 1_000_000_000L + 1;
      assertThat(proxy.chunks() - before).isLessThanOrEqualTo((int) (20 * seconds));
    }
  }

  @Test
  void withoutRedisRatesAreDividedByTheExpectedReplicas() throws Exception {
    try (Replicas two = Replicas.start(RATE, "timeout: 20ms", "timeout: 20ms")) {
      long began = System.nanoTime();
      two.askEach(60);
      assertThat(two.seen()).isBetween(BURST, most(1, began));
    }
  }

  private static long lines(CapturedLog log, String event) {
    return log.lines().stream().filter(line -> line.contains("\"" + event + "\"")).count();
  }

  private static void awaitAll(Replicas replicas, int count) throws InterruptedException {
    await(
        "all know each other",
        () ->
            IntStream.range(0, count)
                .allMatch(i -> replicas.get(i).metric("gateway_replicas", Map.of()) == count));
  }
}
