package com.langdock.reliability.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.gateway.config.ServerConfig;
import io.vertx.core.transport.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TransportChoiceTest {
  private static final String FORBIDDEN = "failed to create io_uring ring fd: Permission denied";

  @Test
  void autoTakesTheFirst() {
    assertThat(start(ServerConfig.Transport.AUTO, fine("io_uring"), fine("epoll"), fine("nio")))
        .isEqualTo(new TransportChoice<>("started io_uring", "io_uring", ""));
  }

  @Test
  void autoTakesTheNextWhereOneIsNotAvailable() {
    TransportChoice<String> choice =
        start(
            ServerConfig.Transport.AUTO,
            missing("io_uring", new UnsupportedOperationException("you need at least kernel 5.9")),
            fine("epoll"),
            fine("nio"));

    assertThat(choice.started()).isEqualTo("started epoll");
    assertThat(choice.transport()).isEqualTo("epoll");
    assertThat(choice.reason()).startsWith("io_uring is not available: the kernel is too old (");
  }

  @Test
  void autoTakesTheNextWhereOneDoesNotStart() {
    TransportChoice<String> choice =
        TransportChoice.start(
            ServerConfig.Transport.AUTO,
            List.of(fine("io_uring"), fine("epoll")),
            transport -> {
              if (transport.name().equals("io_uring")) {
                throw new IllegalStateException("failed: try raising memlock limit");
              }
              return "started";
            });

    assertThat(choice)
        .isEqualTo(
            new TransportChoice<>(
                "started",
                "epoll",
                "io_uring is not available: too little memory may be locked;"
                    + " raise the limit (ulimit -l)"));
  }

  @Test
  void autoEndsAtJavasOwn() {
    TransportChoice<String> choice =
        start(
            ServerConfig.Transport.AUTO,
            missing("io_uring", new IllegalStateException("Only supported on Linux")),
            missing("epoll", new IllegalStateException("Only supported on Linux")),
            fine("nio"));

    assertThat(choice)
        .isEqualTo(
            new TransportChoice<>(
                "started nio",
                "nio",
                "io_uring is not available: only Linux has it;"
                    + " epoll is not available: only Linux has it"));
  }

  @ParameterizedTest
  @EnumSource(value = ServerConfig.Transport.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void theConfiguredOneIsTaken(ServerConfig.Transport wanted) {
    TransportChoice<String> choice = start(wanted, fine("io_uring"), fine("epoll"), fine("nio"));

    assertThat(choice.transport()).isEqualToIgnoringCase(wanted.name());
    assertThat(choice.started()).isEqualToIgnoringCase("started " + wanted);
    assertThat(choice.reason()).isEmpty();
  }

  @Test
  void theConfiguredOneIsNotReplacedByAnother() {
    assertThatThrownBy(() ->
            start(
                ServerConfig.Transport.IO_URING,
                missing("io_uring", new IllegalStateException(new RuntimeException(FORBIDDEN))),
                fine("epoll")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("server.transport: io_uring is not available: ")
        .hasMessageEndingWith("; set auto, or one that works here");
  }

  @Test
  void knowsThoseOfThisProcess() {
    assertThat(TransportChoice.known())
        .extracting(Transport::name)
        .containsExactly("io_uring", "epoll", "nio");
  }

  private static TransportChoice<String> start(ServerConfig.Transport wanted, Transport... known) {
    return TransportChoice.start(
        wanted, List.of(known), transport -> "started " + transport.name());
  }

  private static Transport fine(String name) {
    return new FakeTransport(name, null);
  }

  private static Transport missing(String name, Throwable cause) {
    return new FakeTransport(name, cause);
  }

  private record FakeTransport(String name, @Nullable Throwable unavailabilityCause)
      implements Transport {
    @Override
    public boolean available() {
      return unavailabilityCause == null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
      throw new AssertionError("not asked for");
    }
  }
}
