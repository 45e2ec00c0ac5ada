package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Stage;
import com.langdock.reliability.e2e.StreamReply;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ways in which a provider's streams may differ. */
@Tag("e2e")
class ProviderStreamsE2eTest {
  static final String HEAD =
      "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
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
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      StreamReply reply = stage.stream(Stage.streamed("gpt-3.5-turbo")).isWhole();
      assertThat(server.connections).as("attempts").hasValue(1);
      return reply;
    }
  }

  @Test
  void theHeadAndTheFirstChunkArriveInOneReadThoughChunksComeOneByOne() throws IOException {
    try (RawServer server = sending(150, HEAD, ROLE, text("one "), text("two "), FINISH);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      for (int round = 0; round < 5; round++) {
        try (RawStream client = new RawStream(stage, Stage.streamed("gpt-3.5-turbo"))) {
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
}
