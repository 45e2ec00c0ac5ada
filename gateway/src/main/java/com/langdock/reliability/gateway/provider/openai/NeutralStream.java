package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads a stream in OpenAI's format for a client of another format: {@link OpenAiStream} reads and
 * repairs the chunks, whose first choice becomes neutral pieces.
 */
final class NeutralStream implements PieceReader {
  private final OpenAiStream chunks;
  private final TargetModel target;
  private final ReplyHead head;
  private final NeutralContent content;
  private boolean finished;

  NeutralStream(TargetRequest request, ReplyHead head) {
    this.target = request.target();
    this.chunks = new OpenAiStream(target, head);
    this.head = head;
    this.content =
        new NeutralContent(
            new FunctionNames(() -> request.exchange().payload().conversation().tools()));
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    chunks.read(data, piece -> convert(piece, pieces));
  }

  private void convert(Piece piece, Consumer<Piece> pieces) {
    switch (piece) {
      case Piece.Raw chunk -> {
        convert(Objects.requireNonNull(JsonBody.json(chunk.bytes())), pieces);
        if (chunk.tokens() != null) {
          pieces.accept(new Piece.Used(OpenAiUsage.neutral(chunk.tokens())));
        }
      }
      case Piece.Used used -> pieces.accept(new Piece.Used(OpenAiUsage.neutral(used.tokens())));
      case Piece.Ended ended -> pieces.accept(ended);
      case Piece.Failed failed -> pieces.accept(failed);
      case Piece.Started started -> {}
      case Piece.Opened opened -> {}
      case Piece.Text text -> {}
      case Piece.Thinking thinking -> {}
      case Piece.Signed signed -> {}
      case Piece.Arguments arguments -> {}
      case Piece.Closed closed -> {}
      case Piece.Event event -> {}
      case Piece.Finished reason -> {}
    }
  }

  private void convert(JsonValue chunk, Consumer<Piece> pieces) {
    content.start(chunk, target.name(), head.receivedAt().getEpochSecond(), pieces);
    for (JsonValue choice : JsonFields.array(chunk, "choices")) {
      if (!finished && JsonFields.count(choice, "index") == 0) {
        choice(choice, pieces);
      }
    }
  }

  private void choice(JsonValue choice, Consumer<Piece> pieces) {
    JsonValue delta = JsonFields.object(choice, "delta");
    if (delta != null && !content.read(delta, pieces)) {
      pieces.accept(
          new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status())));
      return;
    }
    String reason = JsonFields.text(choice, "finish_reason");
    if (reason != null && !reason.isEmpty()) {
      finished = true;
      content.finish(reason, pieces);
    }
  }
}
