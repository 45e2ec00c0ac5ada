package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.gateway.exchange.Piece;
import java.util.List;

/** Checks the order of the pieces of one neutral answer. */
public final class PieceOrder {
  /** No block is open. A neutral answer has no opaque ones. */
  private static final Piece.Opened NONE = new Piece.Opened(new Piece.Block.Opaque());

  private boolean started;
  private boolean finished;
  private Piece.Opened open = NONE;

  private PieceOrder() {}

  /** The first piece that is not allowed where it is; empty if there is none. */
  public static String brokenBy(List<Piece> pieces) {
    PieceOrder order = new PieceOrder();
    for (Piece piece : pieces) {
      if (!order.allows(piece)) {
        return piece.toString();
      }
    }
    return order.open.equals(NONE) ? "" : "a block stays open";
  }

  private boolean allows(Piece piece) {
    return switch (piece) {
      case Piece.Started first -> {
        boolean isFirst = !started;
        started = true;
        yield isFirst;
      }
      case Piece.Opened next -> {
        boolean isFree = started && !finished && open.equals(NONE);
        open = next;
        yield isFree;
      }
      case Piece.Text text -> open.block() instanceof Piece.Block.Text;
      case Piece.Thinking thinking -> open.block() instanceof Piece.Block.Thinking;
      case Piece.Signed signed -> open.block() instanceof Piece.Block.Thinking;
      case Piece.Arguments arguments -> open.block() instanceof Piece.Block.Call;
      case Piece.Closed closed -> {
        boolean isOpen = !open.equals(NONE);
        open = NONE;
        yield isOpen;
      }
      case Piece.Finished last -> {
        boolean isAllowed = started && !finished && open.equals(NONE);
        finished = true;
        yield isAllowed;
      }
      case Piece.Used used -> true;
      case Piece.Ended ended -> true;
      case Piece.Failed failed -> true;
      case Piece.Raw raw -> false;
      case Piece.Event event -> false;
    };
  }
}
