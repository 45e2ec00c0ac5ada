package com.langdock.reliability.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.resilience.BreakerScope;
import com.langdock.reliability.core.resilience.Outcome;
import com.langdock.reliability.core.session.Consequence.Again;
import com.langdock.reliability.core.session.Consequence.Elsewhere;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The failure table, line by line. */
class FailureTableTest {
  static Stream<Arguments> lines() {
    return Stream.of(
        line(Failures.RESET, "YES YES FAILURE PROVIDER_UNREACHABLE PROVIDER"),
        line(Failures.STALE, "AT_ONCE YES IGNORE PROVIDER_UNREACHABLE"),
        line(Failures.SILENT, "IF_ALONE YES FAILURE PROVIDER_TIMEOUT"),
        line(Failures.QUOTA, "NO YES OPEN QUOTA_EXHAUSTED PROVIDER"),
        line(Failures.OVERLOADED, "YES YES FAILURE PROVIDER_OVERLOADED"),
        line(Failures.SERVER_ERROR, "YES YES FAILURE PROVIDER_ERROR"),
        line(Failures.UNREADABLE, "YES YES FAILURE MALFORMED_RESPONSE"),
        line(Failures.NOT_CONTINUED, "NO YES SUCCESS PROVIDER_ERROR"),
        line(Failures.BROKEN, "YES YES FAILURE PROVIDER_ERROR"),
        line(Failures.BAD_KEY, "NO YES OPEN PROVIDER_AUTH_FAILED PROVIDER"),
        line(Failures.BAD_KEY_FOR_MODEL, "NO YES OPEN PROVIDER_AUTH_FAILED"),
        line(Failures.EXPIRED_KEY, "NO YES OPEN PROVIDER_AUTH_FAILED PROVIDER"),
        line(Failures.NO_KEY, "IF_ALONE YES IGNORE PROVIDER_AUTH_FAILED"),
        line(Failures.FORBIDDEN, "NO YES IGNORE PROVIDER_REFUSED"),
        line(Failures.ADDED_FIELD, "AT_ONCE NO SUCCESS REQUEST_REJECTED"),
        line(Failures.BAD_SIGNATURE, "NO NO SUCCESS REQUEST_REJECTED"),
        line(Failures.NO_PREFILL, "NO YES SUCCESS REQUEST_REJECTED"),
        line(Failures.NO_STATE, "NO YES SUCCESS REQUEST_REJECTED"),
        line(Failures.NO_MODEL, "NO YES IGNORE MODEL_NOT_FOUND"),
        line(Failures.TOO_LONG, "NO LARGER_WINDOW SUCCESS CONTEXT_LENGTH_EXCEEDED"),
        line(Failures.POLICY, "NO NO SUCCESS CONTENT_POLICY_VIOLATION"),
        line(Failures.REJECTED, "NO NO SUCCESS REQUEST_REJECTED"),
        line(Failures.UNTRANSLATABLE, "NO YES IGNORE REQUEST_REJECTED"),
        line(refused(Failure.Refused.By.BREAKER), "NO YES IGNORE CIRCUIT_OPEN"),
        line(refused(Failure.Refused.By.BUDGET), "NO YES IGNORE CIRCUIT_OPEN"),
        line(refused(Failure.Refused.By.PAUSE), "IF_ALONE YES IGNORE RATE_LIMIT_EXCEEDED"),
        line(new Failure.DeadlineOver(), "NO NO IGNORE DEADLINE_EXCEEDED"),
        line(new Failure.GatewayBug(), "NO YES IGNORE INTERNAL_ERROR"),
        line(new Failure.OutOfMemory(), "NO NO IGNORE GATEWAY_OVERLOADED"),
        line(new Failure.GatewayStopping(), "NO NO IGNORE GATEWAY_STOPPING"),
        line(
            new Failure.Withdrawn(Failure.Withdrawn.Reason.KEY_REVOKED),
            "NO NO IGNORE INVALID_API_KEY"),
        line(
            new Failure.Withdrawn(Failure.Withdrawn.Reason.QUOTA_EXCEEDED),
            "NO NO IGNORE INSUFFICIENT_QUOTA"),
        line(new Failure.ClientGone(), "NO NO IGNORE CLIENT_GONE"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void meansWhatItsLineSays(Failure failure, String expected) {
    assertThat(FailureTable.of(failure, false)).isEqualTo(consequence(expected));
    assertThat(FailureTable.of(failure, true)).isEqualTo(consequence(expected));
  }

  @Test
  void aLongRetryAfterIsNeverWaitedFor() {
    Failure longWait = Failures.rateLimited(Duration.ofHours(1));
    assertThat(FailureTable.of(longWait, false))
        .isEqualTo(consequence("NO YES IGNORE RATE_LIMIT_EXCEEDED"));
  }

  @Test
  void aRateLimitIsWaitedForWhenTheWaitFits() {
    assertThat(FailureTable.of(Failures.RATE_LIMITED, true))
        .isEqualTo(consequence("AFTER_ITS_WAIT YES IGNORE RATE_LIMIT_EXCEEDED"));
  }

  @Test
  void aRateLimitWithoutAWaitMeansElsewhere() {
    assertThat(FailureTable.of(Failures.RATE_LIMITED, false))
        .isEqualTo(consequence("IF_ALONE YES IGNORE RATE_LIMIT_EXCEEDED"));
  }

  @Test
  void everyFailureIsInTheTableOfThisTest() {
    Set<Class<?>> covered =
        Stream.concat(lines().map(line -> line.get()[0]), Stream.of(Failures.RATE_LIMITED))
            .map(Object::getClass)
            .collect(Collectors.toSet());
    Stream<Class<?>> all =
        Arrays.stream(Failure.class.getPermittedSubclasses())
            .flatMap(kind ->
                kind.isSealed() ? Arrays.stream(kind.getPermittedSubclasses()) : Stream.of(kind));
    assertThat(covered).containsExactlyInAnyOrderElementsOf(all.toList());
  }

  private static Arguments line(Failure failure, String expected) {
    return arguments(failure, expected);
  }

  private static Failure refused(Failure.Refused.By by) {
    return new Failure.Refused(by, 1);
  }

  private static Consequence consequence(String line) {
    String[] words = line.split(" ");
    return new Consequence(
        Again.valueOf(words[0]),
        Elsewhere.valueOf(words[1]),
        Outcome.valueOf(words[2]),
        words.length > 4 ? BreakerScope.valueOf(words[4]) : BreakerScope.TARGET,
        ErrorCode.valueOf(words[3]));
  }
}
