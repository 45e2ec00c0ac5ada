package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole answer: one response, or the array of responses that a stream is if the provider
 * ignores the request for events.
 */
final class GenerateAnswer {
  private final TargetRequest request;
  private final ReplyHead head;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable TokenReport tokens;
  private @Nullable Failure failure;
  private long characters;

  private GenerateAnswer(TargetRequest request, ReplyHead head) {
    this.request = request;
    this.head = head;
  }

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess() || JsonFields.value(root, "error") != null) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    if (root == null) {
      Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    return new GenerateAnswer(request, head).read(root);
  }

  private Decoded read(JsonValue root) {
    boolean isArray = root.kind() == JsonValue.Kind.ARRAY;
    GenerateStream stream = new GenerateStream(request, head);
    List<JsonValue> responses = isArray ? root.elements() : List.of(root);
    responses.forEach(response -> stream.read(response, this::add));
    if (failure != null) {
      return new Decoded.Failed(failure);
    }
    if (!stream.isStarted()) {
      return new Decoded.Failed(new Failure.Unreadable(Why.NOT_JSON, head.status()));
    }
    if (isArray && !stream.isFinished()) {
      return new Decoded.Failed(new Failure.Broken());
    }
    stream.finish(this::add);
    TokenReport used =
        tokens == null ? GenerateUsage.of(request.exchange().estimatedUsage(characters)) : tokens;
    return new Decoded.Answered(new WholeAnswer.Neutral(pieces, used));
  }

  private void add(Piece piece) {
    characters += piece.text().length();
    switch (piece) {
      case Piece.Used used -> tokens = used.tokens();
      case Piece.Failed failed -> failure = failure == null ? failed.failure() : failure;
      case Piece.Started started -> pieces.add(started);
      case Piece.Opened opened -> pieces.add(opened);
      case Piece.Text text -> pieces.add(text);
      case Piece.Thinking thinking -> pieces.add(thinking);
      case Piece.Signed signed -> pieces.add(signed);
      case Piece.Arguments arguments -> pieces.add(arguments);
      case Piece.Closed closed -> pieces.add(closed);
      case Piece.Finished finished -> pieces.add(finished);
      case Piece.Raw raw -> pieces.add(raw);
      case Piece.Event event -> pieces.add(event);
      case Piece.Ended ended -> {}
    }
  }
}
