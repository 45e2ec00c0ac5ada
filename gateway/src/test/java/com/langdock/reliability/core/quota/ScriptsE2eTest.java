package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.langdock.reliability.e2e.shared.RedisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/**
 * Redis' scripts decide like {@link Bucket} and like leases of slots, a microsecond's rounding
 * apart. Time comes with the arguments here, in place of Redis' own.
 */
@Tag("e2e")
class ScriptsE2eTest {
  private static final int SEQUENCES = 120;
  private static final int STEPS = 40;
  private static final long MINUTE = 60_000_000L;
  private static final long BEGIN = 1_796_000_000_000_000L;

  private static RedisProcess redis;
  private static Jedis jedis;

  @BeforeAll
  static void open() {
    redis = RedisProcess.start();
    jedis = redis.connect();
  }

  @AfterAll
  static void close() throws Exception {
    jedis.close();
    redis.close();
  }

  /** A script whose time is its last argument, in microseconds. */
  private static String script(String name) throws IOException {
    String path = "/com/langdock/reliability/gateway/shared/" + name;
    try (InputStream stream =
        Objects.requireNonNull(ScriptsE2eTest.class.getResourceAsStream(path), path)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      String time = "redis.call('TIME')";
      assertThat(text).contains(time);
      return text.replace(
          time, "{math.floor(ARGV[#ARGV] / 1000000), math.fmod(ARGV[#ARGV], 1000000)}");
    }
  }

  private static List<Long> run(String script, String key, long now, Object... arguments) {
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    texts.add(Long.toString(now));
    List<?> reply = (List<?>) jedis.eval(script, List.of(key), texts);
    return List.of((Long) reply.get(0), (Long) reply.get(1));
  }

  private static Rate rate(SplittableRandom random) {
    long perMinute = 1 + random.nextLong(random.nextInt(3) == 0 ? 10_000_000 : 600);
    return new Rate(perMinute, 1 + random.nextLong(2 * perMinute));
  }

  @Test
  void aRateIsDrawnLikeABucket() throws IOException {
    String script = script("rate.lua");
    for (long seed = 0; seed < SEQUENCES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rate rate = rate(random);
      long now = BEGIN + random.nextLong(MINUTE);
      Bucket bucket = new Bucket(rate, now * 1_000);
      for (int step = 0; step < STEPS; step++) {
        now += random.nextLong(random.nextInt(6) == 0 ? MINUTE : MINUTE / 60);
        if (random.nextInt(20) == 0) {
          rate = rate(random);
          bucket.change(rate, now * 1_000);
        }
        long change = random.nextInt(3) == 0 ? random.nextLong(rate.burst()) : 0;
        change = random.nextBoolean() ? change : -change;
        long kept = random.nextInt(4) == 0 ? rate.burst() / 5 : 0;
        long least = random.nextLong(1 + rate.burst() / 3);
        long wanted = least + random.nextLong(1 + rate.burst() / 3);
        String where = "seed " + seed + ", step " + step + ", " + rate;

        bucket.adjust(Math.max(0, -change), Math.max(0, change), now * 1_000);
        if (bucket.fullAt() < now * 1_000) {
          bucket.setFullAt(now * 1_000);
        }
        long left = bucket.left(kept, now * 1_000);
        List<Long> reply =
            run(
                script,
                "lg:{" + seed + "}:r",
                now,
                rate.nanosForOne(),
                rate.burst(),
                change,
                least,
                wanted,
                kept);
        long granted = reply.get(0);
        long rounded = 1 + 3_000 / rate.nanosForOne();
        if (granted == 0) {
          assertThat(Math.min(left, wanted) == 0 || left < least + rounded).as(where).isTrue();
        } else {
          assertThat(granted).as(where).isCloseTo(Math.min(left, wanted), within(rounded));
          assertThat(granted).as(where).isBetween(least, wanted);
        }
        bucket.take(granted, now * 1_000);
        assertThat(reply.get(1) * 1_000)
            .as(where)
            .isCloseTo(bucket.resetNanos(now * 1_000), within(4_000L + rate.nanosForOne() / 1_000));
        bucket.setFullAt(now * 1_000 + reply.get(1) * 1_000);
      }
    }
  }

  @Test
  void aClockThatIsSetBackNeitherFillsABucketNorKeepsItEmpty() throws IOException {
    String script = script("rate.lua");
    Object[] wants = {1_000_000_000L, 60, 0, 1, 60, 0};
    assertThat(run(script, "lg:back", BEGIN, wants)).containsExactly(60L, MINUTE);
    long earlier = BEGIN - 60 * MINUTE;
    assertThat(run(script, "lg:back", earlier, wants)).containsExactly(0L, MINUTE);
    assertThat(run(script, "lg:back", earlier + MINUTE / 2, wants)).containsExactly(30L, MINUTE);
  }

  @Test
  void aFullBucketIsForgotten() throws IOException {
    String script = script("rate.lua");
    run(script, "lg:full", BEGIN, 1_000_000_000L, 60, 0, 1, 5, 0);
    assertThat(jedis.pttl("lg:full")).isBetween(1L, 5_001L);
    run(script, "lg:full", BEGIN, 1_000_000_000L, 60, -5, 0, 0, 0);
    assertThat(jedis.exists("lg:full")).isFalse();
  }

  /** What one replica holds, until when. */
  private record Lease(long held, long until) {}

  @Test
  void slotsAreHeldLikeLeases() throws IOException {
    String script = script("slots.lua");
    for (long seed = 0; seed < SEQUENCES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Map<String, Lease> leases = new HashMap<>();
      long limit = 1 + random.nextLong(20);
      long now = BEGIN;
      for (int step = 0; step < STEPS; step++) {
        now += random.nextLong(random.nextInt(4) == 0 ? 11_000_000 : 900_000);
        long at = now / 1_000;
        String replica = "r" + random.nextInt(4);
        long inUse = random.nextInt(3) == 0 ? random.nextLong(limit) : 0;
        long wanted = inUse + random.nextLong(1 + limit);
        long kept = random.nextInt(4) == 0 ? limit / 5 : 0;

        leases.values().removeIf(lease -> lease.until <= at);
        long mine = leases.getOrDefault(replica, new Lease(0, 0)).held;
        long others = leases.values().stream().mapToLong(Lease::held).sum() - mine;
        long room = Math.max(mine, limit - kept - others);
        long held = Math.max(inUse, Math.min(wanted, room));
        leases.put(replica, new Lease(held, at + 10_000));

        assertThat(
                run(
                    script,
                    "lg:{" + seed + "}:s",
                    now,
                    replica,
                    limit,
                    inUse,
                    wanted,
                    kept,
                    10_000))
            .as("seed %d, step %d", seed, step)
            .containsExactly(held, Math.max(0, limit - others - held));
      }
    }
  }
}
