package com.langdock.reliability.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.quota.Period.Dates;
import com.langdock.reliability.core.quota.SubjectLimits.Rates;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SharedLimitsTest {
  private static final Dates TODAY = Dates.of(LocalDate.of(2027, 2, 28));
  private static final Subject TEAM = Subject.team("t");
  private static final Claimant NORMAL = new Claimant(List.of(TEAM), Priority.NORMAL);
  private static final Claimant LOW = new Claimant(List.of(TEAM), Priority.LOW);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final NaiveStore store = new NaiveStore();
  private long now = -5 * SECOND;
  private Replica a = new Replica(0, false);
  private final Replica b = new Replica(1, false);

  /** One process, and what sends its commands. */
  private final class Replica {
    final int id;
    final Quotas quotas;
    final Allotments allotments;

    Replica(int id, boolean refuses) {
      this.id = id;
      quotas = new Quotas(SharingRules.STANDARD, false, new SharedRules(2, true, refuses));
      allotments = Objects.requireNonNull(quotas.allotments());
    }

    Decision ask(Claimant who, Demand demand) {
      return quotas.reserve(who, demand, now, TODAY);
    }

    Decision alone() {
      return quotas.reserveAlone(NORMAL, Demand.NONE, now, TODAY);
    }

    /** Asks, and asks again once its commands are answered. */
    Decision askTwice(Claimant who, Demand demand) {
      Decision first = ask(who, demand);
      exchange();
      return first instanceof Shortage ? ask(who, demand) : first;
    }

    List<Draw> exchange() {
      List<Draw> draws = allotments.take(100, now);
      draws.forEach(
          draw -> allotments.answered(draw, store.answer(id, draw, now), now - MILLI, now));
      return draws;
    }
  }

  @Nested
  class ARate {
    @Test
    void isDrawnOnceAndThenTakenInMemory() {
      limit(rate(240));
      assertThat(a.ask(NORMAL, Demand.NONE))
          .isEqualTo(
              new Shortage(
                  List.of(new Shortage.Want(TEAM, LimitKind.REQUESTS_PER_MINUTE, null, 1))));
      a.exchange();
      assertThat(a.ask(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
      now += SECOND;
      assertThat(a.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
      a.exchange();
      for (int i = 0; i < 3; i++) {
        assertThat(a.ask(NORMAL, Demand.NONE)).as("drawn ahead").isInstanceOf(Reservation.class);
        a.exchange();
      }
    }

    @Test
    void isOneForAllReplicas() {
      limit(rate(12));
      List<Decision> decisions = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        decisions.add((i % 2 == 0 ? a : b).askTwice(NORMAL, Demand.NONE));
      }
      assertThat(decisions).filteredOn(Reservation.class::isInstance).hasSize(12);
      Refusal refusal = (Refusal) decisions.getLast();
      assertThat(refusal.waitNanos()).isEqualTo(5 * SECOND);
      now += refusal.waitNanos();
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
    }

    @Test
    void isNotAskedAgainFor250MillisecondsAfterItRefused() {
      limit(rate(1));
      a.askTwice(NORMAL, Demand.NONE);
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Refusal.class);
      for (int i = 0; i < 249; i++) {
        now += MILLI;
        assertThat(b.ask(NORMAL, Demand.NONE)).isInstanceOf(Refusal.class);
      }
      assertThat(b.exchange()).isEmpty();
      now += MILLI;
      assertThat(b.ask(NORMAL, Demand.NONE)).isInstanceOf(Shortage.class);
    }

    @Test
    void givesBackWhatIsUnusedForFiveSeconds() {
      limit(new Rate(60, 60));
      for (int i = 0; i < 3; i++) {
        a.askTwice(NORMAL, Demand.NONE);
      }
      a.exchange();
      now += 5 * SECOND;
      assertThat(a.exchange())
          .singleElement()
          .satisfies(draw -> assertThat(((Draw.OfRate) draw.ask()).change()).isNegative());
      now += 60 * SECOND;
      assertThat(a.exchange()).isEmpty();
    }

    @Test
    void chargesWhatAnAnswerUsedBeyondWhatIsHeld() {
      limit(
          new SubjectLimits(
              new Rates(null, Rate.perMinute(1_000), SubjectLimits.UNLIMITED),
              Map.of(),
              List.of(),
              false));
      Reservation reservation = (Reservation) a.askTwice(NORMAL, new Demand(10, 90, 0));
      a.quotas.settle(reservation, new Usage(10, 0, 990), 0, 1, now);
      a.exchange();
      assertThat(b.askTwice(NORMAL, new Demand(10, 0, 0))).isInstanceOf(Refusal.class);
    }

    @Test
    void keepsAPartFreeOfLowPriority() {
      limit(rate(10));
      int admitted = 0;
      for (int i = 0; i < 10; i++) {
        admitted += a.askTwice(LOW, Demand.NONE) instanceof Reservation ? 1 : 0;
        now += 300 * MILLI;
      }
      assertThat(admitted).isEqualTo(8);
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
    }
  }

  @Nested
  class Slots {
    @Test
    void areNeverMoreThanTheLimitOfAll() {
      limit(slots(3));
      List<Decision> decisions = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        decisions.add((i % 2 == 0 ? a : b).askTwice(NORMAL, Demand.NONE));
      }
      assertThat(decisions).filteredOn(Reservation.class::isInstance).hasSize(3);
      a.quotas.settle((Reservation) decisions.get(0), Usage.NONE, 0, 1, now);
      a.exchange();
      now += 250 * MILLI;
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
    }

    @Test
    void ofAReplicaThatDiedComeBackAfterTenSeconds() {
      limit(slots(3));
      for (int i = 0; i < 3; i++) {
        a.askTwice(NORMAL, Demand.NONE);
      }
      now += 10 * SECOND - MILLI;
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Refusal.class);
      now += 250 * MILLI;
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
    }

    @Test
    void areRenewedEachSecondAndNotGivenOutAfterEight() {
      limit(slots(80));
      List<Reservation> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add((Reservation) a.askTwice(NORMAL, Demand.NONE));
      }
      a.quotas.settle(all.getFirst(), Usage.NONE, 0, 1, now);
      a.exchange();
      now += SECOND;
      assertThat(a.exchange()).hasSize(1);
      now += 8 * SECOND - 2 * MILLI;
      assertThat(a.ask(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
      now += MILLI;
      assertThat(a.ask(NORMAL, Demand.NONE)).isInstanceOf(Shortage.class);
    }
  }

  @Nested
  class WithoutTheStore {
    @Test
    void eachReplicaHasItsShare() {
      limit(rate(12));
      a.allotments.away(true, now);
      assertThat(admitted(a, 20)).isEqualTo(6);
      now += 10 * SECOND;
      assertThat(admitted(a, 20)).isEqualTo(1);
      assertThat(a.exchange()).as("what is charged once it is back").hasSize(1);
    }

    @Test
    void whatWasAdmittedAloneIsChargedFirstWhenItIsBack() {
      limit(rate(12));
      a.allotments.away(true, now);
      admitted(a, 6);
      a.allotments.away(false, now);
      a.exchange();
      int ofAll = 0;
      for (int i = 0; i < 20; i++) {
        ofAll += b.askTwice(NORMAL, Demand.NONE) instanceof Reservation ? 1 : 0;
      }
      assertThat(ofAll).as("one is held ahead by the other").isEqualTo(5);
    }

    @Test
    void nothingIsAdmittedWhereThatIsWanted() {
      a = new Replica(0, true);
      limit(rate(12));
      a.allotments.away(true, now);
      assertThat(a.ask(NORMAL, Demand.NONE)).isEqualTo(new Unavailable(TEAM));
    }

    @Test
    void aRequestThatWaitedInVainIsDecidedByTheShare() {
      limit(rate(4));
      assertThat(a.ask(NORMAL, Demand.NONE)).isInstanceOf(Shortage.class);
      assertThat(a.alone()).isInstanceOf(Reservation.class);
      assertThat(a.alone()).isInstanceOf(Reservation.class);
      assertThat(a.alone()).isInstanceOf(Refusal.class);
      a.allotments.take(9, now).forEach(a.allotments::failed);
      a.allotments.away(true, now);
      a.allotments.away(false, now);
      a.exchange();
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Reservation.class);
      assertThat(b.askTwice(NORMAL, Demand.NONE)).isInstanceOf(Refusal.class);
    }

    @Test
    void aLimitOfSlotsIsDividedToo() {
      limit(slots(4));
      a.allotments.away(true, now);
      assertThat(admitted(a, 9)).isEqualTo(2);
    }

    private int admitted(Replica replica, int times) {
      int admitted = 0;
      for (int i = 0; i < times; i++) {
        admitted += replica.ask(NORMAL, Demand.NONE) instanceof Reservation ? 1 : 0;
      }
      return admitted;
    }
  }

  private void limit(SubjectLimits limits) {
    a.quotas.limits(TEAM, limits, now);
    b.quotas.limits(TEAM, limits, now);
  }

  private void limit(Rate rate) {
    limit(limits(rate, SubjectLimits.UNLIMITED));
  }

  private static SubjectLimits rate(long perMinute) {
    return limits(Rate.perMinute(perMinute), SubjectLimits.UNLIMITED);
  }

  private static SubjectLimits slots(long limit) {
    return limits(null, limit);
  }

  private static SubjectLimits limits(@Nullable Rate rate, long concurrent) {
    return new SubjectLimits(new Rates(rate, null, concurrent), Map.of(), List.of(), false);
  }
}
