package com.langdock.reliability.core.quota;

import org.jspecify.annotations.Nullable;

/** The reservations that are not settled, in the order in which they were opened. */
final class OpenReservations {
  private @Nullable Reservation first;
  private @Nullable Reservation last;
  private int count;

  int count() {
    return count;
  }

  void add(Reservation reservation) {
    Reservation before = last;
    reservation.previous = before;
    if (before == null) {
      first = reservation;
    } else {
      before.next = reservation;
    }
    last = reservation;
    count++;
  }

  void remove(Reservation reservation) {
    Reservation before = reservation.previous;
    Reservation after = reservation.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    reservation.previous = null;
    reservation.next = null;
    count--;
  }

  /** The first one if it was opened before {@code moment}, else null. */
  @Nullable Reservation before(long moment) {
    Reservation oldest = first;
    return oldest != null && oldest.openedAt - moment < 0 ? oldest : null;
  }
}
