package com.langdock.reliability.gateway.front.gemini;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs the calls of a conversation with their results. Calls may have no id; a result then belongs
 * to the oldest call of its name that has none yet.
 */
final class Calls {
  private record Open(String id, String name) {}

  private final List<Open> open = new ArrayList<>();
  private int made;

  /**
   * The id of the next call.
   *
   * @param id the client's; may be empty
   */
  String made(String id, String name) {
    made++;
    String known = id.isEmpty() ? "call_" + made : id;
    open.add(new Open(known, name));
    return known;
  }

  /** The id of the call whose result comes next; may be that of no call. */
  String answered(String id, String name) {
    for (Open call : open) {
      boolean isIt = id.isEmpty() ? call.name().equals(name) : call.id().equals(id);
      if (isIt) {
        open.remove(call);
        return call.id();
      }
    }
    return id.isEmpty() ? name : id;
  }
}
