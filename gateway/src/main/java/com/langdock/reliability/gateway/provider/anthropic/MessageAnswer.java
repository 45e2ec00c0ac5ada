package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole Messages answer. Blocks of unknown types are ignored, as Anthropic's versioning
 * rules require.
 */
final class MessageAnswer {
  private static final String REFUSED = "The model declined to answer.";

  private final TargetRequest request;
  private final JsonValue root;
  private final @Nullable String answerTool;
  private final List<Piece> pieces = new ArrayList<>();
  private long characters;
  private boolean hasCalls;

  /**
   * The input of the answer tool, as JSON; null if it was not called. If it was, text blocks are
   * ignored.
   */
  private @Nullable String answer;

  private MessageAnswer(TargetRequest request, JsonValue root, @Nullable String answerTool) {
    this.request = request;
    this.root = root;
    this.answerTool = answerTool;
  }

  /**
   * Reads the answer in {@code body}.
   *
   * @param answerTool the tool whose input is the answer's content; null if there is none
   */
  static Decoded read(
      TargetRequest request, ReplyHead head, byte[] body, @Nullable String answerTool) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess() || JsonFields.value(root, "error") != null) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    JsonValue content = JsonFields.value(root, "content");
    if (root == null || content == null || content.kind() != JsonValue.Kind.ARRAY) {
      Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    return new Decoded.Answered(
        new MessageAnswer(request, root, answerTool).read(head.receivedAt().getEpochSecond()));
  }

  private WholeAnswer read(long createdSeconds) {
    String id = Objects.requireNonNullElse(JsonFields.text(root, "id"), "");
    String model = Objects.requireNonNullElse(JsonFields.text(root, "model"), "");
    pieces.add(new Piece.Started(id, request.target().nameInAnswer(model), createdSeconds));
    List<JsonValue> blocks = JsonFields.array(root, "content");
    blocks.stream().filter(this::isAnswer).forEach(block -> answer = input(block));
    blocks.forEach(this::read);
    String reason = JsonFields.text(root, "stop_reason");
    boolean refused = "refusal".equals(reason);
    pieces.add(new Piece.Finished(reason(reason), refused ? refusal(root) : null));
    MessageUsage reported = MessageUsage.of(JsonFields.object(root, "usage"));
    MessageUsage used =
        reported.total().isNone()
            ? MessageUsage.of(request.exchange().estimatedUsage(characters))
            : reported;
    return new WholeAnswer.Neutral(pieces, used.report());
  }

  private void read(JsonValue block) {
    switch (JsonFields.text(block, "type")) {
      case "text" -> {
        JsonValue text = JsonFields.value(block, "text");
        if (answer == null && text != null && !text.text().isEmpty()) {
          add(new Piece.Block.Text(), List.of(new Piece.Text(text.text(), text.raw())));
          characters += text.text().length();
        }
      }
      case "thinking" -> thinking(block);
      case "tool_use" -> call(block);
      case null, default -> {}
    }
  }

  /** Thinking without text may still have a signature, which later requests need. */
  private void thinking(JsonValue block) {
    List<Piece> content = new ArrayList<>();
    JsonValue thinking = JsonFields.value(block, "thinking");
    if (thinking != null && !thinking.text().isEmpty()) {
      content.add(new Piece.Thinking(thinking.raw()));
      characters += thinking.text().length();
    }
    Piece signed = MessageEvents.signature(block);
    if (signed != null) {
      content.add(signed);
    }
    if (!content.isEmpty()) {
      add(new Piece.Block.Thinking(), content);
    }
  }

  private void call(JsonValue block) {
    String input = input(block);
    characters += input.length();
    if (isAnswer(block)) {
      add(new Piece.Block.Text(), List.of(Piece.Text.of(input)));
      return;
    }
    hasCalls = true;
    String id = Objects.requireNonNullElse(JsonFields.text(block, "id"), "");
    String sent = Objects.requireNonNullElse(JsonFields.text(block, "name"), "");
    String name = ToolNames.original(request.exchange().payload(), sent);
    pieces.add(new Piece.Opened(new Piece.Block.Call(id, name, input)));
    pieces.add(new Piece.Closed());
  }

  private void add(Piece.Block block, List<Piece> content) {
    pieces.add(new Piece.Opened(block));
    pieces.addAll(content);
    pieces.add(new Piece.Closed());
  }

  private boolean isAnswer(JsonValue block) {
    return answerTool != null
        && JsonFields.isText(block, "type", "tool_use")
        && answerTool.equals(JsonFields.text(block, "name"));
  }

  private static String input(JsonValue call) {
    JsonValue input = JsonFields.object(call, "input");
    return input == null ? "{}" : input.raw();
  }

  /** The refusal text in the {@code stop_details} of {@code message}. */
  static String refusal(@Nullable JsonValue message) {
    String why = JsonFields.text(JsonFields.object(message, "stop_details"), "explanation");
    return why == null ? REFUSED : why;
  }

  private FinishReason reason(@Nullable String reason) {
    boolean isAnswer = answer != null && !hasCalls && "tool_use".equals(reason);
    return isAnswer ? FinishReason.STOP : StopReason.of(reason, hasCalls);
  }
}
