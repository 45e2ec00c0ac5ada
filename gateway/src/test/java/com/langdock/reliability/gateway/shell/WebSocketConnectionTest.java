package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connection of a WebSocket: its handshake, its frames and its limits. */
class WebSocketConnectionTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 1}
      streaming: {early_head: 2s}
      server: {max_body: 100KiB, websocket: {max_age: 10m, idle_timeout: 2m}}
      providers: [{name: a, type: openai, base_url: "http://a.test", models: [m]}]
      """;
  private static final String CREATE = "{'type':'response.create','model':'m','input':'Hi'}";

  private final TestGateway gateway = TestGateway.of(CONFIG, TestParts.NONE);

  @AfterEach
  void close() {
    gateway.close();
  }

  private FakeSocket open() {
    return FakeSocket.open(gateway);
  }

  private FakeProvider provider() {
    return gateway.provider("a");
  }

  @Nested
  class Handshake {
    @Test
    void isAcceptedWithTheAnswerToTheKey() {
      FakeSocket socket = open();

      assertThat(socket.head())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "x-request-id: req_");
      assertThat(socket.frames()).isEmpty();
      gateway.assertNothingHeld();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "sec-websocket-version: 13 | sec-websocket-version: 8 | 426",
          "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ== | sec-websocket-key: short | 400",
          "connection: keep-alive, Upgrade | connection: keep-alive | 400",
          "GET /v1/responses | GET /v1/chat/completions | 426",
        })
    void isRefused(String line, String other, int status) {
      FakeClient client = gateway.client().write(FakeSocket.handshake().replace(line, other));
      gateway.settle();

      assertThat(client.reply().status()).isEqualTo(status);
      gateway.assertNothingHeld();
    }

    @Test
    void isRefusedWhereItIsSwitchedOff() {
      gateway.use(CONFIG.replace("max_age: 10m", "enabled: false"));
      FakeSocket socket = open();

      assertThat(socket.client().reply().status()).isEqualTo(426);
      assertThat(socket.client().reply().headers()).containsEntry("upgrade", "HTTP/1.1");
    }

    @Test
    void frameRightBehindItIsRead() {
      provider().otherwise(call -> call.stream("Hello."));
      byte[] frame = FakeSocket.text(CREATE);
      FakeClient client = gateway.client();
      byte[] head = FakeSocket.handshake().getBytes(UTF_8);
      byte[] both = Arrays.copyOf(head, head.length + frame.length);
      System.arraycopy(frame, 0, both, head.length, frame.length);
      client.write(both);
      gateway.settle();

      assertThat(client.raw()).contains("response.completed");
    }
  }

  @Nested
  class WhenTheClientLeaves {
    @Test
    void cancelsTheRunningRequest() {
      provider().otherwise(call -> call.beginStream().text("Hel"));
      FakeSocket socket = open().send(CREATE).send(CREATE);
      socket.client().leave();

      assertThat(provider().calls()).hasSize(1);
      assertThat(provider().lastCall().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void cancelsWhenItCloses() {
      provider().otherwise(call -> call.beginStream().text("Hel"));
      FakeSocket socket = open().send(CREATE);
      socket.send(FakeSocket.frame(true, FakeSocket.CLOSE, new byte[] {3, (byte) 232}));

      assertThat(socket.closedWith()).isEqualTo(1000);
      assertThat(socket.client().isClosed()).isTrue();
      assertThat(provider().lastCall().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void inTheMiddleOfAMessage() {
      FakeSocket socket = open();
      byte[] frame = FakeSocket.text(CREATE);
      socket.send(Arrays.copyOf(frame, frame.length - 3));
      assertThat(gateway.memoryTaken()).isPositive();
      socket.client().reset();

      gateway.assertNothingHeld();
    }
  }

  @Nested
  class WhenTheGatewayStops {
    @Test
    void idleOnesAreClosed() {
      FakeSocket socket = open();
      gateway.drain();

      assertThat(socket.closedWith()).isEqualTo(1001);
      assertThat(socket.client().isClosed()).isTrue();
    }

    @Test
    void theRunningRequestEndsAndWaitingOnesAreRefused() {
      provider().otherwise(call -> call.beginStream().text("Hel"));
      FakeSocket socket = open().send(CREATE).send(CREATE);
      socket.send(Arrays.copyOf(FakeSocket.text(CREATE), 20));
      gateway.drain();
      assertThat(socket.closedWith()).isEqualTo(-1);
      provider().lastCall().finish();
      gateway.settle();

      assertThat(provider().calls()).hasSize(1);
      assertThat(socket.types()).containsSubsequence("response.completed", "error", "error");
      assertThat(socket.last()).contains("\"status\":503", "gateway_stopping");
      assertThat(socket.closedWith()).isEqualTo(1001);
      gateway.assertNothingHeld();
    }

    @Test
    void aMessageUnderWayIsAnswered() {
      FakeSocket socket = open();
      byte[] frame = FakeSocket.text(CREATE);
      socket.send(Arrays.copyOf(frame, 20));
      gateway.drain();
      socket.send(Arrays.copyOfRange(frame, 20, frame.length));

      assertThat(socket.types()).endsWith("response.completed");
      assertThat(socket.closedWith()).isEqualTo(1001);
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class SlowClient {
    @Test
    void stopsReadingFromTheProvider() {
      provider().otherwise(ProviderCall::beginStream);
      FakeSocket socket = open().send(CREATE);
      socket.client().stopReading();
      for (int i = 0; i < 60; i++) {
        provider().lastCall().text("x".repeat(4_000));
        gateway.settle();
      }
      assertThat(provider().lastCall().hasUnread()).isTrue();

      socket.send(FakeSocket.frame(true, FakeSocket.PING, new byte[0]));
      socket.client().readOn();
      provider().lastCall().finish();
      gateway.settle();
      assertThat(socket.types()).endsWith("response.completed");
      assertThat(socket.frames()).anyMatch(frame -> frame.opcode() == FakeSocket.PONG);
    }
  }

  @Nested
  class Frames {
    @Test
    void ofOneMessageAreJoined() {
      FakeSocket socket = open();
      byte[] all = CREATE.replace("Hi", "Grüße, 你好 👋").replace('\'', '"').getBytes(UTF_8);
      for (int i = 0; i < all.length; i++) {
        byte[] one = {all[i]};
        int opcode = i == 0 ? FakeSocket.TEXT : 0;
        socket.send(FakeSocket.frame(i == all.length - 1, opcode, one));
        socket.send(FakeSocket.frame(true, FakeSocket.PING, one));
      }

      assertThat(provider().lastCall().body()).contains("Grüße, 你好 👋");
      assertThat(socket.types()).endsWith("response.completed");
    }

    @Test
    void mayArriveByteByByte() {
      FakeSocket socket = open();
      for (byte octet : FakeSocket.text(CREATE.replace("Hi", "Hi".repeat(300)))) {
        socket.send(new byte[] {octet});
      }

      assertThat(socket.types()).endsWith("response.completed");
    }

    @Test
    void ofOneMessageThatIsTooLongEndTheConnection() {
      FakeSocket socket = open();
      byte[] part = new byte[60 * 1024];
      Arrays.fill(part, (byte) ' ');
      socket.send(FakeSocket.frame(false, FakeSocket.TEXT, part));
      socket.send(FakeSocket.frame(true, 0, part));

      assertThat(socket.last()).contains("\"status\":413", "request_too_large");
      assertThat(socket.closedWith()).isEqualTo(1009);
      gateway.advance(Duration.ofSeconds(5));
      assertThat(socket.client().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void thatAnnounceTooMuchEndTheConnectionAtOnce() {
      FakeSocket socket = open();
      byte[] frame = FakeSocket.frame(true, FakeSocket.TEXT, new byte[200_000]);
      socket.send(Arrays.copyOf(frame, 20));

      assertThat(socket.closedWith()).isEqualTo(1009);
      gateway.assertNothingHeld();
    }

    @ParameterizedTest
    @CsvSource({
      "true, 2, a, 1003",
      "true, 3, a, 1002",
      "true, 0, a, 1002",
      "false, 9, a, 1002",
      "true, 65, a, 1002",
      "true, 8, a, 1002",
      "true, 8, aa, 1002",
    })
    void thatAreNotValidEndTheConnection(boolean isLast, int opcode, String text, int code) {
      FakeSocket socket = open().send(FakeSocket.frame(isLast, opcode, text.getBytes(UTF_8)));

      assertThat(socket.closedWith()).isEqualTo(code);
      assertThat(socket.client().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void withoutAMaskEndTheConnection() {
      assertThat(open().send(new byte[] {(byte) 0x81, 1, 'a'}).closedWith()).isEqualTo(1002);
    }

    @ParameterizedTest
    @CsvSource({"c328", "e28228", "eda080", "f0808080", "f4908080", "ff", "c3"})
    void thatAreNotUtf8EndTheConnection(String hex) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      FakeSocket socket = open().send(FakeSocket.frame(true, FakeSocket.TEXT, bytes));

      assertThat(socket.closedWith()).isEqualTo(1007);
      gateway.assertNothingHeld();
    }

    @Test
    void withAPingAreAnswered() {
      FakeSocket socket = open();
      socket.send(FakeSocket.frame(true, FakeSocket.PING, "abc".getBytes(UTF_8)));

      assertThat(socket.frames()).hasSize(1);
      assertThat(socket.frames().getFirst().opcode()).isEqualTo(FakeSocket.PONG);
      assertThat(socket.frames().getFirst().text()).isEqualTo("abc");
    }

    @Test
    void thatComeTooSlowlyEndTheConnection() {
      FakeSocket socket = open();
      socket.send(Arrays.copyOf(FakeSocket.text(CREATE), 20));
      gateway.advance(Duration.ofSeconds(12));

      assertThat(socket.last()).contains("\"status\":408");
      assertThat(socket.closedWith()).isEqualTo(1008);
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class Limits {
    @Test
    void ofTheTimeWithoutARequest() {
      FakeSocket socket = open().send(CREATE);
      gateway.advance(Duration.ofSeconds(100));
      socket.send(CREATE);
      gateway.advance(Duration.ofSeconds(100));
      assertThat(socket.closedWith()).isEqualTo(-1);
      gateway.advance(Duration.ofSeconds(30));

      assertThat(socket.closedWith()).isEqualTo(1001);
      gateway.assertNothingHeld();
    }

    @Test
    void ofTheAgeLetARunningRequestEnd() {
      FakeSocket socket = open();
      provider().otherwise(call -> call.beginStream().text("Hel"));
      for (int minute = 0; minute < 9; minute++) {
        socket.send(CREATE);
        provider().lastCall().finish();
        gateway.advance(Duration.ofMinutes(1));
      }
      socket.send(CREATE);
      for (int i = 0; i < 20; i++) {
        gateway.advance(Duration.ofSeconds(6));
        provider().lastCall().text("lo");
      }
      assertThat(socket.closedWith()).isEqualTo(-1);
      provider().lastCall().finish();
      gateway.settle();
      assertThat(socket.types()).endsWith("response.completed");
      gateway.advance(Duration.ofSeconds(2));

      assertThat(socket.last()).contains("websocket_connection_limit_reached", "10 minutes");
      assertThat(socket.closedWith()).isEqualTo(1001);
      gateway.assertNothingHeld();
    }
  }
}
