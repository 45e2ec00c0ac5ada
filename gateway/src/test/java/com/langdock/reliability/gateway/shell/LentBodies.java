package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.core.domain.Body;
import java.util.Arrays;

/** Lends arrays, and spoils each one that is given back: whoever still reads it is found out. */
final class LentBodies implements Body.Lender {
  private int lent;
  private int givenBack;

  @Override
  public synchronized Body lend(int length) {
    lent++;
    return Body.lent(new byte[length + 100], length, this);
  }

  @Override
  public synchronized void giveBack(byte[] array) {
    givenBack++;
    Arrays.fill(array, (byte) '#');
  }

  /** How many arrays were lent so far. */
  synchronized int lent() {
    return lent;
  }

  /** How many of them nobody uses any more. */
  synchronized int givenBack() {
    return givenBack;
  }
}
