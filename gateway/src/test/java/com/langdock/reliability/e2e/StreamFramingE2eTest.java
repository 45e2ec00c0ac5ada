package com.langdock.reliability.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The writes of a stream: chunks that arrive together are sent together, the first with the head.
 */
@Tag("e2e")
class StreamFramingE2eTest {
  private static final int CHUNKS = 20;
  private static final String PATIENT =
      GatewayFixture.with("timeout: {read: 20s, first_token: 20s, total: 30s}");

  /** The size of an HTTP chunk: each stands for one write. */
  private static final Pattern WRITE = Pattern.compile("(?m)^[0-9a-f]+\r$");

  @Test
  void chunksThatArriveTogetherAreSentTogetherWithTheHead() throws IOException {
    try (ServerSocket provider = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        GatewayFixture fixture =
            GatewayFixture.open(PATIENT, "http://127.0.0.1:" + provider.getLocalPort())) {
      Thread.ofVirtual().start(() -> answer(provider));
      String body = GatewayFixture.streamed("gpt-4");
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.port())) {
        String head =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
                + "content-type: application/json\r\n"
                + "connection: close\r\ncontent-length: "
                + body.length()
                + "\r\n\r\n";
        client.getOutputStream().write((head + body).getBytes(US_ASCII));
        byte[] first = new byte[64 * 1024];
        int length = client.getInputStream().read(first);
        String begun = new String(first, 0, length, UTF_8);
        assertThat(begun).startsWith("HTTP/1.1 200 OK\r\n").contains("word0");
        String all = begun + new String(client.getInputStream().readAllBytes(), UTF_8);
        assertThat(all).contains("word" + (CHUNKS - 1), "data: [DONE]");
        assertThat(WRITE.matcher(all).results().count())
            .as("writes, the end included: %s", all)
            .isLessThanOrEqualTo(3);
      }
    }
  }

  private static void answer(ServerSocket provider) {
    try (Socket socket = provider.accept()) {
      InputStream in = socket.getInputStream();
      byte[] request = new byte[64 * 1024];
      int length = in.read(request);
      assertThat(length).isPositive();
      StringBuilder answer =
          new StringBuilder("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n")
              .append("transfer-encoding: chunked\r\n\r\n");
      for (int i = 0; i < CHUNKS; i++) {
        append(answer, chunk("{\"content\":\"word" + i + " \"}", "null"));
      }
      append(answer, chunk("{}", "\"stop\""));
      append(answer, "[DONE]");
      answer.append("0\r\n\r\n");
      socket.getOutputStream().write(answer.toString().getBytes(US_ASCII));
      assertThat(in.read()).as("the gateway keeps or closes the connection").isNotZero();
    } catch (IOException closed) {
      // the test has ended
    }
  }

  private static String chunk(String delta, String finish) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}";
  }

  private static void append(StringBuilder answer, String data) {
    String event = "data: " + data + "\n\n";
    answer.append(Integer.toHexString(event.length())).append("\r\n").append(event).append("\r\n");
  }
}
