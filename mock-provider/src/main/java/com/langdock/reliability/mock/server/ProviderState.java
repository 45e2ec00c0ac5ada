package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.log.RequestLog;
import com.langdock.reliability.mock.settings.Settings;

/** The state of one simulated provider. Thread-safe. */
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

  /** Resets the settings and removes the requests seen. */
  public void reset() {
    configure(Settings.healthy());
    log.clear();
  }
}
