package com.langdock.reliability.core.quota;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one admitted request holds of its limits until it is settled. Guarded by its {@link Quotas}.
 */
public final class Reservation implements Decision {
  final AccountSet[] sets;
  final long openedAt;

  /** What it holds of each bucket of tokens where that is not {@link #tokens}; else null. */
  long @Nullable [] ofBuckets;

  /** The key that slots were counted for, null where none were. */
  private @Nullable Subject key;

  /** Where they were, one bit for each set. */
  private int sharedSlots;

  long tokens;
  long nanodollars;
  List<Refusal> shadowed = List.of();
  boolean settled;
  @Nullable Reservation previous;
  @Nullable Reservation next;

  Reservation(AccountSet[] sets, Demand demand, long now) {
    this.sets = sets;
    this.openedAt = now;
    this.tokens = demand.tokens();
    this.nanodollars = demand.nanodollars();
  }

  /** The refusals of limits that only report, mostly none. */
  public List<Refusal> shadowed() {
    return shadowed;
  }

  /** Tokens that it holds of each limit of a period. */
  public long tokens() {
    return tokens;
  }

  /** Nanodollars that it holds of each budget. */
  public long nanodollars() {
    return nanodollars;
  }

  /** A slot of the set {@code index} is counted for {@code key}. */
  void slotOf(int index, Subject key) {
    this.key = key;
    sharedSlots |= 1 << index;
  }

  /** The key that a slot of the set {@code index} is counted for, null when none is. */
  @Nullable Subject slotOf(int index) {
    return (sharedSlots & 1 << index) == 0 ? null : key;
  }

  /** Records that it holds {@code more}. */
  void extended(Demand more) {
    tokens += more.tokens();
    nanodollars = Ledger.plus(nanodollars, more.nanodollars());
    if (ofBuckets != null) {
      for (int i = 0; i < ofBuckets.length; i++) {
        ofBuckets[i] += more.tokens();
      }
    }
  }

  /** What it holds of the bucket of tokens of its set {@code index}. */
  long ofBucket(int index) {
    return ofBuckets == null ? tokens : ofBuckets[index];
  }

  /** Sets what it holds of the bucket of tokens of its set {@code index}. */
  void ofBucket(int index, long amount) {
    if (ofBuckets == null) {
      if (amount == tokens) {
        return;
      }
      ofBuckets = new long[sets.length];
      Arrays.fill(ofBuckets, tokens);
    }
    ofBuckets[index] = amount;
  }
}
