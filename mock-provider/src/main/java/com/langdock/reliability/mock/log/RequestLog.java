package com.langdock.reliability.mock.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last 10,000 chat requests, oldest first; the last 200 of them with their bodies, as long as
 * these have at most 64 Mi characters together. Guarded by its own lock.
 */
public final class RequestLog {
  static final int MOST_ENTRIES = 10_000;
  static final int MOST_BODIES = 200;
  static final long MOST_BODY_CHARACTERS = 64L << 20;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Deque<Entry> withBody = new ArrayDeque<>();
  private long bodyCharacters;
  private long total;

  /** Adds a request that has just arrived. */
  public synchronized Entry add(Arrival arrival, String body) {
    total++;
    Entry entry = new Entry(total, arrival, body);
    entries.addLast(entry);
    withBody.addLast(entry);
    bodyCharacters += body.length();
    if (entries.size() > MOST_ENTRIES) {
      entries.removeFirst();
    }
    while (withBody.size() > MOST_BODIES || bodyCharacters > MOST_BODY_CHARACTERS) {
      Entry oldest = withBody.removeFirst();
      bodyCharacters -= oldest.bodyLength();
      oldest.forgetBody();
    }
    return entry;
  }

  /** The requests that are still kept, oldest first. */
  public synchronized List<SeenRequest> requests() {
    return entries.stream().map(Entry::snapshot).toList();
  }

  /** The count of requests since the start or the last {@link #clear}. */
  public synchronized long total() {
    return total;
  }

  /** Removes everything. */
  public synchronized void clear() {
    entries.clear();
    withBody.clear();
    bodyCharacters = 0;
    total = 0;
  }
}
