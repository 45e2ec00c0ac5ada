package com.langdock.reliability.core.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Offset<Double> ROUNDING = within(1e-6);

  private long now = Long.MAX_VALUE - SECOND / 2; // the clock wraps around on the way

  @Test
  void startsFullWithTenSecondsWorth() {
    RetryBudget budget = new RetryBudget(0.2, 3);
    assertThat(budget.balance(now)).isEqualTo(30);
    assertThat(withdrawAll(budget)).isEqualTo(30);
  }

  @Test
  void holdsAtLeastTenTokens() {
    assertThat(withdrawAll(new RetryBudget(0.2, 0))).isEqualTo(10);
    assertThat(withdrawAll(new RetryBudget(0, 0.5))).isEqualTo(10);
  }

  @Test
  void rejectsWhenEmpty() {
    RetryBudget budget = new RetryBudget(0, 0);
    for (int request = 0; request < 1_000; request++) {
      now += SECOND;
      budget.deposit(now);
      assertThat(budget.tryWithdraw(now)).isFalse();
    }
  }

  @Test
  void eachRequestAddsTheRatio() {
    RetryBudget budget = new RetryBudget(0.25, 0);
    withdrawAll(budget);
    for (int request = 0; request < 8; request++) {
      budget.deposit(now);
    }
    assertThat(budget.balance(now)).isEqualTo(2);
    assertThat(withdrawAll(budget)).isEqualTo(2);
  }

  @Test
  void timeAddsTheMinimum() {
    RetryBudget budget = new RetryBudget(0, 10);
    withdrawAll(budget);
    now += SECOND;
    assertThat(budget.balance(now)).isCloseTo(10, ROUNDING);
  }

  @Test
  void savesUpTenSecondsOfRequestsBesideTenSecondsOfTime() {
    RetryBudget budget = new RetryBudget(0.3, 10);
    for (int second = 0; second < 60; second++) {
      now += SECOND;
      for (int request = 0; request < 100; request++) {
        budget.deposit(now);
      }
    }
    assertThat(budget.balance(now)).isCloseTo(400, ROUNDING);
  }

  @Test
  void addedCapacityStartsFull() {
    RetryBudget budget = new RetryBudget(0.3, 10);
    withdrawAll(budget);
    for (int request = 0; request < 100; request++) {
      budget.deposit(now);
    }
    assertThat(budget.balance(now)).isCloseTo(60, ROUNDING);
  }

  @Test
  void shrinksWhenTrafficEnds() {
    RetryBudget budget = new RetryBudget(1, 1);
    for (int request = 0; request < 100; request++) {
      budget.deposit(now);
    }
    assertThat(budget.balance(now)).isCloseTo(110, ROUNDING);
    now += 10 * SECOND;
    assertThat(budget.balance(now)).isCloseTo(10, ROUNDING);
  }

  @Test
  void refundsAnUnusedToken() {
    RetryBudget budget = new RetryBudget(0, 1);
    withdrawAll(budget);
    budget.refund(now);
    assertThat(withdrawAll(budget)).isEqualTo(1);
  }

  @Test
  void doesNotSaveUpTimeWhileItIsFull() {
    RetryBudget budget = new RetryBudget(0, 1);
    budget.balance(now);
    now += 100 * SECOND;
    assertThat(withdrawAll(budget)).isEqualTo(10);
  }

  @Test
  void aRejectionTakesNoToken() {
    RetryBudget budget = new RetryBudget(0.5, 0);
    withdrawAll(budget);
    budget.deposit(now);
    assertThat(budget.tryWithdraw(now)).isFalse();
    assertThat(budget.balance(now)).isEqualTo(0.5);
  }

  @Test
  void anEarlierMomentAddsAndTakesNothing() {
    RetryBudget budget = new RetryBudget(0, 10);
    withdrawAll(budget);
    now += SECOND;
    double before = budget.balance(now);
    assertThat(budget.balance(now - SECOND / 2)).isEqualTo(before);
    assertThat(budget.balance(now)).isEqualTo(before);
  }

  @Test
  void behavesLikeTheNaiveBudget() {
    for (long seed = 0; seed < 500; seed++) {
      compareWithNaive(seed);
    }
  }

  private static void compareWithNaive(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double ratio = random.nextInt(5) / 4.0;
    double perSecond = random.nextInt(5) / 2.0;
    RetryBudget real = new RetryBudget(ratio, perSecond);
    NaiveBudget naive = new NaiveBudget(ratio, perSecond);
    long moment = random.nextLong();
    for (int step = 0; step < 80; step++) {
      moment += random.nextInt(8) == 0 ? random.nextLong(4 * SECOND) : 0;
      Supplier<String> where = where(seed, step);
      if (random.nextInt(3) == 0) {
        real.deposit(moment);
        naive.deposit(moment);
      } else if (Math.abs(naive.balance(moment) - 1) > 1e-6) {
        boolean enough = naive.balance(moment) > 1;
        assertThat(real.tryWithdraw(moment)).as(where).isEqualTo(enough);
        naive.withdraw(enough ? 1 : 0, moment);
      } else if (real.tryWithdraw(moment)) {
        naive.withdraw(1, moment);
      }
      assertThat(real.balance(moment)).as(where).isCloseTo(naive.balance(moment), ROUNDING);
    }
  }

  private static Supplier<String> where(long seed, int step) {
    return () -> "seed " + seed + ", step " + step;
  }

  private int withdrawAll(RetryBudget budget) {
    int withdrawn = 0;
    while (budget.tryWithdraw(now)) {
      withdrawn++;
    }
    return withdrawn;
  }
}
