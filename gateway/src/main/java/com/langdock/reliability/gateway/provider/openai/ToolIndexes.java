package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the tool calls of one stream, per choice.
 *
 * <p>Clients join the pieces of a call by its index. Some providers leave the index out, and some
 * send every call under index 0: a new id that comes with a function's name begins another call,
 * whatever its index. An id alone does not, because some servers make up a new one for each piece.
 */
final class ToolIndexes {
  /** Calls that are remembered per stream; a piece of a later one keeps the index that it has. */
  static final int MAX_CALLS = 128;

  /**
   * A call.
   *
   * @param said the provider's index for it, -1 when it gave none
   * @param id empty when it gave none
   * @param index the one that the client is given
   */
  private record Call(long choice, long said, String id, long index) {}

  private final List<Call> calls = new ArrayList<>();

  /** The index for {@code piece} of a call in the choice {@code choice}. */
  long of(long choice, JsonValue piece) {
    JsonValue index = JsonFields.number(piece, "index");
    long said = index == null ? -1 : JsonFields.count(piece, "index");
    String id = Objects.requireNonNullElse(JsonFields.text(piece, "id"), "");
    String name = JsonFields.text(JsonFields.object(piece, "function"), "name");
    boolean named = name != null && !name.isEmpty();
    Call known = known(choice, said, id, named);
    return known == null ? begin(choice, said, id) : known.index();
  }

  /** The call that a piece belongs to, null when the piece begins one. */
  private @Nullable Call known(long choice, long said, String id, boolean named) {
    Call latest = null;
    for (Call call : calls) {
      boolean same = call.choice() == choice && (said < 0 || call.said() == said);
      if (same && !id.isEmpty() && call.id().equals(id)) {
        return call;
      }
      latest = same ? call : latest;
    }
    boolean begins = !id.isEmpty() && (said < 0 || named);
    return latest == null || (begins && !latest.id().isEmpty()) ? null : latest;
  }

  private long begin(long choice, long said, String id) {
    long index = said;
    long next = 0;
    for (Call call : calls) {
      boolean same = call.choice() == choice;
      next = same ? Math.max(next, call.index() + 1) : next;
      index = same && call.index() == said ? -1 : index;
    }
    long given = index < 0 ? next : index;
    if (calls.size() < MAX_CALLS) {
      calls.add(new Call(choice, said, id, given));
    }
    return given;
  }
}
