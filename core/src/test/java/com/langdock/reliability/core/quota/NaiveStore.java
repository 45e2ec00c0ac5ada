package com.langdock.reliability.core.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The store of shared limits, as its scripts are meant to work, with a clock of its own. */
final class NaiveStore {
  private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<String, Bucket> buckets = new HashMap<>();
  private final Map<String, Map<Integer, Lease>> slots = new HashMap<>();

  private long charged;

  private record Lease(long held, long until) {}

  /** All that was drawn and charged, less what was given back. */
  long charged() {
    return charged;
  }

  /** Loses everything. */
  void clear() {
    buckets.clear();
    slots.clear();
  }

  Draw.Answer answer(int replica, Draw draw, long now) {
    String key = draw.subject() + " " + draw.kind();
    return switch (draw.ask()) {
      case Draw.OfRate rate ->
          drawn(buckets.computeIfAbsent(key, same -> new Bucket(rate.rate(), now)), rate, now);
      case Draw.OfSlots ask ->
          held(slots.computeIfAbsent(key, same -> new HashMap<>()), replica, ask, now);
    };
  }

  private Draw.Answer drawn(Bucket bucket, Draw.OfRate ask, long now) {
    if (!bucket.rate().equals(ask.rate())) {
      bucket.change(ask.rate(), now);
    }
    if (ask.change() > 0) {
      bucket.take(ask.change(), now);
    } else {
      bucket.adjust(-ask.change(), 0, now);
    }
    long left = bucket.left(ask.kept(), now);
    long granted = left < ask.least() ? 0 : Math.min(left, ask.wanted());
    bucket.take(granted, now);
    charged += ask.change() + granted;
    return new Draw.Answer(granted, bucket.resetNanos(now));
  }

  private static Draw.Answer held(
      Map<Integer, Lease> leases, int replica, Draw.OfSlots ask, long now) {
    leases.values().removeIf(lease -> lease.until() <= now);
    Lease mine = leases.getOrDefault(replica, new Lease(0, now));
    long others = leases.values().stream().mapToLong(Lease::held).sum() - mine.held();
    long room = ask.limit() - ask.kept() - others;
    long held = Math.max(ask.inUse(), Math.min(ask.wanted(), Math.max(mine.held(), room)));
    leases.put(replica, new Lease(held, now + LEASE_NANOS));
    return new Draw.Answer(held, Math.max(0, ask.limit() - others - held));
  }
}
