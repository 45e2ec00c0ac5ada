package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.Credential;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is.
 *
 * @param nodes at least one; several are a cluster's, or sentinels
 * @param sentinel the name under which sentinels know the master; empty without sentinels
 * @param user empty for the default one
 */
public record RedisConfig(
    List<Node> nodes,
    boolean isCluster,
    String sentinel,
    boolean usesTls,
    String user,
    Credential password) {
  private static final int PORT = 6_379;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_NODES = 64;
  private static final String SENTINEL = "sentinel=";

  /** One process to connect to. */
  public record Node(String host, int port) {}

  /** Keeps an immutable copy. */
  public RedisConfig {
    nodes = List.copyOf(nodes);
  }

  /** Reads a URL, null when it is none. */
  static @Nullable RedisConfig parse(String url) {
    boolean usesTls = url.startsWith("rediss://");
    if (!usesTls && !url.startsWith("redis://")) {
      return null;
    }
    String rest = url.substring(url.indexOf("//") + 2);
    int at = rest.lastIndexOf('@');
    String login = at < 0 ? "" : rest.substring(0, at);
    String place = rest.substring(at + 1);
    int question = place.indexOf('?');
    String query = question < 0 ? "" : place.substring(question + 1);
    String hosts = question < 0 ? place : place.substring(0, question);
    String sentinel = query.startsWith(SENTINEL) ? query.substring(SENTINEL.length()) : "";
    List<Node> nodes = nodes(hosts.endsWith("/") ? hosts.substring(0, hosts.length() - 1) : hosts);
    if (nodes.isEmpty() || !(query.isEmpty() || query.equals("cluster") || !sentinel.isEmpty())) {
      return null;
    }
    boolean isCluster = sentinel.isEmpty() && (nodes.size() > 1 || query.equals("cluster"));
    int colon = login.indexOf(':');
    try {
      return new RedisConfig(
          nodes,
          isCluster,
          sentinel,
          usesTls,
          colon < 0 ? decoded(login) : decoded(login.substring(0, colon)),
          new Credential(colon < 0 ? "" : decoded(login.substring(colon + 1))));
    } catch (IllegalArgumentException notEncoded) {
      return null;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The nodes of a list, empty when one of them is none. */
  private static List<Node> nodes(String list) {
    List<Node> nodes = new ArrayList<>();
    for (String text : list.split(",", -1)) {
      Node node = node(text);
      if (node == null || nodes.size() >= MAX_NODES) {
        return List.of();
      }
      nodes.add(node);
    }
    return nodes;
  }

  private static @Nullable Node node(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    String host = hasPort ? text.substring(0, colon) : text;
    String plain =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    if (plain.isBlank() || plain.indexOf('/') >= 0 || plain.indexOf(' ') >= 0) {
      return null;
    }
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : PORT;
      return port < 1 || port > MAX_PORT ? null : new Node(plain, port);
    } catch (NumberFormatException notOne) {
      return null;
    }
  }
}
