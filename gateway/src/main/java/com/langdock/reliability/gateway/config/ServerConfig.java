package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.AddressRange;
import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.config.access.BodyLimits;
import com.langdock.reliability.gateway.config.tls.ServerTlsConfig;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The data port.
 *
 * @param port 0 chooses a free one
 * @param input what clients may send
 * @param allowAnonymous whether clients from other machines need no key
 */
public record ServerConfig(
    String host,
    int port,
    Input input,
    Stop stop,
    boolean allowAnonymous,
    Capacity capacity,
    Connections connections) {
  static final int MAX_PORT = 65_535;
  private static final int MOST = 1_000_000;
  private static final int MAX_PROXIES = 100;

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

  /**
   * The connections of clients.
   *
   * @param transport of all sockets, those to providers and of the management port too
   * @param proxies whose word counts for where a request comes from, on both ports
   * @param proxyProtocol whether each connection begins with a header of a trusted proxy
   * @param tls null where the port does without
   */
  public record Connections(
      Transport transport,
      TrustedProxies proxies,
      boolean proxyProtocol,
      @Nullable ServerTlsConfig tls) {}

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

  static ServerConfig from(Section section, Instant now) {
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
        connections(section, now));
  }

  private static Connections connections(Section section, Instant now) {
    TrustedProxies proxies = proxies(section);
    boolean proxyProtocol = section.value("proxy_protocol").flag(false);
    if (proxyProtocol && proxies.ranges().isEmpty()) {
      section
          .place("proxy_protocol")
          .reject("needs server.trusted_proxies, the addresses whose headers are believed");
    }
    return new Connections(
        section.value("transport").choice(Transport.class).orElse(Transport.AUTO),
        proxies,
        proxyProtocol,
        ServerTlsConfig.read(section, now).orElse(null));
  }

  private static TrustedProxies proxies(Section section) {
    List<AddressRange> ranges = new ArrayList<>();
    for (Item item : section.texts("trusted_proxies")) {
      Optional<AddressRange> range = AddressRange.parse(item.value());
      if (range.isPresent() && ranges.size() < MAX_PROXIES) {
        ranges.add(range.get());
      } else {
        item.place()
            .reject(
                range.isPresent()
                    ? "is one of more than " + MAX_PROXIES
                    : "must be an address or a network such as 10.0.0.0/8 or fd00::/8");
      }
    }
    return new TrustedProxies(ranges);
  }
}
