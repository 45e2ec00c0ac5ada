package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variants of a provider's HTTP, and the reuse of its connections. */
@Tag("e2e")
@Tag("sockets")
class ProviderHttpE2eTest {
  private static final String GPT = GatewayFixture.chat("gpt-4");
  private static final String ANSWER = RawServer.ANSWER;
  private static final String LARGE_WINDOW = "models: {gpt-4: {context_window: 1000000000}}\n";
  private static final String REST = RawServer.REST;
  private static final String LENGTH = "content-length: " + ANSWER.length() + "\r\n\r\n";

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n" + REST);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 5; request++) {
        fixture.ask(GPT).isAnsweredBy("openai");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nconnection: close\r\n",
        "HTTP/1.1 200 OK\r\nkeep-alive: timeout=0, max=100\r\n",
        "HTTP/1.0 200 OK\r\n",
      })
  void aProviderThatClosesIsNotSentAnotherRequest(String head) throws IOException {
    try (RawServer server = RawServer.answering(head + REST);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 3; request++) {
        assertThat(fixture.ask(GPT).isAnsweredBy("openai").trail()).isEqualTo("openai/gpt-4:200");
      }
      assertThat(server.connections).hasValue(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nl: x\r\n\r\n"})
  void informationalResponsesAreSkipped(String before) throws IOException {
    try (RawServer server = RawServer.answering(before + "HTTP/1.1 200 OK\r\n" + REST);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("openai");
      fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void anAnswerMayEndWithItsConnection() throws IOException {
    try (RawServer server = RawServer.answeringOnce("HTTP/1.1 200 OK\r\n\r\n" + ANSWER);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      assertThat(fixture.ask(GPT).trail()).isEqualTo("openai/gpt-4:200");
    }
  }

  @Test
  void anAnswerMayComeInChunks() throws IOException {
    String chunks = "5\r\n" + ANSWER.substring(0, 5) + "\r\n";
    String rest = ANSWER.substring(5);
    String reply =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
            + chunks
            + Integer.toHexString(rest.length())
            + "\r\n"
            + rest
            + "\r\n0\r\n\r\n";
    try (RawServer server = RawServer.answering(reply);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("openai");
      fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void anAnswerShorterThanItsLengthIsBroken() throws IOException {
    String reply = "HTTP/1.1 200 OK\r\n" + LENGTH + ANSWER.substring(9);
    try (RawServer server = RawServer.answeringOnce(reply);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
    }
  }

  @Test
  void invalidHttpIsAFailure() throws IOException {
    try (RawServer server = RawServer.answering("SSH-2.0-OpenSSH_9.7\r\n\r\n");
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
    }
  }

  @Test
  void bytesAfterTheAnswerCloseTheConnection() throws IOException {
    String reply = "HTTP/1.1 200 OK\r\n" + REST + "HTTP/1.1 200 OK\r\n" + REST;
    try (RawServer server = RawServer.answering(reply);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("openai");
      fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void aLargeRequestIsSentAsFastAsItsProviderReads() throws IOException {
    Queue<byte[]> read = new ConcurrentLinkedQueue<>();
    RawServer.Conversation slowly =
        (in, socket) -> {
          while (true) {
            read.add(readSlowly(RawServer.readHead(in), in));
            RawServer.write(socket, RawServer.GOOD);
          }
        };
    try (RawServer server = new RawServer(slowly);
        GatewayFixture fixture =
            GatewayFixture.open(GatewayFixture.SHORT_TIMES + LARGE_WINDOW, server.url())) {
      String large = GatewayFixture.chat("gpt-4").replace("Say hi", "Say hi. ".repeat(1_000_000));
      for (int request = 0; request < 2; request++) {
        assertThat(fixture.ask(large).isAnsweredBy("openai").trail()).isEqualTo("openai/gpt-4:200");
        assertThat(read.remove()).asString(StandardCharsets.UTF_8).isEqualTo(large);
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  /** Reads with pauses in which the gateway cannot write. */
  private static byte[] readSlowly(int length, InputStream in) throws IOException {
    byte[] body = new byte[length];
    int part = length / 5 + 1;
    for (int at = 0; at < length; at += part) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
      in.readNBytes(body, at, Math.min(part, length - at));
    }
    return body;
  }

  @Test
  void aProviderMayAnswerBeforeItHasReadAll() throws IOException {
    RawServer.Conversation early =
        (in, socket) -> {
          RawServer.readHead(in);
          RawServer.write(socket, RawServer.GOOD);
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
        };
    try (RawServer server = new RawServer(early);
        GatewayFixture fixture =
            GatewayFixture.open(GatewayFixture.SHORT_TIMES + LARGE_WINDOW, server.url())) {
      String large = GatewayFixture.chat("gpt-4").replace("Say hi", "Say hi. ".repeat(1_000_000));
      for (int request = 0; request < 2; request++) {
        assertThat(fixture.ask(large).isAnsweredBy("openai").trail()).isEqualTo("openai/gpt-4:200");
      }
      assertThat(server.connections).hasValue(2);
    }
  }
}
