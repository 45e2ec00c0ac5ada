package com.langdock.reliability.gateway.provider.gemini;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The function calls of one conversation, in order, so that a result finds its call.
 *
 * <p>A result has the client's id of its call only; Gemini requires the function's name too, and
 * the results of a turn in the order of its calls. Ids that the client reuses get a number, which
 * depends only on earlier calls: a growing conversation keeps its ids. A result belongs to the
 * oldest call with its id that has no result yet.
 */
final class SentCalls {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Deque<Sent>> unanswered = new HashMap<>();
  private int order;

  /**
   * A call as it is sent.
   *
   * @param id empty if the client's is
   * @param order the number of earlier calls
   */
  record Sent(String id, String name, int order) {}

  /** Adds the next call, whose id at the client is {@code clientId}. */
  Sent add(String clientId, String name) {
    String id = clientId;
    while (!id.isEmpty() && !taken.add(id)) { // at most once for each earlier call
      id = clientId + "_" + numbers.merge(clientId, 2, (last, first) -> last + 1);
    }
    Sent sent = new Sent(id, ToolNames.sent(name), order++);
    unanswered.computeIfAbsent(clientId, _ -> new ArrayDeque<>()).addLast(sent);
    return sent;
  }

  /** The call to which the result for {@code clientId} belongs. */
  Sent ofResult(String clientId) {
    Deque<Sent> calls = unanswered.get(clientId);
    return calls == null || calls.isEmpty()
        ? new Sent(clientId, ToolNames.sent(clientId), order) // the provider reports the error
        : calls.removeFirst();
  }
}
