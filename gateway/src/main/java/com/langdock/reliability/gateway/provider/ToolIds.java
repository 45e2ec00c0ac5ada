package com.langdock.reliability.gateway.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Gives every tool call of one conversation a unique id that the provider accepts.
 *
 * <p>Clients send ids of other providers, such as {@code functions.bash:0}, reuse them in later
 * turns, or leave them empty. A valid, unused id is kept; duplicates get a number. An id depends
 * only on earlier calls, so a growing conversation keeps its ids and the provider's prompt cache
 * stays valid. A result belongs to the oldest call with its id that has no result yet.
 */
public final class ToolIds {
  private static final Pattern INVALID_CHARACTER = Pattern.compile("[^a-zA-Z0-9_-]");
  private static final String MISSING = "call";

  private final UnaryOperator<String> form;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Deque<String>> unanswered = new HashMap<>();

  /**
   * Ids in the form of one provider.
   *
   * @param form converts any id to one that the provider accepts; keeps a valid id. Different ids
   *     may become equal, but not all of an unlimited number
   */
  public ToolIds(UnaryOperator<String> form) {
    this.form = form;
  }

  /** The id with letters, digits, {@code _} and {@code -} only: others become {@code _}. */
  public static String plain(String id) {
    return INVALID_CHARACTER.matcher(id).replaceAll("_");
  }

  /** The id of the next call, whose id at the client is {@code clientId}. */
  public String ofCall(String clientId) {
    String given = clientId.isEmpty() ? MISSING : clientId;
    String valid = form.apply(given);
    String id = valid;
    while (!taken.add(id)) { // about once for each earlier call
      id = form.apply(given + "_" + numbers.merge(valid, 2, (last, first) -> last + 1));
    }
    unanswered.computeIfAbsent(clientId, _ -> new ArrayDeque<>()).addLast(id);
    return id;
  }

  /** The id of the call to which the result for {@code clientId} belongs. */
  public String ofResult(String clientId) {
    Deque<String> ids = unanswered.get(clientId);
    return ids == null || ids.isEmpty()
        ? form.apply(clientId) // no such call: the provider reports the error
        : ids.removeFirst();
  }
}
