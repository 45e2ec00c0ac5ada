package com.langdock.reliability.gateway.provider.anthropic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives every tool call of one conversation a unique id that Anthropic accepts: letters, digits,
 * {@code _} and {@code -}.
 *
 * <p>Clients send ids of other providers, such as {@code functions.bash:0}, reuse them in later
 * turns, or leave them empty. A valid, unused id is kept; invalid characters are replaced, and
 * duplicates get a number. An id depends only on earlier calls, so a growing conversation keeps its
 * ids and the provider's prompt cache stays valid. A result belongs to the oldest call with its id
 * that has no result yet.
 */
final class ToolIds {
  private static final Pattern INVALID_CHARACTER = Pattern.compile("[^a-zA-Z0-9_-]");

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Deque<String>> unanswered = new HashMap<>();

  /** The id of the next call, whose id at the client is {@code clientId}. */
  String ofCall(String clientId) {
    String clean = clientId.isEmpty() ? "call" : clean(clientId);
    String id = clean;
    while (!taken.add(id)) { // at most once for each earlier call
      id = clean + "_" + numbers.merge(clean, 2, (last, first) -> last + 1);
    }
    unanswered.computeIfAbsent(clientId, _ -> new ArrayDeque<>()).addLast(id);
    return id;
  }

  /** The id of the call to which the result for {@code clientId} belongs. */
  String ofResult(String clientId) {
    Deque<String> ids = unanswered.get(clientId);
    return ids == null || ids.isEmpty()
        ? clean(clientId) // no such call: the provider reports the error
        : ids.removeFirst();
  }

  private static String clean(String clientId) {
    return INVALID_CHARACTER.matcher(clientId).replaceAll("_");
  }
}
