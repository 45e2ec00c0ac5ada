package com.langdock.reliability.gateway.certificates;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.tls.ServerTlsConfig;
import com.langdock.reliability.gateway.tls.ServerTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of both ports. Their files are compared every five seconds, by content and by
 * name each time, so that links of mounted folders are followed. Thread-safe.
 */
public final class Certificates implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final @Nullable PortCertificate data;
  private final @Nullable PortCertificate management;
  private final @Nullable Thread watch;

  private Certificates(@Nullable PortCertificate data, @Nullable PortCertificate management) {
    this.data = data;
    this.management = management;
    this.watch =
        data == null && management == null
            ? null
            : Thread.ofVirtual().name("certificates").unstarted(this::run);
  }

  /**
   * The certificates that {@code config} names, measured into {@code registry}.
   *
   * @throws IllegalStateException when one cannot be used: its message is one line
   */
  public static Certificates of(GatewayConfig config, MeterRegistry registry, Ticker ticker) {
    return new Certificates(
        port("data", config.server().connections().tls(), registry, ticker),
        port("management", config.management().tls(), registry, ticker));
  }

  private static @Nullable PortCertificate port(
      String name, @Nullable ServerTlsConfig config, MeterRegistry registry, Ticker ticker) {
    return config == null ? null : new PortCertificate(name, config, registry, ticker);
  }

  /** TLS of the data port, null where it does without. */
  public @Nullable ServerTls data() {
    return data == null ? null : data.tls();
  }

  /** Secures a connection that the management port has accepted, if that port has TLS. */
  public void secureManagement(HttpConnection connection) {
    if (management != null) {
      management.tls().secure(connection);
    }
  }

  /** Begins to compare the files. */
  public void watch() {
    if (watch != null) {
      watch.start();
    }
  }

  /** Uses what {@code config} has read. Whether a port has TLS at all does not change. */
  public void use(GatewayConfig config) {
    use(data, config.server().connections().tls());
    use(management, config.management().tls());
  }

  private static void use(@Nullable PortCertificate port, @Nullable ServerTlsConfig config) {
    if (port != null && config != null) {
      port.use(config);
    }
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Thread.sleep(EVERY);
        look(data);
        look(management);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void look(@Nullable PortCertificate port) {
    if (port != null) {
      port.look();
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.interrupt();
    }
  }
}
