package com.langdock.reliability.gateway.provider.openai;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tool calls of one stream whose arguments have not come. Several servers send none for a call
 * without arguments; clients parse them as JSON all the same.
 */
final class MissingArguments {
  /** Calls that are remembered per stream; later ones stay as they are. */
  private static final int MAX_CALLS = 128;

  /** The calls of one choice. */
  private record Call(long choice, long index) {}

  private final Set<Call> begun = new HashSet<>();
  private final Set<Call> missing = new LinkedHashSet<>();

  /**
   * Records a piece of a call.
   *
   * @param hasArguments whether the piece brings some of its arguments
   * @return whether the call still has none
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

  /** The indexes of the calls of {@code choice} that have no arguments; none when asked again. */
  List<Long> take(long choice) {
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
