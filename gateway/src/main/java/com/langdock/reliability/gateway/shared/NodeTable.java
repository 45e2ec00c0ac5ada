package com.langdock.reliability.gateway.shared;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Knows which node has a key: the only one, the master that sentinels name, or a slot's. */
final class NodeTable {
  private static final int SLOTS = 16_384;

  private final RedisAddress address;
  private final Function<HostAndPort, Jedis> connected;
  private final Function<HostAndPort, Jedis> sentinels;
  private final @Nullable HostAndPort[] bySlot = new HostAndPort[SLOTS];
  private HostAndPort master;
  private boolean isKnown;

  /**
   * A table that knows nothing yet.
   *
   * @param connected gives the connection to a node
   * @param sentinels opens a connection to a sentinel
   */
  NodeTable(
      RedisAddress address,
      Function<HostAndPort, Jedis> connected,
      Function<HostAndPort, Jedis> sentinels) {
    this.address = address;
    this.connected = connected;
    this.sentinels = sentinels;
    this.master = address.nodes().getFirst();
  }

  /** Asks again at the next {@link #refresh}. */
  void forget() {
    isKnown = false;
  }

  /** A slot is at another node now; so may be others. */
  void moved(int slot, HostAndPort node) {
    bySlot[slot] = node;
    isKnown = false;
  }

  /** The node that has {@code key}. */
  HostAndPort of(byte[] key) {
    HostAndPort node = address.isCluster() ? bySlot[JedisClusterCRC16.getSlot(key)] : master;
    return node == null ? master : node;
  }

  /**
   * Finds out where things are, unless it is known.
   *
   * @throws JedisException when nobody can be asked
   */
  void refresh() {
    if (isKnown) {
      return;
    }
    if (address.isCluster()) {
      askAny(this::readSlots);
    } else if (!address.sentinel().isEmpty()) {
      askAny(this::readMaster);
    }
    isKnown = true;
  }

  /** Asks one node after another until one answers. */
  private void askAny(Function<HostAndPort, Boolean> question) {
    JedisException last = new JedisConnectionException("no node knows the master");
    for (HostAndPort node : address.nodes()) {
      try {
        if (question.apply(node)) {
          return;
        }
      } catch (JedisException failed) {
        last = failed;
      }
    }
    throw last;
  }

  private boolean readMaster(HostAndPort sentinel) {
    try (Jedis connection = sentinels.apply(sentinel)) {
      List<String> found = connection.sentinelGetMasterAddrByName(address.sentinel());
      if (found == null || found.size() < 2) {
        return false;
      }
      master = new HostAndPort(found.get(0), Integer.parseInt(found.get(1)));
      return true;
    }
  }

  private boolean readSlots(HostAndPort node) {
    List<?> ranges = (List<?>) connected.apply(node).sendCommand(Protocol.Command.CLUSTER, "SLOTS");
    for (Object entry : ranges) {
      List<?> range = (List<?>) entry;
      List<?> first = (List<?>) range.get(2);
      String host = new String((byte[]) first.get(0), StandardCharsets.UTF_8);
      int port = ((Long) first.get(1)).intValue();
      HostAndPort at = new HostAndPort(host.isEmpty() ? node.getHost() : host, port);
      int last = ((Long) range.get(1)).intValue();
      for (int slot = ((Long) range.get(0)).intValue(); slot <= last; slot++) {
        bySlot[slot] = at;
      }
    }
    return true;
  }
}
