package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in a content encoding that was not requested. */
@Tag("e2e")
class EncodedAnswersE2eTest {
  private static final String GPT = GatewayFixture.chat("gpt-4");
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  /** Encodes a response body. */
  enum Encoder {
    GZIP,
    DEFLATE,
    RAW_DEFLATE,
    ZSTD;

    OutputStream to(OutputStream out) throws IOException {
      return switch (this) {
        case GZIP -> new GZIPOutputStream(out, true);
        case DEFLATE -> new DeflaterOutputStream(out, true);
        case RAW_DEFLATE -> new DeflaterOutputStream(out, new Deflater(6, true), 512, true);
        case ZSTD -> new ZstdOutputStream(out).setCloseFrameOnFlush(false);
      };
    }

    byte[] encode(byte[] plain) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream encoding = to(out)) {
        encoding.write(plain);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return out.toByteArray();
    }
  }

  private static RawServer answering(String encoding, byte[] body) throws IOException {
    return new RawServer((in, socket) -> {
      while (true) {
        RawServer.readRequest(in);
        RawServer.write(
            socket,
            OK
                + "content-encoding: "
                + encoding
                + "\r\ncontent-length: "
                + body.length
                + "\r\n\r\n");
        socket.getOutputStream().write(body);
      }
    });
  }

  @ParameterizedTest
  @CsvSource({
    "GZIP, gzip",
    "GZIP, x-gzip",
    "GZIP, GZip",
    "DEFLATE, deflate",
    "RAW_DEFLATE, deflate",
    "ZSTD, zstd"
  })
  void aWholeAnswerIsDecoded(Encoder encoder, String name) throws IOException {
    byte[] body = encoder.encode(RawServer.ANSWER.getBytes(StandardCharsets.UTF_8));
    try (RawServer server = answering(name, body);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 3; request++) {
        Reply reply = fixture.ask(GPT).isAnsweredBy("openai");
        assertThat(reply.json().path("content").asString("")).isEqualTo("hi");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void anEncodedAnswerAndAPlainOneShareAConnection() throws IOException {
    byte[] zipped = Encoder.GZIP.encode(RawServer.ANSWER.getBytes(StandardCharsets.UTF_8));
    String head = OK + "content-encoding: gzip\r\ncontent-length: " + zipped.length + "\r\n\r\n";
    RawServer.Conversation inTurn =
        (in, socket) -> {
          while (true) {
            RawServer.readRequest(in);
            RawServer.write(socket, head);
            socket.getOutputStream().write(zipped);
            RawServer.readRequest(in);
            RawServer.write(socket, RawServer.GOOD);
          }
        };
    try (RawServer server = new RawServer(inTurn);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 4; request++) {
        fixture.ask(GPT).isAnsweredBy("openai");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"GZIP, gzip", "DEFLATE, deflate", "ZSTD, zstd"})
  void eventsOfAStreamAreDecodedAsTheyArrive(Encoder encoder, String name) throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    RawServer.Conversation inPieces =
        (in, socket) -> {
          RawServer.readRequest(in);
          RawServer.write(
              socket,
              OK + "content-type: text/event-stream\r\ncontent-encoding: " + name + "\r\n\r\n");
          OutputStream out = encoder.to(socket.getOutputStream());
          out.write(chunk("one", "null").getBytes(StandardCharsets.UTF_8));
          out.flush();
          if (await(received)) {
            out.write(chunk("two", "\"stop\"").getBytes(StandardCharsets.UTF_8));
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
          }
          out.close();
        };
    try (RawServer server = new RawServer(inPieces);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      HttpRequest request =
          HttpRequest.newBuilder(fixture.url("/v1/chat/completions"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.streamed("gpt-4")))
              .build();
      HttpResponse<InputStream> response =
          fixture.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      StringBuilder events = new StringBuilder();
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          events.append(line).append('\n');
          if (line.contains("one")) {
            received.countDown();
          }
        }
      }
      assertThat(events).contains("\"one\"", "\"two\"").endsWith("data: [DONE]\n\n");
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(400, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String chunk(String content, String finish) {
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
        + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + content
        + "\"},\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  /** 100 MB of spaces in 100 KB. */
  @ParameterizedTest
  @CsvSource({"GZIP, gzip", "ZSTD, zstd"})
  void aDecompressionBombIsUnreadable(Encoder encoder, String name) throws IOException {
    byte[] bomb = encoder.encode(" ".repeat(100_000_000).getBytes(StandardCharsets.US_ASCII));
    try (RawServer server = answering(name, bomb);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
      assertThat(fixture.attempts("openai", "malformed_response")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "compress", "aes128gcm"})
  void anUnknownEncodingIsUnreadable(String encoding) throws IOException {
    try (RawServer server = answering(encoding, "whatever".getBytes(StandardCharsets.UTF_8));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
      assertThat(fixture.attempts("openai", "malformed_response")).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd"})
  void anInvalidlyEncodedAnswerIsUnreadable(String encoding) throws IOException {
    byte[] plain = RawServer.ANSWER.getBytes(StandardCharsets.UTF_8);
    try (RawServer server = answering(encoding, plain);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
    }
  }

  @Test
  void identityIsNoEncoding() throws IOException {
    byte[] plain = RawServer.ANSWER.getBytes(StandardCharsets.UTF_8);
    try (RawServer server = answering("identity", plain);
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("openai");
    }
  }
}
