package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.FunctionNames;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a Responses stream for a client of another format. Items that overlap come one after the
 * other; items without a neutral kind are skipped.
 */
final class ResponseStream implements PieceReader {
  private static final int NONE = -2;

  private final ResponseEvents events;
  private final FunctionNames names;
  private final TargetModel target;
  private final long receivedSeconds;

  /** The item whose pieces are passed on; {@value #NONE} if none is open. */
  private int open = NONE;

  private boolean started;
  private Piece.Block block = new Piece.Block.Opaque();

  /** The pieces of items that began while another one was open. */
  private final Map<Integer, List<Piece>> waiting = new LinkedHashMap<>();

  ResponseStream(TargetRequest request, ReplyHead head) {
    this.events = new ResponseEvents(request.target(), head);
    this.names = new FunctionNames(() -> request.exchange().payload().conversation().tools());
    this.target = request.target();
    this.receivedSeconds = head.receivedAt().getEpochSecond();
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    ResponseEvent event = events.read(data);
    if (event.tokens() != null) {
      pieces.accept(new Piece.Used(event.tokens()));
    }
    for (Piece piece : event.pieces()) {
      add(event.item(), piece, pieces);
    }
  }

  private void add(int item, Piece piece, Consumer<Piece> pieces) {
    switch (piece) {
      case Piece.Started first -> {
        if (!started) {
          started = true;
          pieces.accept(first);
        }
      }
      case Piece.Failed failed -> pieces.accept(failed);
      case Piece.Ended ended -> pieces.accept(ended);
      case Piece.Finished finished -> {
        passWaiting(pieces);
        ensureStarted(pieces);
        pieces.accept(finished);
      }
      case Piece content when open == NONE || item == open -> pass(item, content, pieces);
      case Piece later -> waiting.computeIfAbsent(item, _ -> new ArrayList<>()).add(later);
    }
  }

  /** Some servers leave out the event that begins a response. */
  private void ensureStarted(Consumer<Piece> pieces) {
    if (!started) {
      started = true;
      pieces.accept(new Piece.Started("", target.name(), receivedSeconds));
    }
  }

  private void pass(int item, Piece piece, Consumer<Piece> pieces) {
    ensureStarted(pieces);
    switch (piece) {
      case Piece.Opened opened -> {
        close(pieces);
        open(item, opened.block(), pieces);
      }
      case Piece.Closed closed -> {
        close(pieces);
        passNext(pieces);
      }
      case Piece.Text text -> content(item, new Piece.Block.Text(), text, pieces);
      case Piece.Thinking thought -> content(item, new Piece.Block.Thinking(), thought, pieces);
      case Piece.Signed signed -> content(item, new Piece.Block.Thinking(), signed, pieces);
      case Piece other -> {
        if (open != NONE && block instanceof Piece.Block.Call) {
          pieces.accept(other);
        }
      }
    }
  }

  private void open(int item, Piece.Block begun, Consumer<Piece> pieces) {
    open = item;
    block = begun;
    switch (begun) {
      case Piece.Block.Call call -> {
        String name = names.original(call.name());
        pieces.accept(
            new Piece.Opened(new Piece.Block.Call(call.id(), name, "", call.signature())));
      }
      case Piece.Block.Opaque opaque -> {} // Only this format has it.
      case Piece.Block other -> pieces.accept(new Piece.Opened(other));
    }
  }

  /** Passes content on in its block, which begins now if its beginning was left out. */
  private void content(int item, Piece.Block in, Piece piece, Consumer<Piece> pieces) {
    if (open == NONE) {
      open(item, in, pieces);
    }
    if (block.equals(in)) {
      pieces.accept(piece);
    }
  }

  private void close(Consumer<Piece> pieces) {
    if (open != NONE && !(block instanceof Piece.Block.Opaque)) {
      pieces.accept(new Piece.Closed());
    }
    open = NONE;
  }

  /** Passes on the item that began first of those that wait, as far as it has come. */
  private void passNext(Consumer<Piece> pieces) {
    Iterator<Map.Entry<Integer, List<Piece>>> all = waiting.entrySet().iterator();
    if (open == NONE && all.hasNext()) {
      Map.Entry<Integer, List<Piece>> first = all.next();
      all.remove();
      for (Piece piece : first.getValue()) {
        pass(first.getKey(), piece, pieces);
      }
    }
  }

  private void passWaiting(Consumer<Piece> pieces) {
    close(pieces);
    while (!waiting.isEmpty()) {
      passNext(pieces);
      close(pieces);
    }
  }
}
