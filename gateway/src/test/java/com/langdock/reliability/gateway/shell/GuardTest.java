package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.front.ResponseHook;
import com.langdock.reliability.gateway.shell.FaultyCodec.Work;
import com.langdock.reliability.gateway.telemetry.Observability.Observers;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is thrown while a request is served ends it, is told once, and leaves nothing behind.
 */
class GuardTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 3, base_backoff: 1s}
      providers: [{name: openai, base_url: "http://a.test", models: [m]}]
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");
  private static final String LARGE = CHAT.replace("Hi", "Hi. ".repeat(20_000));

  private static Seams codec(Consumer<Work> bug) {
    return Seams.NONE.with(codec -> new FaultyCodec(codec, bug));
  }

  private static Seams throwsAt(Work work) {
    return codec(now -> {
      if (now == work) {
        throw new IllegalStateException("a bug");
      }
    });
  }

  private static void expectOneBug(TestGateway gateway) {
    assertThat(gateway.counted("gateway.bugs")).isEqualTo(1);
    assertThat(gateway.bugs()).isEmpty();
    gateway.assertNothingHeld();
  }

  @Nested
  class InACodec {
    @ParameterizedTest
    @EnumSource(
        value = Work.class,
        names = {"ENCODE", "DECODE"})
    void endsAWholeAnswerWithA500(Work work) {
      try (TestGateway gateway = TestGateway.of(CONFIG, throwsAt(work))) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        assertThat(client.reply().body()).contains("internal_error");
        expectOneBug(gateway);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = Work.class,
        names = {"ENCODE", "BEGIN_STREAM", "READ_EVENT"})
    void endsAStreamThatHasNotBegunWithA500(Work work) {
      try (TestGateway gateway = TestGateway.of(CONFIG, throwsAt(work))) {
        gateway.provider("openai").otherwise(call -> call.stream("Hel", "lo."));

        FakeClient client = gateway.client().chat(STREAM);

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void endsAStreamThatHasBegunWithAnErrorInIt() {
      int[] events = {0};
      Seams seams =
          codec(work -> {
            if (work == Work.READ_EVENT && events[0]++ == 1) {
              throw new IllegalStateException("a bug");
            }
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, seams)) {
        FakeProvider provider = gateway.provider("openai");
        provider.otherwise(call -> call.beginStream().text("Hel"));
        FakeClient client = gateway.client().chat(STREAM);

        provider.lastCall().text("lo.");
        gateway.settle();

        assertThat(client.reply().status()).isEqualTo(200);
        assertThat(client.reply().isWhole()).isTrue();
        assertThat(client.reply().body())
            .contains("Hel")
            .contains("internal_error")
            .doesNotContain("[DONE]");
        assertThat(provider.lastCall().isClosed()).isTrue();
        expectOneBug(gateway);
      }
    }

    @Test
    void endsARequestWhoseBodyAWorkerEncodes() {
      try (TestGateway gateway = TestGateway.of(CONFIG, throwsAt(Work.ENCODE))) {
        FakeClient client = gateway.client().chat(LARGE);

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void endsARequestThatWaitedForARetry() {
      int[] encoded = {0};
      Seams seams =
          codec(work -> {
            if (work == Work.ENCODE && encoded[0]++ == 1) {
              throw new IllegalStateException("a bug");
            }
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, seams)) {
        gateway.provider("openai").otherwise(call -> call.error(500));
        FakeClient client = gateway.client().chat(CHAT);
        assertThat(client.replies()).isEmpty();

        gateway.advance(Duration.ofSeconds(10));

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void ofTooDeepARecursionIsOneRequests() {
      Seams seams =
          codec(work -> {
            throw new StackOverflowError();
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, seams)) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void doesNotKeepTheConnectionFromItsNextRequest() {
      int[] encoded = {0};
      Seams seams =
          codec(work -> {
            if (encoded[0]++ == 0) {
              throw new IllegalStateException("a bug");
            }
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, seams)) {
        FakeClient client = gateway.client().chat(CHAT).chat(CHAT);

        assertThat(client.replies()).extracting(HttpReply::status).containsExactly(500, 200);
        expectOneBug(gateway);
      }
    }
  }

  /** The end of an answer, when the session is over and its deadline no longer watches. */
  @Nested
  class InDelivery {
    private static final class FaultyKeeper implements ResponseHook {
      private final String at;

      FaultyKeeper(String at) {
        this.at = at;
      }

      private void bug(String here) {
        if (at.equals(here)) {
          throw new IllegalStateException("a bug");
        }
      }

      @Override
      public boolean keepsContents() {
        bug("asked");
        return true;
      }

      @Override
      public void said(String requestId, byte[] request, byte[] answer) {
        bug("said");
      }

      @Override
      public void whenKept(Runnable then) {
        bug("kept");
        then.run();
      }
    }

    private static TestGateway faulty(String at) {
      return TestGateway.of(CONFIG, Seams.NONE.with(new FaultyKeeper(at)));
    }

    @Test
    void endsAWholeAnswerWithA500() {
      try (TestGateway gateway = faulty("kept")) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        assertThat(client.reply().headers()).doesNotContainKey("x-provider");
        expectOneBug(gateway);
      }
    }

    @Test
    void endsAStreamWithAnErrorInIt() {
      try (TestGateway gateway = faulty("kept")) {
        gateway.provider("openai").otherwise(call -> call.beginStream().text("Hel"));
        FakeClient client = gateway.client().chat(STREAM);

        gateway.provider("openai").lastCall().text("lo.").finish();
        gateway.settle();

        assertThat(client.reply().isWhole()).isTrue();
        assertThat(client.reply().body()).contains("internal_error").doesNotContain("[DONE]");
        expectOneBug(gateway);
      }
    }

    @Test
    void endsARequestBeforeItBegins() {
      try (TestGateway gateway = faulty("asked")) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void costsOnlyTheKeptContentsWhereTheyCannotBeKept() {
      try (TestGateway gateway = faulty("said")) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(200);
        assertThat(gateway.counted("gateway.observer.failures")).isEqualTo(1);
        gateway.assertNothingHeld();
      }
    }
  }

  @Nested
  class InAnObserver {
    private static TestGateway watchedBy(RequestObserver watcher) {
      Observers observers =
          new Observers(
              List.of(watcher),
              List.of(change -> {
                throw new IllegalStateException("a bug");
              }));
      return TestGateway.of(CONFIG, Seams.NONE.with(observers));
    }

    private record Faulty(boolean atOnce) implements RequestObserver {
      @Override
      public SessionListener started(RequestInfo request) {
        if (atOnce) {
          throw new IllegalStateException("a bug");
        }
        return (event, now) -> {
          throw new IllegalStateException("a bug");
        };
      }

      @Override
      public void refused(Refusal refusal) {
        throw new IllegalStateException("a bug");
      }
    }

    @Test
    void hurtsNoRequest() {
      for (boolean atOnce : new boolean[] {true, false}) {
        try (TestGateway gateway = watchedBy(new Faulty(atOnce))) {
          FakeClient client = gateway.client().chat(CHAT).chat(STREAM).chat("{}");

          assertThat(client.replies()).extracting(HttpReply::status).containsExactly(200, 200, 400);
          assertThat(gateway.counted("gateway.observer.failures")).isPositive();
          assertThat(gateway.counted("gateway.bugs")).isZero();
          gateway.assertNothingHeld();
        }
      }
    }

    @Test
    void ofBreakersHurtsNoRequest() {
      try (TestGateway gateway = watchedBy(new Faulty(true))) {
        gateway.provider("openai").otherwise(call -> call.error(401));

        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(502);
        gateway.assertNothingHeld();
      }
    }
  }
}
