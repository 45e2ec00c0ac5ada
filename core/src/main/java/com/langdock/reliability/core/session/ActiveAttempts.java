package com.langdock.reliability.core.session;

import com.langdock.reliability.core.domain.Attempt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a session that are under way, in the order in which they began; at most as many
 * as the session may start.
 */
final class ActiveAttempts {
  private final List<ActiveAttempt> all = new ArrayList<>(1);

  /** Adds an attempt that begins, or replaces its earlier form. */
  void put(ActiveAttempt attempt) {
    int index = indexOf(attempt.attempt());
    if (index < 0) {
      all.add(attempt);
    } else {
      all.set(index, attempt);
    }
  }

  /** The attempt as it is under way, null when it is not. */
  @Nullable ActiveAttempt find(Attempt attempt) {
    int index = indexOf(attempt);
    return index < 0 ? null : all.get(index);
  }

  /** Removes an attempt that has ended. */
  void remove(Attempt ended) {
    int index = indexOf(ended);
    if (index >= 0) {
      all.remove(index);
    }
  }

  /** Those that are under way now; later changes do not show. */
  List<ActiveAttempt> copy() {
    return List.copyOf(all);
  }

  private int indexOf(Attempt attempt) {
    for (int index = 0; index < all.size(); index++) {
      if (all.get(index).attempt().equals(attempt)) {
        return index;
      }
    }
    return -1;
  }
}
