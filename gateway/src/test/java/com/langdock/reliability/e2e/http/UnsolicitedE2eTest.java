package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unsolicited bytes of a provider must never become the answer to a request. */
@Tag("e2e")
@Tag("sockets")
class UnsolicitedE2eTest {
  private static final String GPT = GatewayFixture.chat("gpt-4");
  private static final String STRAY =
      RawServer.GOOD.replace("\"content\":\"hi\"", "\"content\":\"no\"");

  private static double unsolicited(GatewayFixture fixture) {
    return fixture.metric("gateway_upstream_unsolicited_total", Map.of("provider", "openai"));
  }

  /** Bytes in the same packet as the answer: a complete response first, then incomplete ones. */
  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 2", "x"})
  void bytesAfterTheAnswerAreDiscarded(String more) throws IOException {
    String reply = RawServer.GOOD + (more.isEmpty() ? STRAY : more);
    try (RawServer server = RawServer.answering(reply);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 4; request++) {
        assertThat(fixture.ask(GPT).isAnsweredBy("openai").json().path("content").asString(""))
            .isEqualTo("hi");
      }
      assertThat(server.connections).hasValue(4);
      assertThat(unsolicited(fixture)).isEqualTo(4);
    }
  }

  @Test
  void bytesOnAnIdleConnectionSuspendAllReuse() throws IOException {
    AtomicInteger served = new AtomicInteger();
    RawServer.Conversation strayOnce =
        (in, socket) -> {
          while (true) {
            RawServer.readRequest(in);
            RawServer.write(socket, RawServer.GOOD);
            if (served.incrementAndGet() == 2) {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
              RawServer.write(socket, STRAY);
            }
          }
        };
    try (RawServer server = new RawServer(strayOnce);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("openai");
      fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(1);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      assertThat(unsolicited(fixture)).isEqualTo(1);
      for (int request = 0; request < 3; request++) {
        assertThat(fixture.ask(GPT).isAnsweredBy("openai").json().path("content").asString(""))
            .isEqualTo("hi");
      }
      assertThat(server.connections).hasValue(4);
      assertThat(unsolicited(fixture)).isEqualTo(1);
    }
  }

  /** HAProxy and others send this before they close an idle connection. */
  @Test
  void aTimeoutOnAnIdleConnectionOnlyClosesIt() throws IOException {
    RawServer.Conversation closing =
        (in, socket) -> {
          RawServer.readRequest(in);
          RawServer.write(socket, RawServer.GOOD);
          RawServer.readRequest(in);
          RawServer.write(socket, RawServer.GOOD);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
          RawServer.write(
              socket, "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n<p>too late</p>");
        };
    try (RawServer server = new RawServer(closing);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 4; request++) {
        fixture.ask(GPT).isAnsweredBy("openai");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      assertThat(server.connections).hasValue(2);
      assertThat(unsolicited(fixture)).isZero();
    }
  }
}
