package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.access.BodyLimits;
import com.langdock.reliability.yaml.Section;
import java.time.Duration;

/**
 * The data port.
 *
 * @param port 0 chooses a free one
 * @param input what clients may send
 * @param allowAnonymous whether clients from other machines need no key
 * @param transport of all sockets, those to providers and of the management port too
 */
public record ServerConfig(
    String host,
    int port,
    Input input,
    Stop stop,
    boolean allowAnonymous,
    Capacity capacity,
    Transport transport) {
  static final int MAX_PORT = 65_535;
  private static final int MOST = 1_000_000;

  /** The most requests in flight where none are configured. */
  static final int USUAL_IN_FLIGHT = 10_000;

  /**
   * How much is served at once.
   *
   * @param connections of clients; 0 is half of the process's file descriptors
   * @param inFlight requests
   */
  public record Capacity(int connections, int inFlight) {}

  /**
   * What clients may send.
   *
   * @param bodies how large the bodies of requests may be
   */
  public record Input(BodyLimits bodies, WebSocketConfig webSocket) {}

  /**
   * What follows a signal to stop.
   *
   * @param lameDuck how long requests are still accepted while health checks fail
   * @param drainTimeout how long requests in flight may continue after that
   */
  public record Stop(Duration lameDuck, Duration drainTimeout) {}

  /** How sockets are read and written. */
  public enum Transport {
    /** The first that works here: io_uring, epoll, kqueue, Java's own. */
    AUTO,
    /** Linux's newer interface: many operations in one system call. */
    IO_URING,
    /** Linux's older interface. */
    EPOLL,
    /** Java's own, on every system. */
    NIO
  }

  static ServerConfig from(Section section) {
    return new ServerConfig(
        section.value("host").host().orElse("0.0.0.0"),
        section.value("port").integer(8080, 0, MAX_PORT),
        new Input(BodyLimits.from(section), section.section("websocket", WebSocketConfig::from)),
        new Stop(
            section.value("lame_duck").durationOrZero(Duration.ofSeconds(5)),
            section.value("drain_timeout").durationOrZero(Duration.ofSeconds(30))),
        section.value("allow_anonymous").flag(false),
        new Capacity(
            section.value("max_connections").integer(0, 0, MOST),
            section.value("max_in_flight").integer(USUAL_IN_FLIGHT, 1, MOST)),
        section.value("transport").choice(Transport.class).orElse(Transport.AUTO));
  }
}
