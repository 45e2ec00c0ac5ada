package com.langdock.reliability.gateway.provider.anthropic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives every tool call of one conversation an id that Anthropic takes: letters, digits, {@code _}
 * and {@code -}, and no id twice.
 *
 * <p>Clients replay ids of other providers, such as {@code functions.bash:0}, reuse them from turn
 * to turn, or leave them empty. An id that may stay stays; any other is cleaned and, when taken,
 * numbered. An id depends only on the calls before it, so a conversation that grows keeps its ids
 * and with them the provider's prompt cache. A result belongs to the oldest call of its id that has
 * none yet.
 */
final class ToolIds {
  private static final Pattern FOREIGN = Pattern.compile("[^a-zA-Z0-9_-]");

  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Deque<String>> unanswered = new HashMap<>();

  /** The id of the next call, which the client calls {@code clientId}. */
  String ofCall(String clientId) {
    String clean = clientId.isEmpty() ? "call" : clean(clientId);
    String id = clean;
    while (!taken.add(id)) { // at most once for every call before
      id = clean + "_" + numbers.merge(clean, 2, (last, first) -> last + 1);
    }
    unanswered.computeIfAbsent(clientId, _ -> new ArrayDeque<>()).addLast(id);
    return id;
  }

  /** The id of the call that the result for {@code clientId} answers. */
  String ofResult(String clientId) {
    Deque<String> ids = unanswered.get(clientId);
    return ids == null || ids.isEmpty()
        ? clean(clientId) // answers no call: the provider says so
        : ids.removeFirst();
  }

  private static String clean(String clientId) {
    return FOREIGN.matcher(clientId).replaceAll("_");
  }
}
