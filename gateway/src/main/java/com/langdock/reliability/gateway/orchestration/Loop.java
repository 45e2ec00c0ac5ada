package com.langdock.reliability.gateway.orchestration;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.loop.EventLoop;
import java.util.Map;
import java.util.Objects;

/** What the requests of one event loop share: the loop itself, and its providers. */
public final class Loop {
  private final EventLoop events;
  private final Map<String, Provider> providers;
  private final StreamTimes streamTimes;

  /** A loop with its own connections to {@code providers}, by name. */
  public Loop(EventLoop events, Map<String, Provider> providers, StreamTimes streamTimes) {
    this.events = events;
    this.streamTimes = streamTimes;
    this.providers = Map.copyOf(providers);
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
