package com.langdock.reliability.core.simulation;

import static com.langdock.reliability.core.simulation.Traffic.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.domain.Target;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The success rate at 100 requests a second while providers fail partly or completely. */
class TrafficTest {
  private static final Target A = new Target("a", "m");
  private static final Target B = new Target("b", "m");
  private static final List<Target> ALONE = List.of(A);
  private static final List<Target> BOTH = List.of(A, B);
  private static final long MILLI = World.MILLI;
  private static final int SEEDS = 10;

  private static final Failure ERROR = new Failure.ServerError(ProviderReply.ofStatus(500));
  private static final Failure LIMITED =
      new Failure.RateLimited(ProviderReply.ofStatus(429), OptionalLong.empty());

  /** Fails a share of its calls. */
  private static Traffic.Provider flaky(double share, long errorNanos, long answerNanos) {
    return (target, now, random) ->
        random.nextDouble() < share
            ? new Traffic.Reply(errorNanos, ERROR)
            : new Traffic.Reply(answerNanos, null);
  }

  @Nested
  class OneProviderAloneThatFailsAShareOfItsCalls {
    @ParameterizedTest
    @CsvSource({"0.1, 0.998", "0.2, 0.998", "0.3, 0.99"})
    void answersNearlyAll(double failing, double answered) {
      for (long seed = 0; seed < SEEDS; seed++) {
        Traffic traffic =
            new Traffic(seed, ALONE, flaky(failing, 20 * MILLI, 20 * MILLI))
                .run(100, 60, List.of(ALONE));
        assertThat(traffic.answered()).as("seed %d", seed).isGreaterThanOrEqualTo(answered);
      }
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.998", "0.2, 0.998", "0.3, 0.99"})
    void answersNearlyAllAlsoWhenErrorsComeLongBeforeAnswers(double failing, double answered) {
      for (long seed = 0; seed < SEEDS; seed++) {
        Traffic traffic =
            new Traffic(seed, ALONE, flaky(failing, 2 * MILLI, 5 * SECOND))
                .run(100, 60, List.of(ALONE));
        assertThat(traffic.answered()).as("seed %d", seed).isGreaterThanOrEqualTo(answered);
      }
    }
  }

  @Test
  void twoProvidersFailingEveryFifthCallAnswerNearlyAllRequests() {
    for (long seed = 0; seed < SEEDS; seed++) {
      Traffic traffic =
          new Traffic(seed, BOTH, flaky(0.2, 5 * MILLI, SECOND)).run(100, 60, List.of(BOTH));
      assertThat(traffic.answered()).as("seed %d", seed).isGreaterThanOrEqualTo(0.999);
    }
  }

  enum Death {
    RESET,
    SILENCE,
    ERRORS,
    RATE_LIMIT
  }

  private static Traffic.Reply dead(Death death, long afterNanos) {
    return switch (death) {
      case RESET ->
          new Traffic.Reply(
              afterNanos + 10 * MILLI, new Failure.Unreachable(Failure.Unreachable.Cause.RESET));
      case SILENCE ->
          new Traffic.Reply(
              afterNanos + 30 * SECOND, new Failure.Silent(Failure.Silent.Phase.HEADERS));
      case ERRORS -> new Traffic.Reply(afterNanos + 10 * MILLI, ERROR);
      case RATE_LIMIT -> new Traffic.Reply(afterNanos + 10 * MILLI, LIMITED);
    };
  }

  /** 600 requests are in flight, six seconds each, when A dies: calls in flight die with it. */
  @ParameterizedTest
  @EnumSource
  void everyRequestInFlightIsAnsweredByTheOtherProviderWhenOneDies(Death death) {
    long dies = 10 * SECOND;
    long answer = 6 * SECOND;
    Traffic.Provider provider =
        (target, now, random) -> {
          if (target.equals(B) || now + answer < dies) {
            return new Traffic.Reply(answer, null);
          }
          return dead(death, Math.max(dies - now, 0));
        };
    Traffic traffic = new Traffic(1, BOTH, provider).run(100, 20, List.of(BOTH));
    assertThat(traffic.answered()).isEqualTo(1);
    assertThat(traffic.answeredBy(B)).isGreaterThan(0.7);
  }

  @Test
  void usesAProviderAgainWithinFifteenSecondsAfterAnOutage() {
    long down = 10 * SECOND;
    long well = 70 * SECOND;
    for (long seed = 0; seed < SEEDS; seed++) {
      Traffic traffic =
          new Traffic(
                  seed,
                  BOTH,
                  (target, now, random) ->
                      target.equals(A) && now >= down && now < well
                          ? new Traffic.Reply(
                              MILLI, new Failure.Unreachable(Failure.Unreachable.Cause.RESET))
                          : new Traffic.Reply(50 * MILLI, null))
              .run(100, 100, List.of(BOTH));
      long again =
          traffic.ends.stream()
              .filter(end -> end.at() >= well && A.equals(end.by()))
              .mapToLong(Traffic.End::at)
              .min()
              .orElseThrow();
      assertThat(again - well).as("seed %d", seed).isLessThanOrEqualTo(15 * SECOND);
    }
  }

  @Test
  void usesTheOnlyProviderAgainWithinTwoSeconds() {
    long down = 10 * SECOND;
    long well = 40 * SECOND;
    Traffic traffic =
        new Traffic(
                1,
                ALONE,
                (target, now, random) ->
                    now >= down && now < well
                        ? new Traffic.Reply(MILLI, ERROR)
                        : new Traffic.Reply(50 * MILLI, null))
            .run(100, 60, List.of(ALONE));
    assertThat(traffic.ends.stream().filter(end -> end.at() >= well + 2 * SECOND))
        .allSatisfy(end -> assertThat(end.by()).isEqualTo(A));
  }

  @Test
  void aFailingModelDoesNotBlockTheOthersOfItsProvider() {
    List<Target> models =
        List.of(
            new Target("a", "m1"),
            new Target("a", "m2"),
            new Target("a", "m3"),
            new Target("a", "m4"),
            new Target("a", "m5"),
            new Target("a", "well"));
    Traffic.Provider provider =
        (target, now, random) ->
            target.model().equals("well")
                ? new Traffic.Reply(MILLI, null)
                : new Traffic.Reply(MILLI, ERROR);
    Traffic traffic =
        new Traffic(1, models, provider).run(100, 10, models.stream().map(List::of).toList());
    assertThat(traffic.answeredBy(models.getLast())).isGreaterThanOrEqualTo(1 / 6.0 - 0.001);
  }

  @Test
  void noRequestFailsWhileAProviderLimitsHalfOfItsCalls() {
    Traffic.Provider half =
        (target, now, random) ->
            target.equals(A) && random.nextBoolean()
                ? new Traffic.Reply(20 * MILLI, LIMITED)
                : new Traffic.Reply(SECOND, null);
    Traffic traffic = new Traffic(1, BOTH, half).run(100, 120, List.of(BOTH));
    assertThat(traffic.answered()).isEqualTo(1);
    assertThat(traffic.answeredBy(A)).isGreaterThan(0.02);
  }
}
