package com.langdock.reliability.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.quota.CeilingGrant;
import com.langdock.reliability.core.quota.CeilingRules;
import com.langdock.reliability.core.quota.CeilingWant;
import com.langdock.reliability.core.quota.Claimant;
import com.langdock.reliability.core.quota.Decision;
import com.langdock.reliability.core.quota.Demand;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Refusal;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.SharedLedger;
import com.langdock.reliability.core.quota.SharingRules;
import com.langdock.reliability.core.quota.Shortage;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.core.quota.SubjectLimits.PeriodLimits;
import com.langdock.reliability.core.quota.Unavailable;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Draws from a store whose answers a test decides; its thread is not started. */
final class CeilingDrawsTest {
  private static final Subject TEAM = Subject.team("t");
  private static final Claimant WHO = new Claimant(List.of(TEAM), Priority.NORMAL);
  private static final long LIMIT = 1_000;
  private static final long LEASE = Duration.ofMinutes(1).toNanos();

  private final ManualTicker ticker = new ManualTicker();
  private final SharedLedger ledger = new SharedLedger(LEASE);
  private final List<String> heard = new ArrayList<>();
  private Duration takes = Duration.ofMillis(1);
  private boolean fails;
  private long clockAhead;
  private int asked;

  private final CeilingStore store =
      new CeilingStore() {
        @Override
        public Answer draw(List<CeilingWant> wants) {
          asked++;
          ticker.advance(takes);
          if (fails) {
            throw new IllegalStateException("connection refused");
          }
          List<CeilingGrant> grants =
              wants.stream().map(want -> ledger.draw("me", want, ticker.nanos())).toList();
          return new Answer(grants, ticker.unixMillis() + clockAhead);
        }

        @Override
        public int say() {
          return 3;
        }

        @Override
        public void end() {
          heard.add("ended");
        }

        @Override
        public void close() {
          heard.add("closed");
        }
      };

  private final StoreListener listener =
      new StoreListener() {
        @Override
        public void drawn(String name, boolean answered, long nanos) {}

        @Override
        public void changed(String name, boolean away, @Nullable String reason) {
          heard.add(away ? "away: " + reason : "back");
        }
      };

  private final ProcessLimits limits = limits();

  private ProcessLimits limits() {
    LimitRules rules =
        new LimitRules(
            Map.of(
                TEAM,
                new SubjectLimits(
                    SubjectLimits.Rates.NONE,
                    Map.of(
                        Period.TOTAL,
                        new PeriodLimits(SubjectLimits.UNLIMITED, SubjectLimits.UNLIMITED, LIMIT)),
                    List.of(),
                    false)),
            SharingRules.STANDARD,
            ZoneOffset.UTC,
            false,
            false,
            new ModelCatalog(Map.of()));
    return new ProcessLimits(ticker, rules, false, LimitListener.NONE);
  }

  private CeilingDraws draws(int outageShare) {
    CeilingDraws draws =
        new CeilingDraws(
            limits,
            limits.quotas().share(new CeilingRules(outageShare, LEASE)),
            store,
            listener,
            ticker);
    limits.drawnBy(draws);
    return draws;
  }

  private Decision ask(long amount) {
    return limits.quotas().reserve(WHO, new Demand(0, 0, amount), ticker.nanos(), limits.today());
  }

  @Test
  void whatIsDrawnIsUsedWithoutAskingAgain() {
    CeilingDraws draws = draws(50);
    int waited = 0;
    for (int i = 0; i < 20; i++) {
      ticker.advance(Duration.ofMillis(500));
      if (ask(10) instanceof Shortage) {
        waited++;
        draws.turn();
        assertThat(ask(10)).isInstanceOf(Reservation.class);
      }
      draws.turn(); // As its thread does by itself.
    }
    assertThat(waited).as("later ones find enough that was drawn ahead").isEqualTo(2);
    assertThat(asked).isLessThan(10);
    assertThat(heard).isEmpty();
  }

  @Test
  void whatTheStoreRefusesIsRefusedWithoutAskingForAWhile() {
    CeilingDraws draws = draws(50);
    assertThat(ask(LIMIT + 1)).isInstanceOf(Refusal.class);
    ledger.draw("other", want(LIMIT - 5), ticker.nanos());
    assertThat(ask(10)).isInstanceOf(Shortage.class);
    draws.turn();
    assertThat(ask(10))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.remaining()).isEqualTo(5));
    ticker.advance(Duration.ofMillis(260));
    assertThat(ask(10)).isInstanceOf(Shortage.class);
  }

  private static CeilingWant want(long demand) {
    CeilingWant.Need none = new CeilingWant.Need(SubjectLimits.UNLIMITED, 0, 0, 0);
    return new CeilingWant(
        TEAM,
        Period.TOTAL,
        "total",
        none,
        none,
        new CeilingWant.Need(LIMIT, 0, demand, 0),
        List.of());
  }

  @Test
  void aStoreThatFailsIsAwayAtOnceAndBackAfterTwoQuickAnswers() {
    CeilingDraws draws = draws(50);
    fails = true;
    assertThat(ask(10)).isInstanceOf(Shortage.class);
    draws.turn();
    assertThat(heard).containsExactly("away: connection refused");
    assertThat(ask(40)).as("a twentieth is left to it").isInstanceOf(Reservation.class);
    assertThat(ask(20)).isInstanceOf(Refusal.class);
    draws.turn();
    assertThat(asked).as("it is not asked at once again").isEqualTo(1);
    ticker.advance(Duration.ofMillis(250));
    draws.turn();
    assertThat(asked).isEqualTo(2);
    fails = false;
    for (int i = 0; i < 3; i++) {
      ticker.advance(Duration.ofMillis(250));
      draws.turn();
    }
    assertThat(heard).containsExactly("away: connection refused", "back");
    assertThat(ask(900)).isInstanceOf(Shortage.class);
  }

  @Test
  void aSlowStoreIsAwayAfterThreeLateAnswers() {
    CeilingDraws draws = draws(50);
    takes = Duration.ofSeconds(1);
    for (int i = 0; i < 5; i++) {
      Decision _ = ask(10);
      draws.turn();
      ticker.advance(Duration.ofMillis(250));
    }
    assertThat(heard).containsExactly("away: answers take longer than 50 ms");
    assertThat(ask(10)).as("nobody waits").isNotInstanceOf(Shortage.class);
  }

  @Test
  void withoutAShareForOutagesTheCeilingInHandIsUsedAndThenNothing() {
    CeilingDraws draws = draws(0);
    assertThat(ask(100)).isInstanceOf(Shortage.class);
    draws.turn();
    fails = true;
    ticker.advance(Duration.ofSeconds(11));
    draws.turn();
    assertThat(heard).hasSize(1);
    assertThat(ask(100)).as("in hand").isInstanceOf(Reservation.class);
    assertThat(ask(500)).isInstanceOf(Unavailable.class);
    ticker.advance(Duration.ofSeconds(50));
    assertThat(ask(1)).as("given up").isInstanceOf(Unavailable.class);
  }

  @Test
  void saysThatItLivesAndGivesBackWhatIsLeft() {
    CeilingDraws draws = draws(50);
    draws.turn();
    draws.say();
    assertThat(draws.replicas()).isEqualTo(3);
    draws.close();
    assertThat(heard).containsExactly("ended", "closed");
  }

  @Test
  void daysFollowTheClockOfTheStore() {
    CeilingDraws draws = draws(50);
    LocalDate before = limits.today().day();
    clockAhead = Duration.ofDays(400).toMillis();
    draws.turn();
    assertThat(limits.today().day()).isEqualTo(before.plusDays(400));
  }
}
