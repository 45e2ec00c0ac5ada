package com.langdock.reliability.gateway.certificates;

import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.tls.ServerTlsConfig;
import com.langdock.reliability.gateway.config.tls.TlsContents;
import com.langdock.reliability.gateway.tls.HandshakeFailure;
import com.langdock.reliability.gateway.tls.ServerIdentity;
import com.langdock.reliability.gateway.tls.ServerTls;
import com.langdock.reliability.yaml.ConfigProblem;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.SourceLocation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of one port, which follows its files. What cannot be used is refused, and the one
 * before stays in use.
 *
 * <p>Thread-safe: one look follows the other. They read files; not for event loops.
 */
final class PortCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(PortCertificate.class);

  private final String port;
  private final Ticker ticker;
  private final ServerTls tls;
  private ServerTlsConfig config;

  /** Of the files that are in use. */
  private String fingerprint;

  /** What was last said of the files that are refused; empty if none are. */
  private volatile String problem = "";

  private volatile Instant expires;

  /**
   * The certificate of {@code config}.
   *
   * @param port {@code data} or {@code management}
   * @throws IllegalStateException when it cannot be used: its message is one line
   */
  PortCertificate(String port, ServerTlsConfig config, MeterRegistry registry, Ticker ticker) {
    this.port = port;
    this.ticker = ticker;
    this.config = config;
    this.fingerprint = config.fingerprint();
    this.expires = config.contents().expires();
    try {
      this.tls = new ServerTls(identity(config, config.contents()));
    } catch (SSLException unusable) {
      throw new IllegalStateException(
          "TLS of the " + port + " port: " + unusable.getMessage(), unusable);
    }
    register(registry);
  }

  private void register(MeterRegistry registry) {
    Gauge.builder("gateway.tls.expires", this, PortCertificate::secondsLeft)
        .description("Time until the certificate in use expires, by port.")
        .baseUnit("seconds")
        .tag("port", port)
        .strongReference(true)
        .register(registry);
    Gauge.builder("gateway.tls.rejected", this, one -> one.problem.isEmpty() ? 0 : 1)
        .description("1 while the files of a certificate cannot be used, and the old one is.")
        .tag("port", port)
        .strongReference(true)
        .register(registry);
    Gauge.builder("gateway.tls.handshakes", tls, ServerTls::handshakes)
        .description("TLS handshakes under way, by port.")
        .tag("port", port)
        .strongReference(true)
        .register(registry);
    for (HandshakeFailure how : HandshakeFailure.values()) {
      FunctionCounter.builder("gateway.tls.handshakes.failed", tls, one -> one.failed(how))
          .description("TLS handshakes that did not come to their end, by port and reason.")
          .tag("port", port)
          .tag("reason", Labels.of(how))
          .register(registry);
    }
  }

  private double secondsLeft() {
    return (expires.toEpochMilli() - ticker.unixMillis()) / 1_000.0;
  }

  /** What connections to the port begin with. */
  ServerTls tls() {
    return tls;
  }

  /** Uses another configuration, whose files were just read. */
  synchronized void use(ServerTlsConfig next) {
    boolean isSame =
        next.files().equals(config.files())
            && next.clientAuth() == config.clientAuth()
            && next.fingerprint().equals(fingerprint);
    config = next;
    if (isSame) {
      problem = "";
    } else {
      show(next.contents(), next.fingerprint());
    }
  }

  /** Reads the files again if they have changed. */
  synchronized void look() {
    String now = config.files().fingerprint();
    if (now.equals(fingerprint)) {
      problem = "";
      return;
    }
    Problems problems = new Problems();
    Optional<TlsContents> contents =
        config
            .files()
            .read(
                key -> new SourceLocation(0, key, problems),
                Instant.ofEpochMilli(ticker.unixMillis()));
    if (contents.isPresent()) {
      show(contents.get(), now);
    } else {
      refused(
          problems.errors().stream().map(PortCertificate::text).collect(Collectors.joining("; ")));
    }
  }

  private static String text(ConfigProblem error) {
    return error.path() + " " + error.message();
  }

  private void show(TlsContents contents, String now) {
    try {
      tls.use(identity(config, contents));
    } catch (SSLException unusable) {
      refused(String.valueOf(unusable.getMessage()));
      return;
    }
    fingerprint = now;
    expires = contents.expires();
    problem = "";
    LOG.atInfo()
        .addKeyValue("event", "tls_changed")
        .addKeyValue("port", port)
        .addKeyValue("result", "used")
        .addKeyValue("serial", contents.chain().getFirst().getSerialNumber().toString(16))
        .addKeyValue("expires", expires.toString())
        .log("the {} port shows another certificate, which expires at {}", port, expires);
  }

  private void refused(String why) {
    if (!why.equals(problem)) {
      LOG.atError()
          .addKeyValue("event", "tls_changed")
          .addKeyValue("port", port)
          .addKeyValue("result", "refused")
          .log(
              "the {} port keeps its certificate, because the new one cannot be used: {}",
              port,
              why);
    }
    problem = why;
  }

  private static ServerIdentity identity(ServerTlsConfig config, TlsContents contents) {
    return new ServerIdentity(
        contents.chain(),
        contents.key(),
        contents.authorities(),
        switch (config.clientAuth()) {
          case NONE -> ServerIdentity.ClientCertificate.NONE;
          case REQUEST -> ServerIdentity.ClientCertificate.REQUEST;
          case REQUIRE -> ServerIdentity.ClientCertificate.REQUIRE;
        });
  }
}
