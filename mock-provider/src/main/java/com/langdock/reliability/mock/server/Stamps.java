package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.format.Stamp;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Creates stamps whose ids are unique, also among processes. */
final class Stamps {
  private final String process = Long.toString(ThreadLocalRandom.current().nextLong() >>> 16, 36);
  private final AtomicLong count = new AtomicLong();

  Stamp next() {
    return new Stamp("mock" + process + "x" + count.incrementAndGet(), Clock.now());
  }
}
