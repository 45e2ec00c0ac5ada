package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.front.ResponseHook;
import com.langdock.reliability.gateway.telemetry.Observability.Observers;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/** Bugs at random places: in codecs, in observers, in what keeps answers. */
final class Faults {
  private final SplittableRandom random;
  private double inCodecs;
  private double inObservers;
  private double inKeeper;
  private boolean holdsBack;
  private final Queue<Runnable> heldBack = new ArrayDeque<>();
  private int bugs;

  Faults(SplittableRandom random) {
    this.random = random;
    boolean any = random.nextInt(2) == 0;
    inCodecs = any ? random.nextDouble(0.05) : 0;
    inObservers = any ? random.nextDouble(0.2) : 0;
    inKeeper = any ? random.nextDouble(0.05) : 0;
    holdsBack = random.nextInt(3) == 0;
  }

  /** From now on everything works. */
  void end() {
    inCodecs = 0;
    inObservers = 0;
    inKeeper = 0;
    holdsBack = false;
    letGo();
  }

  /** Lets the ends of answers go that were held back, as a journal does after a write. */
  void letGo() {
    while (!heldBack.isEmpty()) {
      heldBack.remove().run();
    }
  }

  /** What was thrown where it should end a request. */
  int bugs() {
    return bugs;
  }

  Seams seams(long seed) {
    Observers observers = new Observers(List.of(new Watcher()), List.of(change -> observe()));
    return new Seams(
        seed,
        Seams.NONE.memory(),
        observers,
        new FaultyKeeper(),
        Seams.NONE.access(),
        codec -> new FaultyCodec(codec, this::work));
  }

  private void work(FaultyCodec.Work work) {
    bug(inCodecs);
  }

  private void bug(double probability) {
    if (random.nextDouble() < probability) {
      bugs++;
      fail();
    }
  }

  private void observe() {
    if (random.nextDouble() < inObservers) {
      fail();
    }
  }

  private void fail() {
    switch (random.nextInt(3)) {
      case 0 -> throw new IllegalStateException("a bug");
      case 1 -> throw new StackOverflowError("a bug");
      default -> throw new AssertionError("a bug");
    }
  }

  private final class Watcher implements RequestObserver {
    @Override
    public SessionListener started(RequestInfo request) {
      observe();
      return (event, now) -> observe();
    }

    @Override
    public void refused(Refusal refusal) {
      observe();
    }
  }

  private final class FaultyKeeper implements ResponseHook {
    @Override
    public boolean keepsContents() {
      bug(inKeeper);
      return true;
    }

    @Override
    public void said(String requestId, byte[] request, byte[] answer) {
      observe();
    }

    @Override
    public void whenKept(Runnable then) {
      bug(inKeeper);
      if (holdsBack) {
        heldBack.add(then);
      } else {
        then.run();
      }
    }
  }
}
