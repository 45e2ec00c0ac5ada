package com.langdock.reliability.gateway.journal.store;

import com.langdock.reliability.gateway.journal.store.NameSeen.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest requests of a filter. A filter with a name reads only the minutes in which that
 * name occurs, the last first; minutes that follow one another are read as one.
 */
final class RequestSearch {
  private static final int MINUTES = 512;

  /** Pages of minutes at most: more than the longest retention has. */
  private static final int MAX_PAGES = 20_000;

  private final Queries queries;
  private final RequestFilter filter;
  private final List<RequestRow> found = new ArrayList<>();

  RequestSearch(Queries queries, RequestFilter filter) {
    this.queries = queries;
    this.filter = filter;
  }

  List<RequestRow> find() throws SQLException {
    RequestFilter.Who who = filter.who();
    if (who.clientId() != null) {
      return within(Kind.CLIENT, who.clientId());
    }
    if (who.keyId() != null) {
      return within(Kind.KEY, who.keyId());
    }
    if (filter.error() != null) {
      return within(Kind.ERROR, filter.error());
    }
    if (who.team() != null) {
      return within(Kind.TEAM, who.team());
    }
    if (filter.model() != null) {
      return within(Kind.MODEL, filter.model());
    }
    if (filter.provider() != null) {
      return within(Kind.PROVIDER, filter.provider());
    }
    return queries.requests(Conditions.of(filter), filter.limit());
  }

  private List<RequestRow> within(Kind kind, String name) throws SQLException {
    long below = firstMinuteAfter(filter.before());
    for (int page = 0; page < MAX_PAGES; page++) {
      List<Long> minutes = queries.minutes(kind, name, below, MINUTES);
      findIn(minutes);
      if (found.size() >= filter.limit() || minutes.size() < MINUTES) {
        break;
      }
      below = minutes.getLast();
    }
    return found;
  }

  private void findIn(List<Long> minutes) throws SQLException {
    int first = 0;
    while (first < minutes.size() && found.size() < filter.limit()) {
      int last = first;
      while (last + 1 < minutes.size() && minutes.get(last + 1) == minutes.get(last) - 1) {
        last++;
      }
      Conditions conditions =
          Conditions.of(filter)
              .and("r.request_id >= ?", NameSeen.firstId(minutes.get(last)))
              .and("r.request_id < ?", NameSeen.firstId(minutes.get(first) + 1));
      found.addAll(queries.requests(conditions, filter.limit() - found.size()));
      first = last + 1;
    }
  }

  private static long firstMinuteAfter(@Nullable String requestId) {
    return requestId == null ? Long.MAX_VALUE : NameSeen.minuteOf(requestId, Long.MAX_VALUE) + 1;
  }
}
