package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a neutral answer as a message. */
final class MessageAnswer {
  private final List<String> blocks = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final StringBuilder arguments = new StringBuilder();
  private @Nullable Signature signature;
  private Piece.Block.@Nullable Call call;
  private Piece.Started started = new Piece.Started("", "", 0);
  private Piece.Finished finished = new Piece.Finished(FinishReason.STOP, null);

  private MessageAnswer() {}

  /** The body of the answer. */
  static byte[] of(WholeAnswer.Neutral answer) {
    MessageAnswer message = new MessageAnswer();
    answer.pieces().forEach(message::add);
    message.endBlock();
    return message.json(UsageJson.of(answer.tokens())).getBytes(UTF_8);
  }

  private void add(Piece piece) {
    switch (piece) {
      case Piece.Started first -> started = first;
      case Piece.Opened opened -> {
        endBlock();
        call = opened.block() instanceof Piece.Block.Call begun ? begun : null;
      }
      case Piece.Text more -> {
        if (call != null || !thinking.isEmpty() || signature != null) {
          endBlock();
        }
        text.append(more.text());
      }
      case Piece.Thinking more -> {
        if (call != null || !text.isEmpty() || signature != null) {
          endBlock();
        }
        thinking.append(decoded(more.literal()));
      }
      case Piece.Signed signed -> {
        if (call != null || !text.isEmpty()) {
          endBlock();
        }
        signature = signed.signature();
      }
      case Piece.Arguments more -> arguments.append(decoded(more.literal()));
      case Piece.Closed closed -> endBlock();
      case Piece.Finished last -> {
        endBlock();
        finished = last;
        text.append(Objects.requireNonNullElse(last.refusal(), ""));
      }
      case Piece.Used used -> {}
      case Piece.Ended ended -> {}
      case Piece.Failed failed -> {}
      case Piece.Raw raw -> {}
      case Piece.Event event -> {}
    }
  }

  private static String decoded(String literal) {
    return Objects.requireNonNull(JsonBody.json(literal.getBytes(UTF_8))).text();
  }

  private void endBlock() {
    if (call != null) {
      addCall(call);
    } else if (!thinking.isEmpty() || signature != null) {
      blocks.add(thinking(thinking.toString(), signature));
    } else if (!text.isEmpty()) {
      blocks.add("{\"type\":\"text\",\"text\":" + JsonText.quote(text.toString()) + "}");
    }
    text.setLength(0);
    thinking.setLength(0);
    arguments.setLength(0);
    signature = null;
    call = null;
  }

  private static String thinking(String text, @Nullable Signature signature) {
    String value = signature == null ? "" : BlockEvents.text(signature);
    return "{\"type\":\"thinking\",\"thinking\":"
        + JsonText.quote(text)
        + ",\"signature\":"
        + JsonText.quote(value)
        + "}";
  }

  private void addCall(Piece.Block.Call made) {
    if (made.signature() != null) {
      blocks.add(thinking("", made.signature()));
    }
    blocks.add(
        "{\"type\":\"tool_use\",\"id\":"
            + JsonText.quote(MessageIds.call(made))
            + ",\"name\":"
            + JsonText.quote(made.name())
            + ",\"input\":"
            + input(made.arguments() + arguments)
            + "}");
  }

  /** The arguments; what the model wrote in vain is kept under a name of its own. */
  private static String input(String json) {
    if (json.isBlank()) {
      return "{}";
    }
    JsonValue read = JsonBody.json(json.getBytes(UTF_8));
    return read != null && read.kind() == JsonValue.Kind.OBJECT
        ? json
        : "{\"_raw\":" + JsonText.quote(json) + "}";
  }

  private String json(String usage) {
    return "{\"id\":"
        + JsonText.quote(MessageIds.message(started))
        + ",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
        + JsonText.quote(started.model())
        + ",\"content\":["
        + String.join(",", blocks)
        + "],"
        + StopReason.fields(finished)
        + ",\"usage\":"
        + usage
        + "}";
  }
}
