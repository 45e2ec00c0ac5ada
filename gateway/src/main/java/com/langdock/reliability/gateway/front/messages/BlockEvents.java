package com.langdock.reliability.gateway.front.messages;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the blocks of one streamed message: numbered from zero, one open at a time, each with
 * deltas of its own kind only. An open block is closed before another one begins.
 *
 * <p>A provider's own events are written unchanged; they get another number if theirs is not the
 * next one.
 */
final class BlockEvents {
  static final String START = "content_block_start";
  static final String DELTA = "content_block_delta";
  static final String STOP = "content_block_stop";

  private static final String EMPTY = "\"\"";

  private enum Kind {
    NONE,
    TEXT,
    THINKING,
    CALL,
    OPAQUE
  }

  private final SseWriter events;
  private Kind open = Kind.NONE;
  private int next;

  /** Whether the open block was begun by a provider's own event. */
  private boolean own;

  /** Whether the open block has no delta after which it could end. */
  private boolean bare;

  private boolean signed;

  BlockEvents(SseWriter events) {
    this.events = events;
  }

  /** Whether a tool call is open. */
  boolean isCallOpen() {
    return open == Kind.CALL;
  }

  /** Writes text, into the open block if that is text. */
  void text(String literal) {
    if (literal.equals(EMPTY)) {
      return;
    }
    if (open != Kind.TEXT) {
      begin(Kind.TEXT, "{\"type\":\"text\",\"text\":\"\"}");
    }
    delta("{\"type\":\"text_delta\",\"text\":" + literal + "}");
  }

  /** Writes thinking, into the open block if that is thinking without a signature. */
  void thinking(String literal) {
    if (literal.equals(EMPTY)) {
      return;
    }
    if (open != Kind.THINKING || signed) {
      beginThinking();
    }
    delta("{\"type\":\"thinking_delta\",\"thinking\":" + literal + "}");
  }

  /** Writes the signature of the open thinking block; of an empty one if none is open. */
  void signature(Signature signature) {
    if (open != Kind.THINKING || signed) {
      beginThinking();
    }
    delta("{\"type\":\"signature_delta\",\"signature\":" + JsonText.quote(text(signature)) + "}");
    signed = true;
  }

  /** The value for the client: a foreign signature is in an envelope. */
  static String text(Signature signature) {
    return signature.issuer().equals(WireFormat.MESSAGES)
        ? signature.value()
        : SignatureEnvelope.wrap(signature);
  }

  /** Begins a call, after a thinking block with its signature if it has one. */
  void call(Piece.Block.Call call) {
    if (call.signature() != null) {
      close();
      signature(call.signature());
    }
    begin(
        Kind.CALL,
        "{\"type\":\"tool_use\",\"id\":"
            + JsonText.quote(MessageIds.call(call))
            + ",\"name\":"
            + JsonText.quote(call.name())
            + ",\"input\":{}}");
    arguments(JsonText.quote(call.arguments()));
  }

  /** Writes more arguments of the open call. */
  void arguments(String literal) {
    if (open == Kind.CALL && !literal.equals(EMPTY)) {
      delta("{\"type\":\"input_json_delta\",\"partial_json\":" + literal + "}");
    }
  }

  /** Closes the open block, if any. */
  void close() {
    if (open == Kind.NONE) {
      return;
    }
    if (open == Kind.CALL && bare && !own) {
      arguments("\"{}\"");
    }
    write(STOP, "{\"type\":\"content_block_stop\",\"index\":" + (next - 1) + "}");
    open = Kind.NONE;
  }

  /** Writes a provider's own event of a block. */
  void pass(Piece.Event event) {
    switch (event.name()) {
      case START -> passStart(event);
      case DELTA -> passDelta(event);
      default -> passStop(event);
    }
  }

  private void passStart(Piece.Event event) {
    close();
    if (event.meaning() instanceof Piece.Opened(Piece.Block block)) {
      opened(kind(block), true);
      write(event);
    }
  }

  private void passDelta(Piece.Event event) {
    if (own && fits(event.meaning())) {
      signed = event.meaning() instanceof Piece.Signed;
      write(event);
    } else if (event.meaning() instanceof Piece.Text text) {
      text(text.literal());
    } else if (event.meaning() instanceof Piece.Thinking thinking) {
      thinking(thinking.literal());
    } else if (event.meaning() instanceof Piece.Arguments arguments && !own) {
      arguments(arguments.literal());
    }
  }

  /** Whether a delta belongs to the open block. One without a meaning is known to its format. */
  private boolean fits(@Nullable Piece delta) {
    return switch (open) {
      case NONE -> false;
      case TEXT -> delta == null || delta instanceof Piece.Text;
      case THINKING ->
          !signed && (delta instanceof Piece.Thinking || delta instanceof Piece.Signed);
      case CALL -> delta instanceof Piece.Arguments;
      case OPAQUE -> delta == null || delta instanceof Piece.Arguments;
    };
  }

  private void passStop(Piece.Event event) {
    if (own && open != Kind.NONE) {
      write(event);
      open = Kind.NONE;
    } else {
      close();
    }
  }

  private static Kind kind(Piece.Block block) {
    return switch (block) {
      case Piece.Block.Text text -> Kind.TEXT;
      case Piece.Block.Thinking thinking -> Kind.THINKING;
      case Piece.Block.Call call -> Kind.CALL;
      case Piece.Block.Opaque opaque -> Kind.OPAQUE;
    };
  }

  private void beginThinking() {
    begin(Kind.THINKING, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
  }

  private void begin(Kind kind, String block) {
    close();
    String begun = "{\"type\":\"content_block_start\",\"index\":" + next;
    write(START, begun + ",\"content_block\":" + block + "}");
    opened(kind, false);
  }

  private void opened(Kind kind, boolean byProvider) {
    open = kind;
    own = byProvider;
    bare = true;
    signed = false;
    next++;
  }

  private void delta(String delta) {
    bare = false;
    String begun = "{\"type\":\"content_block_delta\",\"index\":" + (next - 1);
    write(DELTA, begun + ",\"delta\":" + delta + "}");
  }

  /** Writes the event with the number of the open block, which it usually has. */
  private void write(Piece.Event event) {
    int number = next - 1;
    events.event(event.name(), event.block() == number ? event.bytes() : numbered(event, number));
  }

  private static byte[] numbered(Piece.Event event, int number) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(event.bytes()));
    return new JsonSplice(event.bytes()).put(root, "index", Integer.toString(number)).bytes();
  }

  private void write(String name, String json) {
    events.event(name, json.getBytes(StandardCharsets.UTF_8));
  }
}
