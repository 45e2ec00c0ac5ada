package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.log.RequestLog;
import com.langdock.reliability.mock.settings.Settings;

/** What one simulated provider remembers between requests. Safe from any thread. */
public final class ProviderState {
  private final RequestLog log = new RequestLog();
  private volatile Behaviour behaviour = new Behaviour(Settings.healthy());

  /** The requests seen so far. */
  public RequestLog log() {
    return log;
  }

  /** How the next request is answered. */
  public Behaviour behaviour() {
    return behaviour;
  }

  /** Replaces all settings and starts their script. */
  public void configure(Settings settings) {
    behaviour = new Behaviour(settings);
  }

  /** Heals the provider and forgets the requests seen. */
  public void reset() {
    configure(Settings.healthy());
    log.clear();
  }
}
