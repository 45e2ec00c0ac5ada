package com.langdock.reliability.gateway.shared;

import java.util.List;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * Where Redis is, and how to log in.
 *
 * @param nodes at least one; several are a cluster's, or sentinels
 * @param sentinel the name under which sentinels know the master; empty without sentinels
 * @param login of Redis; sentinels are asked without
 */
public record RedisAddress(
    List<HostAndPort> nodes, boolean isCluster, String sentinel, boolean usesTls, Login login) {
  /** Keeps an immutable copy. */
  public RedisAddress {
    nodes = List.copyOf(nodes);
  }

  /**
   * A user and its password, which is never printed.
   *
   * @param user empty for the default one
   * @param password empty for none
   */
  public record Login(String user, String password) {
    /** Nobody. */
    static final Login NONE = new Login("", "");

    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /** The settings of a connection to a node whose every answer comes within {@code millis}. */
  JedisClientConfig connection(int millis, boolean toSentinel) {
    Login as = toSentinel ? Login.NONE : login;
    return DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(millis)
        .socketTimeoutMillis(millis)
        .user(as.user.isEmpty() ? null : as.user)
        .password(as.password.isEmpty() ? null : as.password)
        .sslOptions(usesTls ? SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build() : null)
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
        .build();
  }
}
