package com.langdock.reliability.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.openai.NeutralContent;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of Cohere's events. What a model plans before it calls tools is its thinking;
 * citations have no counterpart and are not asked for.
 */
final class CohereStream implements PieceReader {
  private static final String DONE = "[DONE]";

  private final TargetRequest request;
  private final ReplyHead head;
  private final NeutralContent content;

  CohereStream(TargetRequest request, ReplyHead head) {
    this.request = request;
    this.head = head;
    this.content =
        new NeutralContent(
            new FunctionNames(() -> request.exchange().payload().conversation().tools()));
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    if (new String(data, 0, Math.min(data.length, DONE.length()), UTF_8).equals(DONE)) {
      pieces.accept(new Piece.Ended());
      return;
    }
    JsonValue root = JsonBody.json(data);
    String type = JsonFields.text(root, "type");
    if (root == null) {
      fail(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()), pieces);
    } else if (type == null) {
      fail(ErrorAnswer.failure(head, root), pieces);
    } else {
      event(type, root, pieces);
    }
  }

  private static void fail(Failure failure, Consumer<Piece> pieces) {
    pieces.accept(new Piece.Failed(failure));
  }

  private void event(String type, JsonValue root, Consumer<Piece> pieces) {
    JsonValue delta = JsonFields.object(root, "delta");
    JsonValue message = JsonFields.object(delta, "message");
    switch (type) {
      case "message-start" -> start(root, pieces);
      case "content-start", "content-delta" -> {
        start(root, pieces);
        JsonValue part = JsonFields.object(message, "content");
        thinking(JsonFields.value(part, "thinking"), pieces);
        text(JsonFields.value(part, "text"), pieces);
      }
      case "tool-plan-delta" -> {
        start(root, pieces);
        thinking(JsonFields.value(message, "tool_plan"), pieces);
      }
      case "tool-call-start", "tool-call-delta" -> {
        start(root, pieces);
        JsonValue call = JsonFields.object(message, "tool_calls");
        call(JsonFields.count(root, "index"), call, pieces);
      }
      case "message-end" -> {
        start(root, pieces);
        end(delta, pieces);
      }
      default -> {
        // The ends of parts, citations, and events of later versions.
      }
    }
  }

  /** Begins the answer, if it has not begun. */
  private void start(JsonValue root, Consumer<Piece> pieces) {
    content.start(root, request.target().name(), head.receivedAt().getEpochSecond(), pieces);
  }

  private void thinking(@Nullable JsonValue text, Consumer<Piece> pieces) {
    if (text != null) {
      delta(CohereAnswer.thinking(text.raw()), pieces);
    }
  }

  private void text(@Nullable JsonValue text, Consumer<Piece> pieces) {
    if (text != null) {
      delta(CohereAnswer.text(text.raw()), pieces);
    }
  }

  private void call(long index, @Nullable JsonValue call, Consumer<Piece> pieces) {
    if (call != null && call.kind() == JsonValue.Kind.OBJECT) {
      String raw = call.raw().substring(1);
      String more = call.fieldCount() == 0 ? raw : "," + raw;
      delta("{\"tool_calls\":[{\"index\":" + index + more + "]}", pieces);
    }
  }

  private void delta(String json, Consumer<Piece> pieces) {
    JsonValue delta = JsonBody.json(json.getBytes(UTF_8));
    if (delta == null || !content.read(delta, pieces)) {
      fail(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()), pieces);
    }
  }

  private void end(@Nullable JsonValue delta, Consumer<Piece> pieces) {
    TokenReport tokens = CohereReply.usage(JsonFields.object(delta, "usage"));
    if (tokens != null) {
      pieces.accept(new Piece.Used(tokens));
    }
    String reason = JsonFields.text(delta, "finish_reason");
    String finish = CohereReply.finish(reason == null ? "" : reason);
    if (finish == null) {
      fail(ErrorAnswer.failure(head, delta), pieces);
    } else {
      content.finish(finish, pieces);
    }
  }
}
