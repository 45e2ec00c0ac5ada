package com.langdock.reliability.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider that answers requests for messages in either lane. An event with a {@code type} is
 * handed on as the client's own; {@code {"say":"text"}} and {@code {"stop":"STOP"}} become neutral
 * pieces. Errors are read by the format that it replaces.
 *
 * @param counts whether it counts tokens
 */
record MessagesProvider(ProviderFormat errors, boolean counts) implements ProviderFormat {
  private static final Usage USED = new Usage(10, 4, 5);

  @Override
  public Map<String, String> headers(String credential) {
    return Map.of("content-type", "application/json");
  }

  @Override
  public boolean supports(Exchange exchange) {
    return counts || exchange.task() == Exchange.Task.ANSWER;
  }

  @Override
  public Written write(TargetRequest request) {
    String beta = request.exchange().payload().headers().get("anthropic-beta");
    return new Written.Request(
        new Outgoing(
            "POST",
            "/messages",
            beta == null ? Map.of() : Map.of("anthropic-beta", beta),
            request.exchange().payload().body().bytes()));
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(body));
    if (!head.isSuccess()) {
      return errors.readWhole(request, head, body);
    }
    String text = JsonFields.text(root, "say");
    return new Decoded.Answered(
        text == null
            ? new WholeAnswer.Raw(body, root, USED, List::of)
            : new WholeAnswer.Neutral(
                List.of(
                    new Piece.Started("x", "m", 1),
                    Piece.Text.of(text),
                    new Piece.Finished(FinishReason.STOP, null)),
                new TokenReport(USED, OptionalLong.empty(), null)));
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return (data, pieces) -> {
      JsonValue root = Objects.requireNonNull(JsonBody.json(data));
      String name = JsonFields.text(root, "type");
      if (name == null) {
        neutral(root, pieces);
      } else if (name.equals("message_stop")) {
        pieces.accept(new Piece.Ended());
      } else {
        TokenReport tokens = new TokenReport(USED, OptionalLong.empty(), null);
        boolean isLast = name.equals("message_delta");
        JsonValue index = JsonFields.number(root, "index");
        int block = index == null ? Piece.Event.NO_BLOCK : (int) index.number();
        pieces.accept(
            new Piece.Event(name, data, block, meaning(name, root), isLast ? tokens : null));
      }
    };
  }

  private static void neutral(JsonValue root, Consumer<Piece> pieces) {
    String text = JsonFields.text(root, "say");
    if (text == null) {
      pieces.accept(new Piece.Finished(FinishReason.STOP, null));
      pieces.accept(new Piece.Used(new TokenReport(USED, OptionalLong.empty(), null)));
      pieces.accept(new Piece.Ended());
    } else {
      pieces.accept(new Piece.Started("x", "m", 1));
      pieces.accept(Piece.Text.of(text));
    }
  }

  private static @Nullable Piece meaning(String name, JsonValue root) {
    return switch (name) {
      case "message_start" ->
          new Piece.Started(text(JsonFields.object(root, "message"), "id"), "m", 1);
      case "content_block_start" -> {
        String type = text(JsonFields.object(root, "content_block"), "type");
        yield new Piece.Opened(type.equals("text") ? new Block.Text() : new Block.Thinking());
      }
      case "content_block_delta" -> {
        JsonValue delta = JsonFields.object(root, "delta");
        String thinking = JsonFields.text(delta, "thinking");
        String signature = JsonFields.text(delta, "signature");
        if (signature != null) {
          yield new Piece.Signed(new Signature(WireFormat.MESSAGES, signature));
        }
        yield thinking == null
            ? Piece.Text.of(text(delta, "text"))
            : new Piece.Thinking(JsonText.quote(thinking));
      }
      case "content_block_stop" -> new Piece.Closed();
      case "message_delta" -> new Piece.Finished(FinishReason.STOP, null);
      default -> null;
    };
  }

  private static String text(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }

  /** An event of the format, with this data. */
  static String event(String json) {
    String type = text(JsonBody.json(json.getBytes(UTF_8)), "type");
    return "event: " + type + "\ndata: " + json + "\n\n";
  }
}
