package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

/** The client of one request: what it was given must be one answer, and look like what it is. */
final class SimulatedClient {
  /** How an answer ends, as its client sees it. */
  enum Ending {
    /** Not yet. */
    NONE,
    /** It says that it is whole. */
    WHOLE,
    /** It says that it failed. */
    ERROR,
    /** The client did not stay to see. */
    LEFT
  }

  private int pieces;
  private Ending ending = Ending.NONE;

  /** How many pieces of its text it has: always the first ones. */
  int pieces() {
    return pieces;
  }

  Ending ending() {
    return ending;
  }

  boolean isServed() {
    return ending != Ending.NONE;
  }

  /** Pieces come in order, none is lost and none comes twice. */
  void receives(int number) {
    assertThat(ending).as("content after the end").isEqualTo(Ending.NONE);
    assertThat(number).as("the next piece").isEqualTo(pieces).isLessThan(World.PIECES);
    pieces++;
  }

  void ends(Ending how) {
    assertThat(ending).as("a second end").isEqualTo(Ending.NONE);
    if (how == Ending.WHOLE) {
      assertThat(pieces).as("the pieces of what looks whole").isEqualTo(World.PIECES);
    }
    ending = how;
  }

  /** Closes its connection, which means nothing when it has its answer. */
  void leaves() {
    if (!isServed()) {
      ends(Ending.LEFT);
    }
  }
}
