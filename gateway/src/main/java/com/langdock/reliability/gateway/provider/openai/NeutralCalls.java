package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Converts the tool calls of one answer to blocks that do not overlap.
 *
 * <p>Deltas of several calls may be mixed, so a call is only complete when its arguments are a
 * whole JSON object or the calls end. Until then the deltas of later calls are held back. Gemini's
 * servers send a signature with the call or with the message; that of a message belongs to its
 * first call.
 */
final class NeutralCalls {
  private static final String EMPTY = "{}";
  private static final Piece.Arguments NO_ARGUMENTS = new Piece.Arguments("\"{}\"");

  /** A call. {@code held} are the pieces of its arguments that were not sent yet. */
  private static final class Call {
    final long index;
    final StringBuilder arguments = new StringBuilder();
    final List<Piece> held = new ArrayList<>();
    String id = "";
    String name = "";
    @Nullable Signature signature;
    boolean closed;

    Call(long index) {
      this.index = index;
    }

    boolean isComplete() {
      if (arguments.isEmpty() || arguments.charAt(arguments.length() - 1) != '}') {
        return false;
      }
      JsonValue json = JsonBody.json(arguments.toString().getBytes(StandardCharsets.UTF_8));
      return json != null && json.kind() == JsonValue.Kind.OBJECT;
    }
  }

  private final FunctionNames names;
  private final List<Call> calls = new ArrayList<>();
  private @Nullable Call open;
  private @Nullable Signature ofMessage;
  private String answerId = "";

  /** The calls of an answer to a client that knows the functions by {@code names}. */
  NeutralCalls(FunctionNames names) {
    this.names = names;
  }

  /** Sets the id of the answer, from which calls without an id get one. */
  void answerId(String id) {
    answerId = id;
  }

  /** Whether there was a call. */
  boolean any() {
    return !calls.isEmpty();
  }

  /** Whether a call is not complete yet. */
  boolean areOpen() {
    return open != null || next() != null;
  }

  /** Reads the signature of a message or a delta. */
  void readSignature(JsonValue message) {
    Signature signature = signature(message);
    ofMessage = signature == null ? ofMessage : signature;
  }

  /**
   * Reads a call or a delta of one.
   *
   * @return whether it can be converted; false if it continues a block that is closed, or if there
   *     are too many calls
   */
  boolean read(JsonValue delta, long index, Consumer<Piece> pieces) {
    Call call = find(index);
    if (call == null) {
      return false;
    }
    JsonValue function = JsonFields.object(delta, "function");
    JsonValue arguments = JsonFields.value(function, "arguments");
    String more = arguments == null ? "" : arguments.text();
    if (call.closed) {
      return more.isBlank() || more.equals(EMPTY);
    }
    call.id = first(call.id, JsonFields.text(delta, "id"));
    call.name = first(call.name, JsonFields.text(function, "name"));
    call.signature = call.signature == null ? signature(delta) : call.signature;
    if (arguments != null && !more.isEmpty()) {
      call.arguments.append(more);
      call.held.add(new Piece.Arguments(arguments.raw()));
    }
    advance(pieces);
    return true;
  }

  /** Closes the open call and sends those that were held back. */
  void closeAll(Consumer<Piece> pieces) {
    for (Call call : calls) {
      if (!call.closed) {
        close(call, pieces);
      }
    }
  }

  /** The call with {@code index}, begun if it is new; null if there are too many. */
  private @Nullable Call find(long index) {
    for (Call call : calls) {
      if (call.index == index) {
        return call;
      }
    }
    if (calls.size() == ToolIndexes.MAX_CALLS) {
      return null;
    }
    Call begun = new Call(index);
    calls.add(begun);
    return begun;
  }

  private @Nullable Call next() {
    for (Call call : calls) {
      if (!call.closed && call != open) {
        return call;
      }
    }
    return null;
  }

  /** Sends what the order of blocks allows; at most once for each call. */
  private void advance(Consumer<Piece> pieces) {
    Call next = next();
    if (open == null && next != null && !next.name.isEmpty()) {
      open(next, pieces);
      next = next();
    }
    Call current = open;
    while (current != null) {
      send(current, pieces);
      if (next == null || next.name.isEmpty() || !current.isComplete()) {
        return;
      }
      close(current, pieces);
      open(next, pieces);
      current = next;
      next = next();
    }
  }

  private void open(Call call, Consumer<Piece> pieces) {
    Signature signature = call.signature;
    if (signature == null) {
      signature = ofMessage;
      ofMessage = null;
    }
    String id = call.id.isEmpty() ? ToolIds.plain("call_" + answerId + "_" + call.index) : call.id;
    String name = names.original(call.name);
    pieces.accept(new Piece.Opened(new Piece.Block.Call(id, name, "", signature)));
    open = call;
  }

  private static void send(Call call, Consumer<Piece> pieces) {
    call.held.forEach(pieces);
    call.held.clear();
  }

  private void close(Call call, Consumer<Piece> pieces) {
    if (call != open) {
      open(call, pieces);
    }
    send(call, pieces);
    if (call.arguments.isEmpty()) {
      pieces.accept(NO_ARGUMENTS);
    }
    pieces.accept(new Piece.Closed());
    call.closed = true;
    open = null;
  }

  private static String first(String known, @Nullable String received) {
    return known.isEmpty() && received != null ? received : known;
  }

  private static @Nullable Signature signature(JsonValue holder) {
    JsonValue google = JsonFields.object(JsonFields.object(holder, "extra_content"), "google");
    String value = JsonFields.text(google, "thought_signature");
    return value == null || value.isEmpty() ? null : new Signature(WireFormat.GEMINI, value);
  }
}
