package com.langdock.reliability.gateway.provider.openai;

import java.util.HashMap;
import java.util.Map;

/** Numbers the tool calls of a stream whose provider leaves their index out. */
final class ToolIndexes {
  private final Map<String, Integer> byId = new HashMap<>();

  /** The index of the call with this id; a piece without one belongs to the latest call. */
  int of(String id) {
    return id.isEmpty() ? Math.max(0, byId.size() - 1) : index(id);
  }

  private int index(String id) {
    Integer next = byId.size();
    Integer known = byId.putIfAbsent(id, next);
    return known == null ? next : known;
  }
}
