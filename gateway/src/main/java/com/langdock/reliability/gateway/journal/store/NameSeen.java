package com.langdock.reliability.gateway.journal.store;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A name that occurs in the requests of one minute.
 *
 * <p>A search for a rare name reads only the minutes in which it occurs. This replaces an index for
 * each of the six columns, which would double the size of a request on disk: a name has one row for
 * each minute, however many requests there are.
 *
 * @param minute of the requests' ids, since 1970
 */
record NameSeen(Kind kind, String name, long minute) implements Comparable<NameSeen> {
  /** All writers use this order, so that two never deadlock. */
  private static final Comparator<NameSeen> ORDER =
      Comparator.comparing(NameSeen::kind)
          .thenComparing(NameSeen::name)
          .thenComparingLong(NameSeen::minute);

  private static final int ID_TIME = "req_".length();
  private static final int MAX_DIGITS = 15;

  /** What a name names, in the order in which names are written. */
  enum Kind {
    CLIENT,
    ERROR,
    MODEL,
    PROVIDER,
    KEY,
    TEAM;
  }

  @Override
  public int compareTo(NameSeen other) {
    return ORDER.compare(this, other);
  }

  /** The names in a batch without those that are {@code known}, in order. */
  static Collection<NameSeen> in(JournalBatch batch, Collection<NameSeen> known) {
    Gathering names = new Gathering();
    for (JournalEntry entry : batch.entries()) {
      RequestRow request = entry.request();
      long minute = minuteOf(request.requestId(), request.times().startedAt());
      names.add(Kind.CLIENT, request.ids().client(), minute);
      names.add(Kind.ERROR, request.result().code(), minute);
      names.add(Kind.MODEL, request.asked().model(), minute);
      names.add(Kind.PROVIDER, request.provider(), minute);
      RequestRow.Key key = request.ids().key();
      if (key != null) {
        names.add(Kind.KEY, key.id(), minute);
        names.add(Kind.TEAM, key.team(), minute);
      }
      for (AttemptRow attempt : entry.attempts()) {
        names.add(Kind.ERROR, attempt.result().errorType(), minute);
        names.add(Kind.PROVIDER, attempt.target().provider(), minute);
      }
    }
    names.all.removeAll(known);
    return names.all;
  }

  /** Names of a batch, most of which are the same as the last one of their kind. */
  private static final class Gathering {
    private final TreeSet<NameSeen> all = new TreeSet<>();
    private final Map<Kind, NameSeen> last = new EnumMap<>(Kind.class);

    void add(Kind kind, @Nullable String name, long minute) {
      NameSeen before = last.get(kind);
      if (name == null || (before != null && before.is(name, minute))) {
        return;
      }
      NameSeen seen = new NameSeen(kind, name, minute);
      last.put(kind, seen);
      all.add(seen);
    }
  }

  private boolean is(String otherName, long otherMinute) {
    return minute == otherMinute && name.equals(otherName);
  }

  /** The minute of a request id; that of {@code otherwise} if the id has no time. */
  static long minuteOf(String requestId, long otherwise) {
    long millis = 0;
    for (int i = ID_TIME; i < requestId.length() && i < ID_TIME + MAX_DIGITS; i++) {
      char digit = requestId.charAt(i);
      if (digit < '0' || digit > '9') {
        return i == ID_TIME ? otherwise / 60_000 : millis / 60_000;
      }
      millis = millis * 10 + (digit - '0');
    }
    return otherwise / 60_000;
  }

  /** An id that sorts before all of a minute's, and after all of the one before it. */
  static String firstId(long minute) {
    return "req_" + minute * 60_000;
  }
}
