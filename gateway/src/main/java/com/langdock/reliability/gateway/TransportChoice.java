package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.FatalErrors;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.config.ServerConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What was started on a transport: the configured one, or the best that works on this machine.
 *
 * @param transport its name
 * @param reason why better ones do not work here, empty where there are none
 */
record TransportChoice<T>(T started, String transport, String reason) {
  /**
   * Whether Netty waits for a socket's bytes by one poll that lasts. It does not report a reset
   * that came together with the last bytes, so such a connection would seem to be silent. A poll
   * for each read does.
   */
  private static final String LASTING_POLL = "io.netty.iouring.pollAddMultishotEnabled";

  /** The transports that this process has classes for, best first. */
  static List<Transport> known() {
    // Netty reads it when the first of its classes for io_uring is loaded, here or before.
    System.getProperties().putIfAbsent(LASTING_POLL, "false");
    // Vert.x has null for those without classes.
    return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.KQUEUE, Transport.NIO)
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Starts on the transport that is {@code wanted}. An available one may still fail to start, for
   * want of memory or descriptors; {@code AUTO} then takes the next.
   *
   * @throws IllegalStateException when none starts: its message is one line that names the setting
   */
  static <T> TransportChoice<T> start(
      ServerConfig.Transport wanted, List<Transport> known, Function<Transport, T> start) {
    List<String> reasons = new ArrayList<>();
    for (Transport transport : known) {
      String name = transport.name();
      if (wanted == ServerConfig.Transport.AUTO || name.equals(Labels.of(wanted))) {
        try {
          T started = started(transport, start);
          return new TransportChoice<>(started, name, String.join("; ", reasons));
        } catch (Throwable problem) {
          FatalErrors.rethrow(problem);
          reasons.add(name + " is not available: " + MissingTransport.reason(problem));
        }
      }
    }
    throw new IllegalStateException(
        "server.transport: " + String.join("; ", reasons) + "; set auto, or one that works here");
  }

  private static <T> T started(Transport transport, Function<Transport, T> start) {
    if (!transport.available()) {
      throw new IllegalStateException(transport.unavailabilityCause());
    }
    return start.apply(transport);
  }

  /** Vert.x on {@code transport}, which needs no files but those that it is given. */
  static Vertx vertx(Transport transport) {
    return Vertx.builder()
        .withTransport(transport)
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)))
        .build();
  }
}
