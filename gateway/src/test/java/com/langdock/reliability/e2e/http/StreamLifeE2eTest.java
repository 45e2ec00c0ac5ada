package com.langdock.reliability.e2e.http;

import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.FINISH;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.HEAD;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.ROLE;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.chunk;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.sending;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.StreamReply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Heartbeats of streams without content, on both sides, and ends that are not silence. */
@Tag("e2e")
@Tag("sockets")
class StreamLifeE2eTest {
  private static final String SETTINGS =
      GatewayFixture.with(
              "streaming: {heartbeat_timeout: 800ms, thinking_timeout: 5s, keep_alive: 100ms,"
                  + " early_head: 250ms}")
          .replace("first_token: 600ms", "first_token: 5s")
          .replace("read: 700ms", "read: 5s");

  /** A race that is lost one time in twenty would show. */
  private static final int RESETS = 150;

  private static final String COMMENT = ": keep-alive\n";
  private static final String PING = ": ping\n\n";

  @Test
  void anIdleStreamIsKeptAlive() throws IOException {
    try (RawServer server =
            sending(200, HEAD + ROLE + text("Good "), PING, PING, text("day"), FINISH);
        GatewayFixture fixture = GatewayFixture.open(SETTINGS, server.url());
        RawStream client = new RawStream(fixture, GatewayFixture.streamed("gpt-3.5-turbo"))) {
      String all = client.rest();
      assertThat(all.split(COMMENT, -1)).hasSizeGreaterThan(3);
      assertThat(all).doesNotContain(COMMENT + "\n").contains(COMMENT + "data: {", "[DONE]");
    }
  }

  @Test
  void theHeadIsSentEarlyAndFailoverContinues() throws IOException {
    try (RawServer server = sending(700, HEAD, "");
        GatewayFixture fixture = GatewayFixture.open(SETTINGS, server.url());
        RawStream client = new RawStream(fixture, GatewayFixture.streamed("gpt-4"))) {
      assertThat(client.read())
          .startsWith("HTTP/1.1 200 OK")
          .contains("x-request-id: ", COMMENT)
          .doesNotContain("data: ", "x-provider");
      assertThat(client.rest()).contains("anthropic/claude-3-opus.", "[DONE]");
    }
  }

  @Test
  void aFailureAfterAnEarlyHeadIsAnEventOfTheStream() throws IOException {
    try (RawServer server = sending(600, HEAD + ROLE, "");
        GatewayFixture fixture = GatewayFixture.open(SETTINGS, server.url())) {
      fixture.anthropic.configure("{\"server_error_probability\":1}");
      StreamReply reply =
          fixture.stream(GatewayFixture.streamed("gpt-4")).isBroken("provider_error");
      assertThat(reply.comments()).isNotEmpty().containsOnly("keep-alive");
      assertThat(reply.chunks()).isEmpty();
      assertThat(reply.response().body()).contains("\"attempts\":[{\"provider\":\"openai\"");
    }
  }

  @Test
  void longSilenceIsAllowedWhileAModelThinks() throws IOException {
    String thought = chunk("{\"reasoning_content\":\"Well. \"}", "null");
    try (RawServer server =
            sending(1_500, HEAD + ROLE + thought, thought, text("Good day") + FINISH);
        GatewayFixture fixture = GatewayFixture.open(SETTINGS, server.url())) {
      assertThat(fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole().text())
          .isEqualTo("Good day");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void longSilenceInTheTextIsAFailure() throws IOException {
    try (RawServer server = sending(2_000, HEAD + ROLE + text("Good "), text("day") + FINISH);
        GatewayFixture fixture = GatewayFixture.open(SETTINGS, server.url())) {
      fixture.stream(GatewayFixture.streamed("gpt-4"));
      assertThat(fixture.attempts("openai", "stalled")).isEqualTo(1);
    }
  }

  @Test
  void pingsCountAsActivity() throws IOException {
    try (RawServer server =
            sending(300, HEAD + ROLE + text("Good "), PING, PING, PING, text("day") + FINISH);
        GatewayFixture fixture = GatewayFixture.open(SETTINGS, server.url())) {
      assertThat(fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole().text())
          .isEqualTo("Good day");
    }
  }

  /** The end comes together with the last bytes, which a transport may take for all there is. */
  @Test
  void aResetIsNotTakenForSilence() throws IOException {
    RawServer.Conversation broken =
        (in, socket) -> {
          RawServer.readRequest(in);
          ProviderStreamsE2eTest.send(socket, 0, HEAD, ROLE, text("Good "));
          socket.setSoLinger(true, 0);
        };
    String once =
        SETTINGS
            .replace("max_attempts: 3", "max_attempts: 1")
            .replace("threshold: 5", "threshold: 1000");
    try (RawServer server = new RawServer(broken);
        GatewayFixture fixture = GatewayFixture.open(once, server.url())) {
      for (int round = 0; round < RESETS; round++) {
        fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo"));
      }
      assertThat(fixture.attempts("openai", "stream_broken")).isEqualTo(RESETS);
    }
  }

  @Test
  void aClientThatDisconnectsDuringSilenceEndsItsUpstream() throws Exception {
    CompletableFuture<Integer> gone = new CompletableFuture<>();
    RawServer.Conversation silent =
        (in, socket) -> {
          RawServer.readRequest(in);
          RawServer.write(socket, HEAD + ROLE + text("Good "));
          socket.setSoTimeout(10_000);
          gone.complete(in.read());
        };
    try (RawServer server = new RawServer(silent);
        GatewayFixture fixture =
            GatewayFixture.open(ProviderStreamsE2eTest.PATIENT, server.url())) {
      try (RawStream client = new RawStream(fixture, GatewayFixture.streamed("gpt-3.5-turbo"))) {
        client.until("Good ");
      }
      assertThat(gone.get(2, TimeUnit.SECONDS)).isEqualTo(-1);
    }
  }
}
