package com.langdock.reliability.e2e.shared;

import static com.langdock.reliability.e2e.shared.Replicas.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.shared.Replicas.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Limits that are drawn from a cluster, and from a master that sentinels name. */
@Tag("e2e")
class SharedClusterE2eTest {
  private static final int SLOTS = 16_384;
  private static final int BURST = 24;
  private static final String RATE = "all: {requests_per_minute: {per_minute: 60, burst: 24}}";

  @Test
  void slotsOfAClusterMayMoveUnderLoad() throws Exception {
    List<RedisProcess> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        nodes.add(RedisProcess.start("--cluster-enabled", "yes"));
      }
      join(nodes);
      String address =
          nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(","));
      String redis = "redis: 'redis://" + address + "', timeout: 1s";
      try (Replicas two = Replicas.start(RATE, redis, redis)) {
        await("all know each other", () -> count(two) == 2);
        long began = System.nanoTime();
        List<Asked> asked = new ArrayList<>(two.askEach(10));
        move(nodes, "lg:{all}:requests_per_minute");
        asked.addAll(two.askEach(60));
        assertThat(asked).allMatch(each -> each.status() == 200 || each.status() == 429);
        long seconds = (System.nanoTime() - began) / 1_000_000_000L + 1;
        assertThat(two.seen()).isBetween(BURST - 3, BURST * 5 / 4 + (int) seconds);
        assertThat(two.isAway(0) || two.isAway(1)).isFalse();
        assertThat(
                two.get(0)
                    .metric("gateway_draws_total", Map.of("store", "redis", "result", "failed")))
            .isZero();
      }
    } finally {
      for (RedisProcess node : nodes) {
        node.close();
      }
    }
  }

  private static double count(Replicas replicas) {
    return replicas.get(0).metric("gateway_replicas", Map.of());
  }

  /** Makes a cluster of them, with a third of the slots each. */
  private static void join(List<RedisProcess> nodes) throws Exception {
    for (int i = 0; i < nodes.size(); i++) {
      int from = SLOTS * i / nodes.size();
      int until = SLOTS * (i + 1) / nodes.size();
      try (Jedis jedis = nodes.get(i).connect()) {
        jedis.clusterAddSlots(IntStream.range(from, until).toArray());
        jedis.clusterMeet("127.0.0.1", nodes.getFirst().port());
      }
    }
    await(
        "the cluster",
        () ->
            nodes.stream()
                .allMatch(node -> {
                  try (Jedis jedis = node.connect()) {
                    String info = jedis.clusterInfo();
                    return info.contains("cluster_state:ok")
                        && info.contains("cluster_slots_assigned:" + SLOTS);
                  }
                }));
  }

  /** Moves the slot of {@code key} to the next node, first half and then whole. */
  private static void move(List<RedisProcess> nodes, String key) {
    int slot = JedisClusterCRC16.getSlot(key);
    int owner = slot * nodes.size() / SLOTS;
    RedisProcess to = nodes.get((owner + 1) % nodes.size());
    try (Jedis source = nodes.get(owner).connect();
        Jedis target = to.connect()) {
      String sourceId = source.clusterMyId();
      String targetId = target.clusterMyId();
      target.clusterSetSlotImporting(slot, sourceId);
      source.clusterSetSlotMigrating(slot, targetId);
      for (String moving : source.clusterGetKeysInSlot(slot, 100)) {
        source.migrate("127.0.0.1", to.port(), moving, 0, 5_000);
      }
      target.clusterSetSlotNode(slot, targetId);
      source.clusterSetSlotNode(slot, targetId);
    }
  }

  @Test
  void sentinelsNameTheMaster() throws Exception {
    try (RedisProcess first = RedisProcess.start();
        RedisProcess second = RedisProcess.start();
        FakeSentinel sentinel = new FakeSentinel(first.port());
        Replicas two = Replicas.start(RATE, sentinel.address(), sentinel.address())) {
      await("all know each other", () -> count(two) == 2);
      long began = System.nanoTime();
      two.askEach(10);
      first.kill();
      sentinel.master(second.port());
      await("the other master", () -> hasReplicas(second));
      await("the other master in time", () -> !two.isAway(0) && !two.isAway(1));
      two.askEach(60);
      long seconds = (System.nanoTime() - began) / 1_000_000_000L + 1;
      assertThat(two.seen()).isBetween(BURST - 3, BURST * 9 / 4 + (int) seconds);
    }
  }

  private static boolean hasReplicas(RedisProcess redis) {
    try (Jedis jedis = redis.connect()) {
      return jedis.zcard("lg:replicas") == 2;
    }
  }
}
