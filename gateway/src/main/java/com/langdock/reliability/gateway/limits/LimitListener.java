package com.langdock.reliability.gateway.limits;

import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.quota.Refusal;
import com.langdock.reliability.core.quota.Reservation;
import com.langdock.reliability.core.quota.Settlement;

/** Hears what limits do, for metrics and logs. Called from every event loop. */
public interface LimitListener {
  /** Hears nothing. */
  LimitListener NONE =
      new LimitListener() {
        @Override
        public void refused(Refusal refusal, Priority priority, boolean shadow) {}

        @Override
        public void settled(Reservation reservation, long tokens, Settlement settlement) {}

        @Override
        public void reached(Settlement.Alert alert) {}

        @Override
        public void lost(Reservation reservation) {}
      };

  /**
   * A limit refused a request.
   *
   * @param shadow whether it would have, but only reports
   */
  void refused(Refusal refusal, Priority priority, boolean shadow);

  /** A request ended that used {@code tokens}. */
  void settled(Reservation reservation, long tokens, Settlement settlement);

  /** All processes together have reached a part of a budget. */
  void reached(Settlement.Alert alert);

  /** A reservation was never settled, which is a bug; its estimate is charged. */
  void lost(Reservation reservation);
}
