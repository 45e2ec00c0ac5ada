package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionListener;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.telemetry.RequestInfo;
import com.langdock.reliability.gateway.telemetry.RequestObserver;
import com.langdock.reliability.gateway.telemetry.RequestStart;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;

/** Bugs at random places: in codecs, in observers, in fronts. */
final class Faults {
  private final SplittableRandom random;
  private double inCodecs;
  private double inObservers;
  private double inFronts;
  private boolean holdsBack;
  private final Queue<Runnable> heldBack = new ArrayDeque<>();
  private int bugs;

  Faults(SplittableRandom random) {
    this.random = random;
    boolean any = random.nextInt(2) == 0;
    inCodecs = any ? random.nextDouble(0.05) : 0;
    inObservers = any ? random.nextDouble(0.2) : 0;
    inFronts = any ? random.nextDouble(0.05) : 0;
    holdsBack = random.nextInt(3) == 0;
  }

  /** From now on everything works. */
  void end() {
    inCodecs = 0;
    inObservers = 0;
    inFronts = 0;
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
    return new Seams(
        seed,
        Seams.NONE.memory(),
        List.of(this::watcher),
        List.of(change -> observe()),
        Seams.NONE.access(),
        fronts -> fronts.stream().map(this::front).toList(),
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

  private RequestObserver watcher(RequestStart request) {
    observe();
    return new FaultyObserver();
  }

  private Front front(Front front) {
    return new FaultyFront(front, () -> bug(inFronts), () -> bug(inFronts));
  }

  private final class FaultyObserver implements RequestObserver {
    @Override
    public SessionListener began(RequestInfo request) {
      observe();
      return (event, now) -> observe();
    }

    @Override
    public void refused(Refusal refusal) {
      observe();
    }

    @Override
    public void answered(int status, long now) {
      observe();
    }

    @Override
    public Map<String, String> headersFor(Attempt attempt) {
      observe();
      return Map.of("traceparent", "00-1-1-01");
    }

    @Override
    public boolean keepsContents() {
      observe();
      return true;
    }

    @Override
    public void contents(byte[] request, byte[] answer) {
      observe();
    }

    @Override
    public boolean holdsEnd() {
      observe();
      return true;
    }

    @Override
    public void mayEnd(Runnable then) {
      observe();
      if (holdsBack) {
        heldBack.add(then);
      } else {
        then.run();
      }
      observe();
    }

    @Override
    public void released() {
      observe();
    }
  }
}
