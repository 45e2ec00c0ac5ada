package com.langdock.reliability.fuzz;

import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * The seeds 0, 1, 2 … of a test's random inputs: a fixed number of them, or, with {@code
 * -Dfuzz.seconds=60}, as many as that time allows; then it prints how many they were.
 */
public final class Seeds implements Iterator<Integer> {
  private static final long NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 0));

  private final String test;
  private final int usual;
  private final long start = System.nanoTime();
  private int next;

  private Seeds(String test, int usual) {
    this.test = test;
    this.usual = usual;
  }

  /** The seeds for {@code test}, {@code usual} of them unless there is a time. */
  public static Iterable<Integer> of(String test, int usual) {
    return () -> new Seeds(test, usual);
  }

  @Override
  public boolean hasNext() {
    if (NANOS == 0) {
      return next < usual;
    }
    if (System.nanoTime() - start < NANOS) {
      return true;
    }
    System.out.println("fuzz: " + test + ": " + next + " inputs");
    return false;
  }

  @Override
  public Integer next() {
    return next++;
  }
}
