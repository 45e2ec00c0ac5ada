package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.StreamReply;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Variants of a provider's streams. */
@Tag("e2e")
class ProviderStreamsE2eTest {
  static final String HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

  /** For tests in which time does not matter. */
  static final String PATIENT =
      GatewayFixture.with("timeout: {connect: 5s, read: 5s, first_token: 5s, total: 20s}")
          .replace("heartbeat_timeout: 500ms", "heartbeat_timeout: 5s");

  static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  static final String FINISH = chunk("{}", "\"stop\"") + event("[DONE]");

  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  static String chunk(String delta, String finish) {
    return event(
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4\","
            + "\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":"
            + finish
            + "}]}");
  }

  static String text(String text) {
    return chunk("{\"content\":\"" + text + "\"}", "null");
  }

  /** A provider that sends these pieces with pauses between them. */
  static RawServer sending(int pauseMillis, String... pieces) throws IOException {
    return new RawServer((in, socket) -> {
      RawServer.readRequest(in);
      send(socket, pauseMillis, pieces);
    });
  }

  static void send(Socket socket, int pauseMillis, String... pieces) throws IOException {
    socket.setTcpNoDelay(true);
    for (String piece : pieces) {
      RawServer.write(socket, piece);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
    }
  }

  private static StreamReply reply(String... pieces) throws IOException {
    try (RawServer server = sending(20, pieces);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      StreamReply reply = fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole();
      assertThat(server.connections).as("attempts").hasValue(1);
      return reply;
    }
  }

  @Test
  void theHeadAndTheFirstChunkArriveInOneRead() throws IOException {
    try (RawServer server = sending(150, HEAD, ROLE, text("one "), text("two "), FINISH);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      for (int round = 0; round < 5; round++) {
        try (RawStream client = new RawStream(fixture, GatewayFixture.streamed("gpt-3.5-turbo"))) {
          assertThat(client.read()).startsWith("HTTP/1.1 200 OK").contains("one ");
          assertThat(client.rest()).contains("two ", "[DONE]");
        }
      }
    }
  }

  @Test
  void heartbeatsOfAnyNameAreSkipped() throws IOException {
    StreamReply reply =
        reply(
            HEAD + event("{}") + ROLE + text("Good "),
            event("{\"type\":\"ping\"}") + event("null"),
            text("day") + event("{}") + FINISH);
    assertThat(reply.text()).isEqualTo("Good day");
  }

  @Test
  void aLargeImageIsPassedOn() throws IOException {
    String image =
        "{\"content\":\"\",\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:"
            + "QUJD".repeat(400_000)
            + "\"}}]}";
    StreamReply reply = reply(HEAD + ROLE, chunk(image, "null"), FINISH);
    assertThat(reply.response().body()).contains(image);
  }

  @Test
  void aWholeAnswerBecomesAStream() throws IOException {
    StreamReply reply = reply(RawServer.GOOD);
    assertThat(reply.text()).isEqualTo("hi");
    assertThat(reply.distinct("object")).containsExactly("chat.completion.chunk");
    assertThat(reply.finishReasons()).containsExactly("stop");
  }

  @Test
  void eventsAreReadWithAnyContentType() throws IOException {
    for (String label : new String[] {"application/json", "text/html", "text/plain"}) {
      String head = HEAD.replace("text/event-stream", label);
      assertThat(reply(head, ROLE + text("Good "), text("day") + FINISH).text())
          .as(label)
          .isEqualTo("Good day");
    }
  }

  @Test
  void aWholeAnswerIsAssembledFromEvents() throws IOException {
    String usage =
        event(
            "{\"choices\":[],\"usage\":"
                + "{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}");
    String stream = HEAD + ROLE + text("Good ") + text("day");
    String finish = chunk("{}", "\"stop\"");
    try (RawServer server = sending(0, stream + finish + usage + event("[DONE]"));
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      Reply reply = fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isAnsweredBy("openai");
      assertThat(reply.json().path("object").asString("")).isEqualTo("chat.completion");
      assertThat(reply.json().path("content").asString("")).isEqualTo("Good day");
      assertThat(reply.json().at("/choices/0/message/content").asString("")).isEqualTo("Good day");
      assertThat(reply.json().at("/choices/0/finish_reason").asString("")).isEqualTo("stop");
      assertThat(reply.json().path("tokens_used").asInt()).isEqualTo(5);
    }
    try (RawServer server = sending(0, stream);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
    }
  }

  @Test
  void aWholeAnswerFromEventsEndsBeforeTheConnection() throws IOException {
    RawServer.Conversation open =
        (in, socket) -> {
          RawServer.readRequest(in);
          send(socket, 5_000, HEAD + ROLE + text("Good day") + FINISH);
        };
    try (RawServer server = new RawServer(open);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      Reply reply = fixture.ask(GatewayFixture.chat("gpt-3.5-turbo")).isAnsweredBy("openai");
      assertThat(reply.json().path("content").asString("")).isEqualTo("Good day");
      assertThat(reply.json().path("total_latency_ms").asInt()).isLessThan(4_000);
    }
  }

  @Test
  void aConnectionWithBytesAfterTheEndIsClosed() throws IOException {
    String[] forever = new String[80];
    Arrays.fill(forever, ": ping\n\n");
    forever[0] = HEAD + ROLE + text("Good day") + FINISH;
    AtomicInteger sent = new AtomicInteger();
    RawServer.Conversation pings =
        (in, socket) -> {
          RawServer.readRequest(in);
          for (String piece : forever) {
            send(socket, 100, piece);
            sent.incrementAndGet();
          }
        };
    try (RawServer server = new RawServer(pings);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      assertThat(fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole().text())
          .isEqualTo("Good day");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_500));
      assertThat(sent.get()).isLessThan(12);
    }
  }

  @Test
  void aProviderThatFloodsAfterTheEndIsCutOff() throws IOException {
    AtomicLong sent = new AtomicLong();
    RawServer.Conversation flood =
        (in, socket) -> {
          RawServer.readRequest(in);
          send(socket, 0, HEAD + ROLE + text("Good day") + FINISH);
          String some = ": flood\n".repeat(8_000);
          for (int i = 0; i < 4_000; i++) {
            RawServer.write(socket, some);
            sent.addAndGet(some.length());
          }
        };
    try (RawServer server = new RawServer(flood);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
      // the socket buffers of both sides are outside the gateway
      assertThat(sent.get()).isLessThan(16 * 1024 * 1024);
    }
  }

  @Test
  void aCompletedConnectionIsReused() throws IOException {
    RawServer.Conversation twice =
        (in, socket) -> {
          while (true) {
            RawServer.readRequest(in);
            String head = HEAD.replace("connection: close", "transfer-encoding: chunked");
            send(socket, 20, head + http(ROLE + text("Good day") + FINISH), http(": bye\n"));
            RawServer.write(socket, "0\r\n\r\n");
          }
        };
    try (RawServer server = new RawServer(twice);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, server.url())) {
      for (int round = 0; round < 3; round++) {
        fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  private static String http(String chunk) {
    return Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n";
  }
}
