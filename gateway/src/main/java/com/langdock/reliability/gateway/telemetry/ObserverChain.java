package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.session.SessionEvent;
import com.langdock.reliability.core.session.SessionListener;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All observers of one request, in order. None of them can hurt the request: what they throw goes
 * to {@code failures}, here and nowhere else, and the request continues.
 */
final class ObserverChain implements RequestObserver, SessionListener {
  private static final SessionListener[] NOBODY = {};

  private final RequestObserver[] observers;
  private final Consumer<Throwable> failures;
  private final @Nullable String traceId;
  private final boolean keepsContents;
  private SessionListener[] listeners = NOBODY;

  private ObserverChain(RequestObserver[] observers, Consumer<Throwable> failures) {
    this.observers = observers;
    this.failures = failures;
    this.traceId = firstTraceId();
    this.keepsContents = doesAnyKeepContents();
  }

  /** The observers that {@code watchers} choose for a request. */
  static ObserverChain of(
      RequestWatcher[] watchers, RequestStart request, Consumer<Throwable> failures) {
    RequestObserver[] observers = new RequestObserver[watchers.length];
    for (int i = 0; i < observers.length; i++) {
      try {
        observers[i] = watchers[i].observe(request);
      } catch (Throwable thrown) {
        failures.accept(thrown);
        observers[i] = NONE;
      }
    }
    return new ObserverChain(observers, failures);
  }

  private @Nullable String firstTraceId() {
    String first = null;
    for (int i = 0; i < observers.length && first == null; i++) {
      try {
        first = observers[i].traceId();
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
    return first;
  }

  /** Of the first observer that knows one. */
  @Override
  public @Nullable String traceId() {
    return traceId;
  }

  private void each(Consumer<RequestObserver> call) {
    for (RequestObserver observer : observers) {
      try {
        call.accept(observer);
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
  }

  @Override
  public void turnedAway(EarlyRefusal refusal) {
    each(observer -> observer.turnedAway(refusal));
  }

  @Override
  public void clientLeft() {
    each(RequestObserver::clientLeft);
  }

  @Override
  public void refused(Refusal refusal) {
    each(observer -> observer.refused(refusal));
  }

  @Override
  public SessionListener began(RequestInfo request) {
    SessionListener[] begun = new SessionListener[observers.length];
    for (int i = 0; i < begun.length; i++) {
      begun[i] = NO_EVENTS;
      try {
        begun[i] = observers[i].began(request);
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
    listeners = begun;
    return this;
  }

  @Override
  public void on(SessionEvent event, long now) {
    for (SessionListener listener : listeners) {
      try {
        listener.on(event, now);
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
  }

  /** Of the first observer that has any. */
  @Override
  public Map<String, String> headersFor(Attempt attempt) {
    Map<String, String> first = Map.of();
    for (int i = 0; i < observers.length && first.isEmpty(); i++) {
      try {
        first = observers[i].headersFor(attempt);
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
    return first;
  }

  @Override
  public void answered(int status, long now) {
    for (RequestObserver observer : observers) {
      try {
        observer.answered(status, now);
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
  }

  private boolean doesAnyKeepContents() {
    boolean any = false;
    for (int i = 0; i < observers.length && !any; i++) {
      try {
        any = observers[i].keepsContents();
      } catch (Throwable thrown) {
        failures.accept(thrown);
      }
    }
    return any;
  }

  @Override
  public boolean keepsContents() {
    return keepsContents;
  }

  @Override
  public void contents(byte[] request, byte[] answer) {
    each(observer -> observer.contents(request, answer));
  }

  @Override
  public boolean holdsEnd() {
    return true;
  }

  /** After each observer that holds the end, one after the other. */
  @Override
  public void mayEnd(Runnable end) {
    mayEnd(0, end);
  }

  private void mayEnd(int first, Runnable end) {
    for (int i = first; i < observers.length; i++) {
      if (holdsEnd(observers[i])) {
        Next next = new Next(i + 1, end);
        try {
          observers[i].mayEnd(next);
        } catch (Throwable thrown) {
          failures.accept(thrown);
          next.run();
        }
        return;
      }
    }
    end.run();
  }

  private boolean holdsEnd(RequestObserver observer) {
    try {
      return observer.holdsEnd();
    } catch (Throwable thrown) {
      failures.accept(thrown);
      return false;
    }
  }

  @Override
  public void released() {
    each(RequestObserver::released);
  }

  /** What follows an observer that holds the end: it may run only once, whoever runs it. */
  private final class Next implements Runnable {
    private final int observer;
    private final Runnable end;
    private boolean begun;

    Next(int observer, Runnable end) {
      this.observer = observer;
      this.end = end;
    }

    @Override
    public void run() {
      if (!begun) {
        begun = true;
        mayEnd(observer, end);
      }
    }
  }
}
