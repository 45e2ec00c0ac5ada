package com.langdock.reliability.core.quota;

import java.util.List;

/**
 * What the end of a request showed.
 *
 * @param overshoot nanodollars by which it made a budget pass its limit; of several the most
 * @param alerts parts of budgets that were reached
 * @param repeated whether it was settled before, so that nothing has changed
 */
public record Settlement(long overshoot, List<Alert> alerts, boolean repeated) {
  /** Nothing to report. */
  static final Settlement PLAIN = new Settlement(0, List.of(), false);

  /** It was settled before. */
  static final Settlement REPEATED = new Settlement(0, List.of(), true);

  /**
   * A part of a budget that was reached.
   *
   * @param key of the period
   * @param at the part in thousandths
   * @param spent nanodollars
   * @param limit nanodollars
   */
  public record Alert(Subject subject, Period period, String key, int at, long spent, long limit) {}
}
