package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assigns indexes to the tool calls of one stream, per choice.
 *
 * <p>Clients join the deltas of a call by its index. Some providers omit the index, and some send
 * every call with index 0: a new id together with a function's name begins another call, whatever
 * its index. An id alone does not, because some servers generate a new one for each delta.
 */
final class ToolIndexes {
  /** Maximum number of calls tracked per stream. Deltas of later ones keep their index. */
  static final int MAX_CALLS = 128;

  /**
   * A call.
   *
   * @param received the provider's index; -1 if it sent none
   * @param id the provider's id; empty if it sent none
   * @param index the index for the client
   */
  private record Call(long choice, long received, String id, long index) {}

  private final List<Call> calls = new ArrayList<>();

  /** The index for a call's delta in the choice {@code choice}. */
  long of(long choice, JsonValue delta) {
    JsonValue index = JsonFields.number(delta, "index");
    long received = index == null ? -1 : JsonFields.count(delta, "index");
    String id = Objects.requireNonNullElse(JsonFields.text(delta, "id"), "");
    String name = JsonFields.text(JsonFields.object(delta, "function"), "name");
    boolean named = name != null && !name.isEmpty();
    Call known = known(choice, received, id, named);
    return known == null ? begin(choice, received, id) : known.index();
  }

  /** The call that a delta belongs to; null if the delta begins one. */
  private @Nullable Call known(long choice, long received, String id, boolean named) {
    Call latest = null;
    for (Call call : calls) {
      boolean same = call.choice() == choice && (received < 0 || call.received() == received);
      if (same && !id.isEmpty() && call.id().equals(id)) {
        return call;
      }
      latest = same ? call : latest;
    }
    boolean begins = !id.isEmpty() && (received < 0 || named);
    return latest == null || (begins && !latest.id().isEmpty()) ? null : latest;
  }

  private long begin(long choice, long received, String id) {
    long index = received;
    long next = 0;
    for (Call call : calls) {
      boolean same = call.choice() == choice;
      next = same ? Math.max(next, call.index() + 1) : next;
      index = same && call.index() == received ? -1 : index;
    }
    long given = index < 0 ? next : index;
    if (calls.size() < MAX_CALLS) {
      calls.add(new Call(choice, received, id, given));
    }
    return given;
  }
}
