package com.langdock.reliability.core.quota;

/**
 * What the store answers to a {@link CeilingWant}.
 *
 * @param others what all other processes have used, those that ended included
 * @param credit what was added to the budget of this period, in nanodollars
 * @param alerts the highest parts of the budget that were reported
 */
public record CeilingGrant(
    CeilingWant want,
    Part requests,
    Part tokens,
    Part money,
    UsageTotal.Sums others,
    long credit,
    Alerts alerts) {

  /**
   * What is granted of one limit.
   *
   * @param amount beyond {@link CeilingWant.Need#used}
   * @param free what is left for all processes after that
   */
  public record Part(long amount, long free) {
    /** Nothing, where there is no limit. */
    public static final Part NONE = new Part(0, 0);
  }

  /**
   * Thousandths of a budget.
   *
   * @param own what this process had recorded as reported before
   * @param before what any process had
   * @param now what is reported with this answer
   */
  public record Alerts(int own, int before, int now) {}
}
