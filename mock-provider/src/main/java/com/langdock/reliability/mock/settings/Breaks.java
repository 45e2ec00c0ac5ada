package com.langdock.reliability.mock.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how streams break.
 *
 * @param afterChunks contents sent before the fault; 0 is after the opening and before any content
 * @param staysOpen whether a stream without its terminator leaves the connection open
 */
public record Breaks(int afterChunks, boolean staysOpen) {
  private static final String AFTER_CHUNKS = "stream_fault_after_chunks";
  private static final String STAYS_OPEN = "missing_done_stays_open";

  static Breaks read(Fields fields) {
    return new Breaks(
        (int) fields.whole(AFTER_CHUNKS, 0, Shape.MOST_CHUNKS).orElse(5),
        fields.flag(STAYS_OPEN, false));
  }

  void show(Map<String, @Nullable Object> shown) {
    shown.put(AFTER_CHUNKS, afterChunks);
    shown.put(STAYS_OPEN, staysOpen);
  }
}
