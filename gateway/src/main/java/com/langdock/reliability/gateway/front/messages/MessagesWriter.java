package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.front.SseWriter;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes the stream of one message.
 *
 * <p>The events are {@code message_start}, blocks, {@code message_delta}, {@code message_stop},
 * each but the blocks exactly once, for every sequence of pieces. The stop reason is held until the
 * end, because the usage beside it may come later. A provider's own events are written unchanged,
 * except by {@link #resume}: a continuing attempt has blocks of its own, but its text goes on in
 * the client's open block. Its thinking, and blocks that only its format has, are not shown.
 */
final class MessagesWriter implements ClientWriter {
  private static final String MESSAGE_DELTA = "message_delta";
  private static final byte[] STOP = "{\"type\":\"message_stop\"}".getBytes(UTF_8);

  private final Exchange request;
  private final SseWriter events = new SseWriter();
  private BlockEvents blocks = new BlockEvents(events);
  private boolean started;
  private boolean resumed;
  private Piece.@Nullable Finished finished;

  /** The provider's own event of the finish; null if it has none. */
  private Piece.@Nullable Event finish;

  /** A writer of the answer to {@code request}. */
  MessagesWriter(Exchange request) {
    this.request = request;
  }

  @Override
  public void startOver() {
    events.discard();
    blocks = new BlockEvents(events);
    started = false;
    resumed = false;
    finished = null;
    finish = null;
  }

  @Override
  public void write(Piece piece) {
    if (finished != null) {
      return;
    }
    if (piece instanceof Piece.Event event) {
      pass(event);
    } else if (piece instanceof Piece.Started first) {
      start(first);
    } else {
      add(piece);
    }
  }

  private void pass(Piece.Event event) {
    switch (event.name()) {
      case "message_start" -> {
        if (!started && event.isStart()) {
          started = true;
          events.event(event.name(), event.bytes());
        }
      }
      case BlockEvents.START, BlockEvents.DELTA, BlockEvents.STOP -> {
        ensureStarted();
        blocks.pass(event);
      }
      case MESSAGE_DELTA -> {
        if (event.meaning() instanceof Piece.Finished last) {
          finish(last, event);
        }
      }
      case "message_stop", "error" -> {} // The end is written by end, an error by the front.
      default -> {
        if (started) {
          events.event(event.name(), event.bytes());
        }
      }
    }
  }

  private void add(Piece piece) {
    ensureStarted();
    switch (piece) {
      case Piece.Text text -> blocks.text(text.literal());
      case Piece.Thinking thinking -> blocks.thinking(thinking.literal());
      case Piece.Signed signed -> blocks.signature(signed.signature());
      case Piece.Opened(Piece.Block.Call call) -> blocks.call(call);
      case Piece.Opened opened -> blocks.close();
      case Piece.Arguments arguments -> blocks.arguments(arguments.literal());
      case Piece.Closed closed -> blocks.close();
      case Piece.Finished last -> finish(last, null);
      case Piece.Started first -> {}
      case Piece.Used used -> {}
      case Piece.Ended ended -> {}
      case Piece.Failed failed -> {}
      case Piece.Raw raw -> {}
      case Piece.Event event -> {}
    }
  }

  @Override
  public void resume(Piece piece, @Nullable String text) {
    resumed = true;
    if (finished != null) {
      return;
    }
    Piece meaning = piece instanceof Piece.Event event ? event.meaning() : piece;
    if (meaning instanceof Piece.Started first) {
      start(first);
    }
    ensureStarted();
    if (text != null) {
      blocks.text(JsonText.quote(text));
    } else if (meaning instanceof Piece.Text more) {
      blocks.text(more.literal());
    }
    switch (meaning) {
      case Piece.Opened(Piece.Block.Call call) -> blocks.call(call);
      case Piece.Opened opened when blocks.isCallOpen() -> blocks.close();
      case Piece.Closed closed when blocks.isCallOpen() -> blocks.close();
      case Piece.Arguments arguments -> blocks.arguments(arguments.literal());
      case Piece.Finished last -> finish(last, piece instanceof Piece.Event event ? event : null);
      case null, default -> {} // Shown above, or not at all.
    }
  }

  private void start(Piece.Started first) {
    if (!started) {
      started = true;
      String json =
          "{\"type\":\"message_start\",\"message\":{\"id\":"
              + JsonText.quote(MessageIds.message(first))
              + ",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
              + JsonText.quote(first.model())
              + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"
              + UsageJson.estimated(request.estimatedInputTokens())
              + "}}";
      events.event("message_start", json.getBytes(UTF_8));
    }
  }

  /** Starts the message of an attempt that did not. */
  private void ensureStarted() {
    if (!started) {
      start(new Piece.Started("", request.model(), 0));
    }
  }

  private void finish(Piece.Finished last, Piece.@Nullable Event event) {
    ensureStarted();
    if (event == null && last.refusal() != null) {
      blocks.text(JsonText.quote(last.refusal()));
    }
    blocks.close();
    finished = last;
    finish = event;
  }

  /** A comment belongs to the event after it, and keeps an idle client from leaving. */
  @Override
  public void comment(String text) {
    events.comment(text);
  }

  @Override
  public void end(Usage usage, @Nullable TokenReport only) {
    Piece.Finished last = finished == null ? new Piece.Finished(FinishReason.STOP, null) : finished;
    if (finished == null) {
      finish(last, null);
    }
    String counts = only == null ? UsageJson.of(usage) : UsageJson.of(only);
    events.event(
        MESSAGE_DELTA, finish == null ? delta(last, counts) : delta(finish.bytes(), counts));
    events.event("message_stop", STOP);
  }

  private static byte[] delta(Piece.Finished last, String counts) {
    String delta = "{\"type\":\"message_delta\",\"delta\":{" + StopReason.fields(last);
    return (delta + "},\"usage\":" + counts + "}").getBytes(UTF_8);
  }

  /** The provider's own event; with the sum of all attempts if it does not count them all. */
  private byte[] delta(byte[] own, String counts) {
    JsonValue root = JsonBody.json(own);
    JsonValue usage = JsonFields.object(root, "usage");
    boolean isCounted = JsonFields.number(usage, "output_tokens") != null;
    return root == null || (isCounted && !resumed)
        ? own
        : new JsonSplice(own).put(root, "usage", counts).bytes();
  }

  @Override
  public int pending() {
    return events.size();
  }

  @Override
  public byte[] drain() {
    return events.drain();
  }
}
