package com.langdock.reliability.gateway.shared;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Runs commands in Redis, each batch in one round trip to each node that it concerns. Nothing is
 * sent twice, except what a node said that it has not done. For one thread.
 */
final class RedisClient implements AutoCloseable {
  private final RedisAddress address;
  private final int timeoutMillis;
  private final Map<HostAndPort, Jedis> connections = new HashMap<>();
  private final NodeTable nodes;

  /**
   * A client that connects when it is used.
   *
   * @param timeoutMillis the longest that it waits for a connection or an answer
   */
  RedisClient(RedisAddress address, int timeoutMillis) {
    this.address = address;
    this.timeoutMillis = timeoutMillis;
    this.nodes = new NodeTable(address, this::connectedTo, this::sentinel);
  }

  /**
   * The replies of {@code commands}, in order.
   *
   * @throws JedisException when one of them was not answered; then it is not known which had an
   *     effect, and all connections are closed
   */
  List<Object> run(List<Command> commands) {
    try {
      return send(commands);
    } catch (JedisException failed) {
      close();
      throw failed;
    }
  }

  private List<Object> send(List<Command> commands) {
    nodes.refresh();
    Map<HostAndPort, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < commands.size(); i++) {
      HostAndPort node = nodes.of(commands.get(i).key());
      places.computeIfAbsent(node, same -> new ArrayList<>()).add(i);
    }
    Object[] replies = new Object[commands.size()];
    places.forEach((node, of) -> send(node, of, commands, replies));
    return List.of(replies);
  }

  private void send(
      HostAndPort node, List<Integer> places, List<Command> commands, Object[] replies) {
    Jedis jedis = connectedTo(node);
    List<Response<Object>> responses = new ArrayList<>(places.size());
    try (Pipeline pipeline = jedis.pipelined()) {
      for (int place : places) {
        Command command = commands.get(place);
        responses.add(
            pipeline.evalsha(command.script().sha(), List.of(command.key()), command.arguments()));
      }
      pipeline.sync();
    }
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      replies[place] = reply(jedis, commands.get(place), responses.get(i));
    }
  }

  /** The reply of a command; one that the node refused, unrun, is run where it can be. */
  private Object reply(Jedis jedis, Command command, Response<Object> response) {
    try {
      return response.get();
    } catch (JedisNoScriptException unknown) {
      return run(jedis, command);
    } catch (JedisMovedDataException moved) {
      nodes.moved(moved.getSlot(), moved.getTargetNode());
      return run(connectedTo(moved.getTargetNode()), command);
    } catch (JedisAskDataException moving) {
      Jedis next = connectedTo(moving.getTargetNode());
      next.asking();
      return run(next, command);
    }
  }

  private static Object run(Jedis jedis, Command command) {
    return jedis.eval(command.script().source(), List.of(command.key()), command.arguments());
  }

  private Jedis connectedTo(HostAndPort node) {
    Jedis known = connections.get(node);
    if (known == null) {
      known = new Jedis(node, address.connection(timeoutMillis, false));
      connections.put(node, known);
    }
    return known;
  }

  private Jedis sentinel(HostAndPort node) {
    return new Jedis(node, address.connection(timeoutMillis, true));
  }

  @Override
  public void close() {
    for (Jedis connection : connections.values()) {
      try {
        connection.close();
      } catch (JedisException alreadyBroken) {
        // It is not used any more.
      }
    }
    connections.clear();
    nodes.forget();
  }
}
