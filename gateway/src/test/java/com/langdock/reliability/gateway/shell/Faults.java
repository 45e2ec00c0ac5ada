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

/** Throws at random places: in provider formats, observers and fronts. */
final class Faults {
  private final SplittableRandom random;
  private double inFormats;
  private double inObservers;
  private double inFronts;
  private boolean holds;
  private final Queue<Runnable> held = new ArrayDeque<>();
  private int bugs;

  Faults(SplittableRandom random) {
    this.random = random;
    boolean any = random.nextInt(2) == 0;
    inFormats = any ? random.nextDouble(0.05) : 0;
    inObservers = any ? random.nextDouble(0.2) : 0;
    inFronts = any ? random.nextDouble(0.05) : 0;
    holds = random.nextInt(3) == 0;
  }

  /** Stops all faults. */
  void end() {
    inFormats = 0;
    inObservers = 0;
    inFronts = 0;
    holds = false;
    release();
  }

  /** Releases the held ends of answers, as the journal does after a write. */
  void release() {
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  /** The number of errors thrown at places where they must end a request. */
  int bugs() {
    return bugs;
  }

  TestParts parts(long seed) {
    return new TestParts(
        seed,
        TestParts.NONE.memory(),
        List.of(this::watcher),
        List.of(change -> observe()),
        TestParts.NONE.access(),
        fronts -> fronts.stream().map(this::front).toList(),
        format -> new FaultyFormat(format, this::work));
  }

  private void work(FaultyFormat.Work work) {
    bug(inFormats);
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
      if (holds) {
        held.add(then);
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
