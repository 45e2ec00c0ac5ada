package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.loop.EventLoop;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** What the requests of one event loop share: the loop itself, and its providers. */
public final class Loop {
  private final EventLoop events;
  private final Map<String, Provider> providers;
  private final StreamTimes streamTimes;

  private Loop(EventLoop guarded, Loop shared) {
    this.events = guarded;
    this.providers = shared.providers;
    this.streamTimes = shared.streamTimes;
  }

  /** A loop with its own connections to {@code providers}, by name. */
  public Loop(EventLoop events, Map<String, Provider> providers, StreamTimes streamTimes) {
    this.events = events;
    this.streamTimes = streamTimes;
    this.providers = Map.copyOf(providers);
  }

  /**
   * The same loop as one request sees it: whatever is thrown by its work, timers and results goes
   * to {@code guard}, which ends the request.
   */
  public Loop guardedBy(Consumer<Throwable> guard) {
    return new Loop(events.guardedBy(guard), this);
  }

  /** Its thread, its timers. */
  public EventLoop events() {
    return events;
  }

  /** The clock. */
  public Ticker ticker() {
    return events.ticker();
  }

  /** When clients of streams are told that they live. */
  StreamTimes streamTimes() {
    return streamTimes;
  }

  /** The provider of this name; it must be configured. */
  public Provider provider(String name) {
    return Objects.requireNonNull(providers.get(name), name);
  }
}
