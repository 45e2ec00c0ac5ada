package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.shell.FakeProvider.Connecting;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through the real shell, one turn of the event loop at a time. */
class ShellTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 3, base_backoff: 1s}
      timeout: {read: 5s, first_token: 2s, total: 12s}
      providers:
        - {name: openai, base_url: "http://a.test", models: [m], priority: 1}
        - {name: spare, type: openai, base_url: "http://b.test", models: [m], priority: 2}
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

  private final TestGateway gateway = TestGateway.of(CONFIG);
  private final FakeProvider openai = gateway.provider("openai");
  private final FakeProvider spare = gateway.provider("spare");

  /** A body of more than 64 KiB, which is validated on a worker. */
  private static String large(String chat) {
    return chat.replace("Hi", "Hi. ".repeat(20_000));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Nested
  class WholeAnswers {
    @Test
    void aRequestIsAnswered() {
      FakeClient client = gateway.client().chat(CHAT);

      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(client.reply().isWhole()).isTrue();
      assertThat(client.reply().body()).contains("\"content\":\"Hello.\"");
      assertThat(openai.lastCall().body()).contains("\"m\"");
      assertThat(client.isClosed()).isFalse();
      gateway.assertNothingHeld();
    }

    @Test
    void oneConnectionServesSeveralRequestsOnBothSides() {
      FakeClient client = gateway.client().chat(CHAT).chat(CHAT).chat(CHAT);

      assertThat(client.replies()).hasSize(3).allMatch(reply -> reply.status() == 200);
      assertThat(openai.connections()).isEqualTo(1);
      gateway.assertNothingHeld();
    }

    @Test
    void aDeadProviderIsReplacedByTheNextOne() {
      openai.otherwise(ProviderCall::reset);

      FakeClient client = gateway.client().chat(CHAT);
      gateway.advance(Duration.ofSeconds(5));

      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(client.reply().headers()).containsEntry("x-provider", "spare");
      gateway.assertNothingHeld();
    }

    @Test
    void aRefusedConnectionIsReplacedByTheNextOne() {
      for (int i = 0; i < 3; i++) {
        openai.nextConnect(Connecting.REFUSED);
      }

      FakeClient client = gateway.client().chat(CHAT);
      gateway.advance(Duration.ofSeconds(5));

      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(openai.calls()).isEmpty();
      gateway.assertNothingHeld();
    }

    @Test
    void aClientThatLeavesCancelsItsProvider() {
      openai.next(call -> {});
      FakeClient client = gateway.client().chat(CHAT);
      assertThat(openai.lastCall().isClosed()).isFalse();

      client.leave();

      assertThat(openai.lastCall().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void theDeadlineEndsAnUnansweredRequest() {
      openai.otherwise(call -> {});
      spare.otherwise(call -> {});
      FakeClient client = gateway.client().chat(CHAT);

      gateway.advance(Duration.ofSeconds(11));
      assertThat(client.replies()).isEmpty();
      gateway.advance(Duration.ofSeconds(1));

      assertThat(client.reply().status()).isEqualTo(504);
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class Streams {
    @Test
    void aStreamArrivesCompletely() {
      openai.next(call -> call.stream("Hel", "lo."));

      FakeClient client = gateway.client().chat(STREAM);

      assertThat(client.reply().isWhole()).isTrue();
      assertThat(client.reply().body())
          .contains("\"content\":\"Hel\"")
          .contains("\"content\":\"lo.\"")
          .endsWith("data: [DONE]\n\n");
      gateway.assertNothingHeld();
    }

    @Test
    void aStreamArrivesAsItIsSent() {
      openai.next(call -> call.beginStream().text("Hel"));
      FakeClient client = gateway.client().chat(STREAM);
      assertThat(client.reply().body()).contains("Hel").doesNotContain("lo.");

      openai.lastCall().text("lo.").finish();
      gateway.settle();

      assertThat(client.reply().body()).contains("lo.").endsWith("[DONE]\n\n");
      gateway.assertNothingHeld();
    }

    @Test
    void contentThatArrivesWithABreakIsSentAtOnce() {
      String text = "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}";
      openai.next(
          call -> call.beginStream().bytes("data: " + text + "\n\ndata: {\"error\":{}}\n\n"));
      spare.next(call -> {});

      FakeClient client = gateway.client().chat(STREAM);

      assertThat(spare.calls()).hasSize(1);
      assertThat(client.reply().body()).contains("Hel");
      client.leave();
      gateway.assertNothingHeld();
    }

    @Test
    void aClientThatLeavesCancelsItsProvider() {
      openai.next(call -> call.beginStream().text("Hel"));
      FakeClient client = gateway.client().chat(STREAM);

      client.leave();

      assertThat(openai.lastCall().isClosed()).isTrue();
      gateway.assertNothingHeld();
    }

    @Test
    void aClientThatDoesNotReadPausesItsProvider() {
      openai.next(ProviderCall::beginStream);
      FakeClient client = gateway.client().chat(STREAM);
      client.stopReading();
      String word = "x".repeat(10_000);
      for (int i = 0; i < 100; i++) {
        openai.lastCall().text(word);
        gateway.settle();
      }
      assertThat(openai.lastCall().hasUnread()).isTrue();

      openai.lastCall().finish();
      client.readOn();

      assertThat(client.reply().isWhole()).isTrue();
      assertThat(client.reply().body()).hasSizeGreaterThan(1_000_000);
      gateway.assertNothingHeld();
    }
  }

  /** The reports of an attempt that failed inside an answer with status 200. */
  @Nested
  class ErrorsInsideASuccess {
    private static final String ERROR =
        "{\"error\":{\"message\":\"Busy.\",\"type\":\"rate_limit_error\",\"code\":429}}";

    private void failsInside(ProviderCall call) {
      if (call.wantsStream()) {
        call.beginStream().event(ERROR).sendLast("0\r\n\r\n");
      } else {
        call.answer(200, ERROR);
      }
    }

    private static String withoutTimes(HttpReply reply) {
      return reply.headers().getOrDefault("x-attempt-trail", "").replaceAll(":\\d+ms", "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areNamedInTheTrailWhenAnotherProviderAnswers(boolean streamed) {
      openai.otherwise(this::failsInside);

      FakeClient client = gateway.client().chat(streamed ? STREAM : CHAT);
      gateway.advance(Duration.ofSeconds(5));

      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(withoutTimes(client.reply())).isEqualTo("openai/m:rate_limited, spare/m:200");
      gateway.assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areNamedInTheTrailAndInTheErrorWhenAllFail(boolean streamed) {
      openai.otherwise(this::failsInside);
      spare.otherwise(call -> call.error(500));

      FakeClient client = gateway.client().chat(streamed ? STREAM : CHAT);
      gateway.advance(Duration.ofSeconds(11));

      assertThat(client.reply().status()).isEqualTo(502);
      assertThat(withoutTimes(client.reply()))
          .startsWith("openai/m:rate_limited, spare/m:500")
          .doesNotContain("200");
      assertThat(client.reply().body())
          .contains("\"status\":null,\"error\":\"rate_limited\"")
          .contains("\"status\":500,\"error\":\"server_error\"")
          .doesNotContain("\"status\":200");
      gateway.assertNothingHeld();
    }
  }

  @Nested
  class Connections {
    @Test
    void idleFromTheEndOfTheReply() {
      openai.next(ProviderCall::beginStream);
      FakeClient client = gateway.client().chat(STREAM);
      for (int second = 0; second < 40; second++) {
        openai.lastCall().text("word ");
        gateway.advance(Duration.ofSeconds(1));
      }
      openai.lastCall().finish();
      gateway.settle();

      client.chat(CHAT);

      assertThat(client.replies()).hasSize(2);
      assertThat(openai.connections()).isEqualTo(1);
    }

    @Test
    void areClosedAfterThirtyIdleSeconds() {
      gateway.client().chat(CHAT);

      gateway.advance(Duration.ofSeconds(29));
      assertThat(openai.openConnections()).isEqualTo(1);
      gateway.advance(Duration.ofSeconds(3));

      assertThat(openai.openConnections()).isZero();
      gateway.assertNothingHeld();
    }

    @Test
    void carryAConfiguredHeaderInPlaceOfTheFormatsOwn() {
      String config =
          """
          providers:
            - name: anthropic
              base_url: "http://a.test"
              models: [m]
              headers: {Anthropic-Version: "2099-01-01"}
          """;
      try (TestGateway other = TestGateway.of(config)) {
        other.client().chat(CHAT);

        assertThat(other.provider("anthropic").lastCall().head().toLowerCase(Locale.ROOT))
            .containsOnlyOnce("anthropic-version")
            .contains("anthropic-version: 2099-01-01");
      }
    }
  }

  @Nested
  class LargeBodies {
    @Test
    void areValidatedAndEncodedOnAWorker() {
      gateway.workers().hold();
      FakeClient client = gateway.client().chat(large(CHAT));
      assertThat(gateway.workers().pending()).isEqualTo(1);

      gateway.workers().release();
      gateway.settle();

      assertThat(client.reply().status()).isEqualTo(200);
      gateway.assertNothingHeld();
    }

    @Test
    void aClientThatLeavesDuringValidationIsNotServed() {
      gateway.workers().hold();
      FakeClient client = gateway.client().chat(large(STREAM));

      client.leave();
      gateway.workers().release();
      gateway.settle();

      assertThat(openai.calls()).isEmpty();
      gateway.assertNothingHeld();
    }
  }
}
