package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.mock.MockProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests on connections that fail, break, or are drained. */
@Tag("e2e")
@Tag("sockets")
class ConnectionsE2eTest {
  private static final String GPT = GatewayFixture.chat("gpt-4");

  @Test
  void aDeadKeptAliveConnectionIsReplacedWithoutCountingAnAttempt() throws IOException {
    try (RawServer server = RawServer.breakingKept();
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 6; request++) {
        assertThat(fixture.ask(GPT).trail()).isEqualTo("openai/gpt-4:200");
      }
      assertThat(server.connections).hasValueGreaterThanOrEqualTo(6);
      assertThat(fixture.attempts("openai", "success")).isEqualTo(6);
      assertThat(fixture.metric("gateway_retries_total", Map.of())).isZero();
      assertThat(fixture.anthropic.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1, connect_failed",
    "http://no-such-host.invalid, dns_failed",
  })
  void anUnreachableProviderFailsOver(String url, String word) {
    try (GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, url)) {
      Reply reply = fixture.ask(GPT).isAnsweredBy("anthropic");
      assertThat(reply.trail())
          .isEqualTo(
              "openai/gpt-4:" + word + " openai/gpt-4:" + word + " anthropic/claude-3-opus:200");
      fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(502, "provider_unreachable");
    }
  }

  @Test
  void aProviderWithoutTlsIsUnreachable() {
    try (MockProvider plain = MockProvider.openAi();
        GatewayFixture fixture =
            GatewayFixture.open(GatewayFixture.SHORT_TIMES, "https://127.0.0.1:" + plain.port())) {
      Reply reply = fixture.ask(GPT).isAnsweredBy("anthropic");
      assertThat(reply.trail()).startsWith("openai/gpt-4:tls_failed");
    }
  }

  @Test
  void aHandshakeTimesOut() throws IOException {
    String settings = GatewayFixture.with("timeout: {connect: 300ms, read: 400ms, total: 5s}");
    try (RawServer silent = RawServer.breakingKept();
        GatewayFixture fixture =
            GatewayFixture.open(settings, silent.url().replace("http:", "https:"))) {
      Reply reply = fixture.ask(GPT).isAnsweredBy("anthropic");
      assertThat(reply.trail()).startsWith("openai/gpt-4:connect_failed");
    }
  }

  @Test
  void aRetryRepeatsALargeBody() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"script\":[\"server_error\",\"reset\",\"ok\"]}");
      String image = "data:image/png;base64," + "QUJD".repeat(800_000);
      String body =
          "{\"model\":\"gpt-3.5-turbo\",\"messages\":[{\"role\":\"user\",\"content\":"
              + "[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
              + image
              + "\"}}]}]}";
      fixture.ask(body).isAnsweredBy("openai");
      assertThat(fixture.openai.requests())
          .hasSize(3)
          .allSatisfy(seen -> assertThat(seen.body()).isEqualTo(body));
    }
  }

  @Test
  void anEmptyRetryBudgetFailsOverWithoutRetries() {
    String settings =
        GatewayFixture.with(
            "retry: {max_attempts: 3, base_backoff: 1ms, max_backoff: 1ms,"
                + " budget: {ratio: 0, min_per_second: 0}}");
    try (GatewayFixture fixture = GatewayFixture.open(settings)) {
      fixture.openai.configure("{\"server_error_probability\":1}");
      fixture.ask(GPT).isAnsweredBy("anthropic");
      assertThat(fixture.openai.requests()).hasSize(1);
      fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isError(502, "provider_error");
      assertThat(fixture.openai.requests()).hasSize(2);
    }
  }

  @Test
  void everyRequestIsServedWhileThePrimaryFlaps() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      int fromPrimary = 0;
      for (int request = 0; request < 60; request++) {
        boolean well = request / 10 % 2 == 0;
        fixture.openai.configure(well ? "{}" : "{\"server_error_probability\":1}");
        Reply reply = fixture.ask(GPT);
        assertThat(reply.status()).isEqualTo(200);
        fromPrimary += reply.header("x-provider").equals("openai") ? 1 : 0;
      }
      fixture.openai.configure("{}");
      Thread.sleep(750);
      fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(fromPrimary).isPositive();
      // Without a breaker 60 attempts would fail; each faulty phase costs at most 5 and a few
      // probes.
      assertThat(fixture.attempts("openai", "server_error")).isLessThanOrEqualTo(25);
    }
  }

  @Test
  void aDrainFinishesRequestsInFlightAndAcceptsNoNewOnes() throws InterruptedException {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"response_delay_seconds\":0.3}");
      var inFlight = fixture.asking(GPT);
      Thread.sleep(150);
      int port = fixture.gateway.port();
      CompletableFuture<Void> drained = CompletableFuture.runAsync(fixture.gateway::drain);
      Reply.of(inFlight.join()).isAnsweredBy("openai");
      Instant begun = Instant.now();
      drained.join();
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
      assertThat(isFree(port)).isTrue();
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
