package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.resilience.BreakerChange;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.shell.FaultyFormat.Work;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An exception or error while a request is served ends that request, is reported once, and leaves
 * no resources held.
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

  private static TestParts faulty(Consumer<Work> bug) {
    return TestParts.NONE.withFormats(format -> new FaultyFormat(format, bug));
  }

  private static TestParts throwsAt(Work work) {
    return faulty(now -> {
      if (now == work) {
        throw new IllegalStateException("a bug");
      }
    });
  }

  private static void expectOneBug(TestGateway gateway) {
    assertThat(gateway.counter("gateway.bugs")).isEqualTo(1);
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
      TestParts parts =
          faulty(work -> {
            if (work == Work.READ_EVENT && events[0]++ == 1) {
              throw new IllegalStateException("a bug");
            }
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, parts)) {
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
      TestParts parts =
          faulty(work -> {
            if (work == Work.ENCODE && encoded[0]++ == 1) {
              throw new IllegalStateException("a bug");
            }
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, parts)) {
        gateway.provider("openai").otherwise(call -> call.error(500));
        FakeClient client = gateway.client().chat(CHAT);
        assertThat(client.replies()).isEmpty();

        gateway.advance(Duration.ofSeconds(10));

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void stackOverflowEndsOnlyOneRequest() {
      TestParts parts =
          faulty(work -> {
            throw new StackOverflowError();
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, parts)) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }

    @Test
    void doesNotKeepTheConnectionFromItsNextRequest() {
      int[] encoded = {0};
      TestParts parts =
          faulty(work -> {
            if (encoded[0]++ == 0) {
              throw new IllegalStateException("a bug");
            }
          });
      try (TestGateway gateway = TestGateway.of(CONFIG, parts)) {
        FakeClient client = gateway.client().chat(CHAT).chat(CHAT);

        assertThat(client.replies()).extracting(HttpReply::status).containsExactly(500, 200);
        expectOneBug(gateway);
      }
    }
  }

  /** The end of an answer, after the session and its deadline have ended. */
  @Nested
  class InAFront {
    private static void works() {}

    private static void bug() {
      throw new IllegalStateException("a bug");
    }

    private static TestGateway faulty(Runnable inReading, Runnable inAnswering) {
      return TestGateway.of(
          CONFIG,
          TestParts.NONE.withFronts(
              fronts -> List.of(new FaultyFront(fronts.getFirst(), inReading, inAnswering))));
    }

    @Test
    void endsAWholeAnswerWithA500() {
      try (TestGateway gateway = faulty(InAFront::works, InAFront::bug)) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        assertThat(client.reply().headers()).doesNotContainKey("x-provider");
        expectOneBug(gateway);
      }
    }

    @Test
    void endsARequestBeforeItBegins() {
      try (TestGateway gateway = faulty(InAFront::bug, InAFront::works)) {
        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(500);
        expectOneBug(gateway);
      }
    }
  }

  @Nested
  class InAnObserver {
    /** Where the observer throws. */
    enum Where {
      OBSERVE,
      BEGAN,
      EVENT,
      HEADERS,
      ANSWERED,
      KEEPS_CONTENTS,
      CONTENTS,
      HOLDS_END,
      MAY_END,
      AFTER_END,
      RELEASED
    }

    private record Faulty(Where where) implements RequestObserver {
      Faulty {
        bug(where, Where.OBSERVE);
      }

      private static void bug(Where where, Where here) {
        if (where == here) {
          throw new IllegalStateException("a bug");
        }
      }

      @Override
      public SessionListener began(RequestInfo request) {
        bug(where, Where.BEGAN);
        return (event, now) -> bug(where, Where.EVENT);
      }

      @Override
      public void refused(Refusal refusal) {
        bug(where, where);
      }

      @Override
      public Map<String, String> headersFor(Attempt attempt) {
        bug(where, Where.HEADERS);
        return Map.of();
      }

      @Override
      public void answered(int status, long now) {
        bug(where, Where.ANSWERED);
      }

      @Override
      public boolean keepsContents() {
        bug(where, Where.KEEPS_CONTENTS);
        return true;
      }

      @Override
      public void contents(byte[] request, byte[] answer) {
        bug(where, Where.CONTENTS);
      }

      @Override
      public boolean holdsEnd() {
        bug(where, Where.HOLDS_END);
        return true;
      }

      @Override
      public void mayEnd(Runnable end) {
        bug(where, Where.MAY_END);
        end.run();
        bug(where, Where.AFTER_END);
      }

      @Override
      public void released() {
        bug(where, Where.RELEASED);
      }
    }

    private static void fail(BreakerChange change) {
      throw new IllegalStateException("a bug");
    }

    private static TestGateway watchedBy(Where where) {
      return TestGateway.of(CONFIG, TestParts.NONE.withWatcher(start -> new Faulty(where)));
    }

    @ParameterizedTest
    @EnumSource
    void affectsNoRequest(Where where) {
      try (TestGateway gateway = watchedBy(where)) {
        FakeClient client = gateway.client().chat(CHAT).chat(STREAM).chat("{}");

        assertThat(client.replies()).extracting(HttpReply::status).containsExactly(200, 200, 400);
        assertThat(client.replies().get(1).body()).endsWith("[DONE]\n\n");
        assertThat(gateway.counter("gateway.observer.failures")).isPositive();
        assertThat(gateway.counter("gateway.bugs")).isZero();
        gateway.assertNothingHeld();
      }
    }

    @Test
    void ofBreakersAffectsNoRequest() {
      try (TestGateway gateway =
          TestGateway.of(CONFIG, TestParts.NONE.withBreakers(InAnObserver::fail))) {
        gateway.provider("openai").otherwise(call -> call.error(401));

        FakeClient client = gateway.client().chat(CHAT);

        assertThat(client.reply().status()).isEqualTo(502);
        gateway.assertNothingHeld();
      }
    }
  }
}
