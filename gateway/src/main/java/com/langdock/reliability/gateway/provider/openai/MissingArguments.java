package com.langdock.reliability.gateway.provider.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tracks the tool calls of one stream that have no arguments yet. Several servers send no arguments
 * for a call without any, but clients parse them as JSON.
 */
final class MissingArguments {
  /** Maximum number of calls tracked per stream. Later ones are not repaired. */
  private static final int MAX_CALLS = 128;

  /** The calls of one choice. */
  private record Call(long choice, long index) {}

  private final Set<Call> begun = new HashSet<>();
  private final Set<Call> missing = new LinkedHashSet<>();

  /**
   * Records a delta of a call.
   *
   * @param hasArguments whether the delta has arguments
   * @return whether the call still has no arguments
   */
  boolean isMissingAfter(long choice, long index, boolean hasArguments) {
    Call call = new Call(choice, index);
    if (begun.size() < MAX_CALLS && begun.add(call)) {
      missing.add(call);
    }
    if (hasArguments) {
      missing.remove(call);
    }
    return missing.contains(call);
  }

  /** Removes and returns the indexes of the calls of {@code choice} that have no arguments. */
  List<Long> drain(long choice) {
    List<Long> indexes = new ArrayList<>();
    for (Call call : missing) {
      if (call.choice() == choice) {
        indexes.add(call.index());
      }
    }
    missing.removeIf(call -> call.choice() == choice);
    return indexes;
  }
}
