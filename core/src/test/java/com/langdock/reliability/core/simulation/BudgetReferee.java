package com.langdock.reliability.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Knows the invariant of the retry budget. */
final class BudgetReferee {
  private final World world;
  private final List<Long> paid = new ArrayList<>();
  private final List<Long> requests = new ArrayList<>();

  BudgetReferee(World world) {
    this.world = world;
  }

  void requestBegan(long now) {
    requests.add(now);
  }

  /** Each attempt after the first is paid once, when it is scheduled or else when it begins. */
  void pays(Story story, int number, long now) {
    if (number > story.lastPaid) {
      story.lastPaid = number;
      paid.add(now);
    }
  }

  /** Over any window: at most a full bucket, what time adds and what the requests add. */
  void whistle() {
    for (int first = 0; first < paid.size(); first++) {
      for (int last = first; last < paid.size(); last++) {
        long from = paid.get(first);
        long to = paid.get(last);
        double seconds = (to - from) / (double) World.SECOND;
        long begun = requests.stream().filter(at -> at - from >= 0 && to - at >= 0).count();
        assertThat((double) last - first + 1)
            .as("retries within %.1f s", seconds)
            .isLessThanOrEqualTo(
                capacity() + seconds * world.minPerSecond + begun * world.ratio + 1e-6);
      }
    }
  }

  private double capacity() {
    boolean none = world.ratio == 0 && world.minPerSecond == 0;
    return none ? 0 : Math.max(10 * world.minPerSecond, 10);
  }
}
