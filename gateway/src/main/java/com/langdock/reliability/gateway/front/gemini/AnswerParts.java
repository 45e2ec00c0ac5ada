package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns neutral pieces into parts. Text and thinking gather until they are taken; a call is a part
 * only when all of its arguments are there.
 *
 * <p>Thinking is shown to clients that ask for it only: others may take any text for the answer.
 */
final class AnswerParts {
  private final boolean showsThoughts;
  private final List<String> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private final StringBuilder arguments = new StringBuilder();
  private Piece.Block.@Nullable Call call;

  AnswerParts(boolean showsThoughts) {
    this.showsThoughts = showsThoughts;
  }

  /** Adds a piece. Only blocks and their content have parts. */
  void add(Piece piece) {
    switch (piece) {
      case Piece.Opened(Piece.Block.Call begun) -> {
        endBlock();
        call = begun;
      }
      case Piece.Opened opened -> endBlock();
      case Piece.Closed closed -> endCall();
      case Piece.Text more -> addText(more.text());
      case Piece.Thinking more -> addThought(more.literal());
      case Piece.Signed signed -> sign(signed.signature());
      case Piece.Arguments more -> {
        if (call != null) {
          arguments.append(PartJson.decoded(more.literal()));
        }
      }
      case Piece.Started started -> {}
      case Piece.Finished finished -> {}
      case Piece.Used used -> {}
      case Piece.Ended ended -> {}
      case Piece.Failed failed -> {}
      case Piece.Raw raw -> {}
      case Piece.Event event -> {}
    }
  }

  /** Adds text. */
  void addText(String more) {
    if (!more.isEmpty()) {
      endCall();
      endThoughts();
      text.append(more);
    }
  }

  private void addThought(String literal) {
    if (showsThoughts) {
      endCall();
      endText();
      thoughts.append(PartJson.decoded(literal));
    }
  }

  private void sign(Signature signature) {
    endCall();
    endText();
    boolean isOwn = signature.issuer().equals(WireFormat.GEMINI);
    if (isOwn && thoughts.isEmpty()) {
      parts.add(PartJson.signature(signature));
    } else if (showsThoughts) {
      parts.add(PartJson.thought(JsonText.quote(thoughts.toString()), signature));
      thoughts.setLength(0);
    }
  }

  /** The parts so far without an unfinished call. */
  List<String> take() {
    endThoughts();
    endText();
    List<String> taken = List.copyOf(parts);
    parts.clear();
    return taken;
  }

  /** All parts; a call that did not end ends here. */
  List<String> takeAll() {
    endBlock();
    return take();
  }

  private void endBlock() {
    endCall();
    endThoughts();
    endText();
  }

  private void endCall() {
    if (call != null) {
      parts.add(PartJson.call(call, arguments.toString()));
      arguments.setLength(0);
      call = null;
    }
  }

  private void endThoughts() {
    if (!thoughts.isEmpty()) {
      parts.add(PartJson.thought(JsonText.quote(thoughts.toString()), null));
      thoughts.setLength(0);
    }
  }

  private void endText() {
    if (!text.isEmpty()) {
      parts.add(PartJson.text(JsonText.quote(text.toString())));
      text.setLength(0);
    }
  }
}
