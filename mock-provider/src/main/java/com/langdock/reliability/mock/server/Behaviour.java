package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.fault.Fault;
import com.langdock.reliability.mock.fault.FaultPicker;
import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.reply.Replies;
import com.langdock.reliability.mock.reply.Situation;
import com.langdock.reliability.mock.settings.Settings;
import java.util.Random;

/** The current settings, with the rest of the script and the random source. Thread-safe. */
public final class Behaviour {
  private final Settings settings;
  private final FaultPicker picker;

  /** Starts with the whole script and a new random source. */
  public Behaviour(Settings settings) {
    Long seed = settings.seed();
    Random random = seed == null ? new Random() : new Random(seed);
    this.settings = settings;
    this.picker = new FaultPicker(settings.script(), settings.chances().probabilities(), random);
  }

  /** The settings. */
  public Settings settings() {
    return settings;
  }

  /** The situation of the next request. */
  public Situation next(ChatRequest request, Stamp stamp) {
    return new Situation(request, settings, fault(request), stamp);
  }

  private Fault fault(ChatRequest request) {
    boolean refusesPrefill = request.endsWithAssistant() && !settings.refusals().prefillSupported();
    return refusesPrefill
        ? Refusal.PREFILL_REFUSED
        : Replies.applied(picker.next(request.streamed()), request);
  }
}
