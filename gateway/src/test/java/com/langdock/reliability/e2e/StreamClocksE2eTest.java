package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.log.SeenRequest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Time limits of streams: late first content, endless streams, slow and disconnecting clients,
 * drains.
 */
@Tag("e2e")
class StreamClocksE2eTest {
  private static final String SLOW_START = "{\"first_token_delay_seconds\":1.5}";

  @Test
  void aLateFirstContentFailsOver() {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure(SLOW_START);
      StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole();
      assertThat(reply.header("x-provider")).isEqualTo("anthropic");
      assertThat(reply.header("x-attempt-trail")).startsWith("openai/gpt-4:timeout:");
      assertThat(fixture.attempts("openai", "timeout")).isEqualTo(1);
      assertThat(fixture.openai.requests().getFirst().clientGone()).isTrue();
    }
  }

  @Test
  void aLateFirstContentIsAwaitedWithoutAnotherTarget() {
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.with("timeout: {first_token: 300ms, total: 8s}"))) {
      fixture.openai.configure(SLOW_START);
      StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole();
      assertThat(reply.header("x-attempts")).isEqualTo("1");
    }
  }

  @Test
  void aReasoningRequestMayThinkFirst() {
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.with("timeout: {first_token: 300ms, total: 8s}"))) {
      fixture.openai.configure(SLOW_START);
      String body = GatewayFixture.streamed("gpt-4", "\"reasoning_effort\":\"high\"");
      assertThat(fixture.stream(body).isWhole().header("x-provider")).isEqualTo("openai");
    }
  }

  @Test
  void theDeadlineEndsWithTheFirstContent() {
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.with("timeout: {total: 1s, stream_total: 8s}"))) {
      fixture.openai.configure("{\"chunks\":25,\"token_delay_ms\":100}");
      fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole();
    }
  }

  @Test
  void aStreamThatIsTooLongEndsInAnError() {
    try (GatewayFixture fixture =
        GatewayFixture.open(GatewayFixture.with("timeout: {total: 1s, stream_total: 1s}"))) {
      fixture.openai.configure("{\"chunks\":100,\"token_delay_ms\":100}");
      fixture.stream(GatewayFixture.streamed("gpt-4")).isBroken("deadline_exceeded");
      assertThat(fixture.anthropic.requests()).isEmpty();
      await(() -> fixture.openai.requests().getFirst().clientGone());
    }
  }

  @Test
  void anUnreadableEventIsSkippedIfConfigured() {
    String settings =
        GatewayFixture.with("streaming: {heartbeat_timeout: 500ms, validate_chunks: false}");
    try (GatewayFixture fixture = GatewayFixture.open(settings)) {
      fixture.openai.configure("{\"script\":[\"malformed\"]}");
      StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-4")).isWhole();
      assertThat(reply.text()).endsWith("Finished by openai/gpt-4.");
      assertThat(fixture.anthropic.requests()).isEmpty();
    }
  }

  @Test
  void aBreakIsAnErrorIfConfigured() {
    String settings = GatewayFixture.with("streaming: {heartbeat_timeout: 500ms, on_break: error}");
    try (GatewayFixture fixture = GatewayFixture.open(settings)) {
      fixture.openai.configure("{\"script\":[\"stream_cut\"]}");
      fixture.stream(GatewayFixture.streamed("gpt-4")).isBroken("provider_error");
      assertThat(fixture.anthropic.requests()).isEmpty();
      assertThat(fixture.metric("gateway_requests_total", Map.of("outcome", "provider_error")))
          .isEqualTo(1);
    }
  }

  @Test
  void aDisconnectedClientEndsItsUpstreamWithinASecondAndIsRecorded() throws Exception {
    try (GatewayFixture fixture = GatewayFixture.open()) {
      fixture.openai.configure("{\"chunks\":400,\"token_delay_ms\":50}");
      try (Socket client = send(fixture, GatewayFixture.streamed("gpt-4"))) {
        readUntil(client.getInputStream(), "mock");
      }
      long left = System.nanoTime();
      await(() -> fixture.openai.requests().getFirst().clientGone());
      assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
      await(() -> fixture.metric("gateway_requests_total", Map.of("outcome", "cancelled")) == 1);
      assertThat(fixture.metric("gateway_tokens_total", Map.of("type", "output"))).isPositive();
      assertThat(fixture.metric("gateway_requests_in_flight", Map.of())).isZero();
    }
  }

  @Test
  void aClientThatReadsNothingPausesItsProvider() throws Exception {
    String patient =
        GatewayFixture.with("timeout: {read: 20s, first_token: 20s, total: 30s}")
            .replace("heartbeat_timeout: 500ms", "heartbeat_timeout: 20s");
    try (GatewayFixture fixture = GatewayFixture.open(patient)) {
      String answer = "word ".repeat(4_000_000);
      fixture.openai.configure("{\"chunks\":4000,\"answer\":\"" + answer + "\"}");
      try (Socket client = send(fixture, GatewayFixture.streamed("gpt-4"))) {
        readUntil(client.getInputStream(), "word");
        Thread.sleep(1_500);
        SeenRequest seen = fixture.openai.requests().getFirst();
        assertThat(seen.endedAfterMillis()).as("the provider is held back").isNull();
        assertThat(client.getInputStream().readNBytes(answer.length())).hasSize(answer.length());
        await(() -> fixture.openai.requests().getFirst().endedAfterMillis() != null);
      }
    }
  }

  @Test
  void aDrainLetsStreamsFinish() {
    GatewayFixture fixture = GatewayFixture.open();
    fixture.openai.configure("{\"chunks\":20,\"token_delay_ms\":100}");
    CompletableFuture<StreamReply> reply =
        fixture.asking(GatewayFixture.streamed("gpt-4")).thenApply(StreamReply::of);
    await(() -> !fixture.openai.requests().isEmpty());
    fixture.gateway.drain();
    reply.join().isWhole();
    fixture.close();
  }

  private static Socket send(GatewayFixture fixture, String body) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.port());
    client.setReceiveBufferSize(16 * 1024);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json"
            + "\r\ncontent-length: "
            + bytes.length
            + "\r\n\r\n";
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().write(bytes);
    return client;
  }

  private static void readUntil(InputStream in, String word) throws IOException {
    InputStream buffered = new BufferedInputStream(in, 64);
    StringBuilder read = new StringBuilder();
    while (read.indexOf(word) < 0) {
      int octet = buffered.read();
      assertThat(octet).as(read.toString()).isNotNegative();
      read.append((char) octet);
    }
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - until).as("still waiting").isNegative();
      try {
        Thread.sleep(10);
      } catch (InterruptedException stop) {
        throw new AssertionError(stop);
      }
    }
  }
}
