package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.format.Stamp;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Makes stamps whose ids no other answer has, of this process or an earlier one. */
final class Stamps {
  private final String process = Long.toString(ThreadLocalRandom.current().nextLong() >>> 16, 36);
  private final AtomicLong count = new AtomicLong();

  Stamp next() {
    return new Stamp("mock" + process + "x" + count.incrementAndGet(), Clock.now());
  }
}
