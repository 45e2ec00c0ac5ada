package com.langdock.reliability.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.openai.NeutralContent;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer. */
final class CohereAnswer {
  private CohereAnswer() {}

  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess()) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    JsonValue message = JsonFields.object(root, "message");
    String reason = JsonFields.text(root, "finish_reason");
    if (root == null || message == null || reason == null) {
      return new Decoded.Failed(failure(head, body, root));
    }
    String finish = CohereReply.finish(reason);
    return finish == null
        ? new Decoded.Failed(ErrorAnswer.failure(head, root))
        : answered(request, head, root, finish);
  }

  private static Failure failure(ReplyHead head, byte[] body, @Nullable JsonValue root) {
    if (JsonFields.text(root, "message") != null) {
      return ErrorAnswer.failure(head, root);
    }
    return new Failure.Unreadable(JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON, head.status());
  }

  private static Decoded answered(
      TargetRequest request, ReplyHead head, JsonValue root, String finish) {
    List<Piece> pieces = new ArrayList<>();
    FunctionNames names =
        new FunctionNames(() -> request.exchange().payload().conversation().tools());
    NeutralContent content = new NeutralContent(names);
    long received = head.receivedAt().getEpochSecond();
    content.start(root, request.target().name(), received, pieces::add);
    JsonValue message = JsonFields.object(root, "message");
    long characters = 0;
    for (String delta : deltas(message)) {
      JsonValue json = JsonBody.json(delta.getBytes(UTF_8));
      characters += delta.length();
      if (json == null || !content.read(json, pieces::add)) {
        return new Decoded.Failed(new Failure.Unreadable(Why.NOT_JSON, head.status()));
      }
    }
    content.finish(finish, pieces::add);
    if (pieces.size() < 3 && finish.equals("stop")) {
      return new Decoded.Failed(new Failure.Unreadable(Why.EMPTY, head.status()));
    }
    TokenReport report = CohereReply.usage(JsonFields.object(root, "usage"));
    TokenReport tokens =
        report == null
            ? new TokenReport(
                request.exchange().estimatedUsage(characters), OptionalLong.empty(), null)
            : report;
    return new Decoded.Answered(new WholeAnswer.Neutral(pieces, tokens));
  }

  /** The parts of a message in OpenAI's form, in order. */
  private static List<String> deltas(@Nullable JsonValue message) {
    List<String> deltas = new ArrayList<>();
    String plan = JsonFields.text(message, "tool_plan");
    if (plan != null && !plan.isEmpty()) {
      deltas.add(thinking(JsonText.quote(plan)));
    }
    for (JsonValue part : JsonFields.array(message, "content")) {
      JsonValue thinking = JsonFields.value(part, "thinking");
      JsonValue text = JsonFields.value(part, "text");
      if (thinking != null) {
        deltas.add(thinking(thinking.raw()));
      }
      if (text != null) {
        deltas.add(text(text.raw()));
      }
    }
    List<JsonValue> calls = JsonFields.array(message, "tool_calls");
    if (!calls.isEmpty()) {
      StringJoiner list = new StringJoiner(",", "{\"tool_calls\":[", "]}");
      calls.forEach(call -> list.add(call.raw()));
      deltas.add(list.toString());
    }
    return deltas;
  }

  /** A delta of thinking. */
  static String thinking(String literal) {
    return "{\"reasoning_content\":" + literal + "}";
  }

  /** A delta of text. */
  static String text(String literal) {
    return "{\"content\":" + literal + "}";
  }
}
