package com.langdock.reliability.core.domain;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a body: the first ones of an array.
 *
 * <p>The array of a large body is lent: it is used again when all who hold the body have released
 * it. Whoever uses a body later than in the call that received it, or on another thread, holds it.
 * If somebody forgets to release it, the array is left to the garbage collector. Thread-safe.
 */
public final class Body {
  /** Lends arrays. */
  public interface Lender {
    /** A body of {@code length} bytes with any content, held by the caller. */
    Body lend(int length);

    /** Receives an array that nobody uses any more. */
    void giveBack(byte[] array);
  }

  private final byte[] array;
  private final int length;

  /** Null if the array is not lent. */
  private final @Nullable Loan loan;

  private Body(byte[] array, int length, @Nullable Loan loan) {
    this.array = array;
    this.length = length;
    this.loan = loan;
  }

  /** All bytes of {@code array}, which is not lent: to hold and to release it has no effect. */
  public static Body of(byte[] array) {
    return new Body(array, array.length, null);
  }

  /** The first {@code length} bytes of an array that {@code lender} lends. */
  public static Body lent(byte[] array, int length, Lender lender) {
    return new Body(array, length, new Loan(lender));
  }

  /** The number of bytes. */
  public int length() {
    return length;
  }

  /**
   * The array, which may be longer than the body. Callers must not modify it.
   *
   * @throws IllegalStateException if nobody holds the body any more
   */
  public byte[] array() {
    if (loan != null && loan.holders.get() == 0) {
      throw new IllegalStateException("a body that was released");
    }
    return array;
  }

  /** Its bytes alone, for as long as somebody wants them: a copy if the array is lent. */
  public byte[] bytes() {
    return loan == null ? array : Arrays.copyOf(array(), length);
  }

  /** A body of {@code size} bytes with any content, held by the caller: lent if this one is. */
  public Body another(int size) {
    return loan == null ? of(new byte[size]) : loan.lender.lend(size);
  }

  /** The first {@code size} bytes as a body, which takes the place of this one. */
  public Body first(int size) {
    return new Body(array(), size, loan);
  }

  /** Holds this body, which somebody holds already. */
  public Body hold() {
    if (loan != null && loan.holders.getAndIncrement() == 0) {
      loan.holders.decrementAndGet();
      throw new IllegalStateException("a body that was released");
    }
    return this;
  }

  /** Releases it, once for each time that it was held. */
  public void release() {
    if (loan == null) {
      return;
    }
    int left = loan.holders.decrementAndGet();
    if (left < 0) {
      loan.holders.incrementAndGet();
      throw new IllegalStateException("a body that was released too often");
    }
    if (left == 0) {
      loan.end(array);
    }
  }

  /** Runs {@code action} before the array is used again; never if it is not lent. */
  public void beforeReuse(Runnable action) {
    if (loan != null) {
      loan.add(action);
    }
  }

  /** What only a lent body has. */
  private static final class Loan {
    final Lender lender;
    final AtomicInteger holders = new AtomicInteger(1);
    private Runnable beforeReuse = () -> {};

    Loan(Lender lender) {
      this.lender = lender;
    }

    synchronized void add(Runnable action) {
      Runnable earlier = beforeReuse;
      beforeReuse =
          () -> {
            earlier.run();
            action.run();
          };
    }

    synchronized void end(byte[] array) {
      beforeReuse.run();
      lender.giveBack(array);
    }
  }
}
