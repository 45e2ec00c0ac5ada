package com.langdock.reliability.e2e.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database of budgets that is frozen, slow, cut off, full, and loses answers. */
@Tag("e2e")
final class DatabaseOutageE2eTest {
  private static final String KEY = "subject = 'key:service' and period = 'total'";
  private static final String SPENT = "select coalesce(sum(spent), 0) from usage where " + KEY;
  private static final String COUNTED = "select coalesce(sum(requests), 0) from usage where " + KEY;

  /** Nothing that waits for the database may take longer on a machine that does other things. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private long told;
  private long answered;

  private void ask(Replicas replicas, int gateway, int times) {
    for (int i = 0; i < times; i++) {
      long before = System.nanoTime();
      HttpResponse<String> answer = replicas.ask(gateway);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
      if (answer.statusCode() == 200) {
        answered++;
        String cost = answer.headers().firstValue("x-cost-usd").orElseThrow();
        told += new BigDecimal(cost).movePointRight(9).longValueExact();
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      }
    }
  }

  private void awaitExact(Replicas replicas) throws Exception {
    Replicas.await(
        "all that was answered is counted",
        () -> replicas.number(SPENT) == told && replicas.number(COUNTED) == answered);
    assertThat(replicas.number("select deadlocks from pg_stat_database where datname = 'postgres'"))
        .isZero();
  }

  private static double away(Replicas replicas, int gateway) {
    return replicas.metric(gateway, "gateway_limits_away", "postgresql");
  }

  @Test
  void nobodyWaitsForADatabaseThatIsFrozenSlowOrCutAndNothingIsCountedTwice() throws Exception {
    String journal = "outage_share: 0.5";
    try (Replicas replicas = Replicas.start(2, journal, "budget: {total: 100}")) {
      ask(replicas, 0, 3);
      ask(replicas, 1, 3);
      replicas.ways.forEach(TcpProxy::freeze);
      ask(replicas, 0, 3);
      ask(replicas, 1, 3);
      Replicas.await("frozen is away", () -> away(replicas, 0) == 1 || away(replicas, 1) == 1);
      ask(replicas, 0, 3);
      replicas.ways.forEach(TcpProxy::heal);
      Replicas.await("back", () -> away(replicas, 0) == 0 && away(replicas, 1) == 0);
      awaitExact(replicas);

      replicas.ways.getFirst().cut();
      Replicas.await("cut is away", () -> away(replicas, 0) == 1);
      assertThat(away(replicas, 1)).as("the other one notices nothing").isZero();
      ask(replicas, 0, 3);
      ask(replicas, 1, 3);
      replicas.ways.getFirst().heal();
      Replicas.await("back", () -> away(replicas, 0) == 0);
      awaitExact(replicas);

      replicas.ways.getFirst().delay(1_000);
      ask(replicas, 0, 5);
      replicas.ways.getFirst().heal();
      Replicas.await("back", () -> away(replicas, 0) == 0);
      awaitExact(replicas);
    }
  }

  @Test
  void commitsWhoseAnswersAreLostAreCountedOnce() throws Exception {
    try (Replicas replicas = Replicas.start(2, "outage_share: 0.5", "budget: {total: 100}")) {
      for (int round = 0; round < 4; round++) {
        replicas.ways.getFirst().loseAnswerTo("COMMIT");
        ask(replicas, 0, 2);
        ask(replicas, 1, 1);
        Replicas.await("an answer was lost", () -> !replicas.ways.getFirst().hasToLose());
        Replicas.await("back", () -> away(replicas, 0) == 0);
      }
      awaitExact(replicas);
    }
  }

  @Test
  void aDatabaseWithoutFreeConnectionsStopsNobody() throws Exception {
    List<Connection> taken = new ArrayList<>();
    try (Replicas replicas = Replicas.start(1, "outage_share: 0.5", "budget: {total: 100}")) {
      ask(replicas, 0, 2);
      int most =
          (int)
              replicas.number(
                  "select setting::int from pg_settings where name = 'max_connections'");
      replicas.ways.getFirst().cut();
      Replicas.await("cut", () -> away(replicas, 0) == 1);
      try {
        while (taken.size() < most) {
          taken.add(replicas.connect());
        }
      } catch (java.sql.SQLException full) {
        // That is what is wanted.
      }
      replicas.ways.getFirst().heal();
      ask(replicas, 0, 3);
      for (Connection connection : taken) {
        connection.close();
      }
      taken.clear();
      Replicas.await("back", () -> away(replicas, 0) == 0);
      ask(replicas, 0, 1);
      awaitExact(replicas);
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }
}
