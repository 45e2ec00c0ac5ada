package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Converts the messages or deltas of an answer's first choice to neutral pieces. They are repaired
 * before: see {@link OpenAiChunk} and {@link OpenAiRepairs}. Formats that differ from OpenAI's in
 * the names around the same parts use it too.
 */
public final class NeutralContent {
  /** The same thinking under several names: the first that is present counts. */
  private static final List<String> THINKING = List.of("reasoning_content", "reasoning");

  private enum Open {
    NONE,
    TEXT,
    THINKING
  }

  private final NeutralCalls calls;
  private final StringBuilder refusal = new StringBuilder();
  private Open open = Open.NONE;
  private boolean started;

  /** The content of an answer to a client that knows the functions by {@code names}. */
  public NeutralContent(FunctionNames names) {
    calls = new NeutralCalls(names);
  }

  /** Begins the answer, once, with the id and the model of {@code root}. */
  public void start(
      JsonValue root, String unnamedModel, long receivedSeconds, Consumer<Piece> pieces) {
    if (started) {
      return;
    }
    started = true;
    String id = JsonFields.text(root, "id");
    String model = JsonFields.text(root, "model");
    long created = JsonFields.count(root, "created");
    calls.answerId(id == null ? "" : id);
    pieces.accept(
        new Piece.Started(
            id == null ? "" : id,
            model == null || model.isEmpty() ? unnamedModel : model,
            created == 0 ? receivedSeconds : created));
  }

  /**
   * Reads a message or a delta.
   *
   * @return whether all of it can be converted
   */
  public boolean read(JsonValue message, Consumer<Piece> pieces) {
    thinking(message, pieces);
    text(JsonFields.value(message, "content"), pieces);
    String refused = JsonFields.text(message, "refusal");
    refusal.append(refused == null ? "" : refused);
    calls.readSignature(message);
    boolean isReadable = true;
    List<JsonValue> elements = JsonFields.array(message, "tool_calls");
    for (int i = 0; i < elements.size(); i++) {
      JsonValue call = elements.get(i);
      if (call.kind() == JsonValue.Kind.OBJECT) {
        close(pieces);
        boolean hasIndex = JsonFields.number(call, "index") != null;
        isReadable &= calls.read(call, hasIndex ? JsonFields.count(call, "index") : i, pieces);
      }
    }
    return isReadable;
  }

  /** Ends the answer. {@code reason} is the provider's finish reason. */
  public void finish(String reason, Consumer<Piece> pieces) {
    close(pieces);
    calls.closeAll(pieces);
    pieces.accept(
        new Piece.Finished(reason(reason), refusal.isEmpty() ? null : refusal.toString()));
  }

  private void thinking(JsonValue message, Consumer<Piece> pieces) {
    for (String name : THINKING) {
      JsonValue thinking = JsonFields.value(message, name);
      boolean isText = thinking != null && thinking.kind() == JsonValue.Kind.STRING;
      if (thinking != null && isText && !thinking.text().isEmpty()) {
        open(Open.THINKING, new Piece.Block.Thinking(), pieces);
        pieces.accept(new Piece.Thinking(thinking.raw()));
        return;
      }
    }
  }

  /** Blank text beside an incomplete call is a server's padding. */
  private void text(@Nullable JsonValue content, Consumer<Piece> pieces) {
    if (content == null || content.kind() != JsonValue.Kind.STRING || content.text().isEmpty()) {
      return;
    }
    String text = content.text();
    if (!calls.areOpen() || !text.isBlank()) {
      open(Open.TEXT, new Piece.Block.Text(), pieces);
      pieces.accept(new Piece.Text(text, content.raw()));
    }
  }

  private void open(Open kind, Piece.Block block, Consumer<Piece> pieces) {
    if (open == kind) {
      return;
    }
    close(pieces);
    calls.closeAll(pieces);
    pieces.accept(new Piece.Opened(block));
    open = kind;
  }

  private void close(Consumer<Piece> pieces) {
    if (open != Open.NONE) {
      pieces.accept(new Piece.Closed());
      open = Open.NONE;
    }
  }

  /** Some servers finish with {@code stop} although the model called tools, or the reverse. */
  private FinishReason reason(String reason) {
    return switch (reason) {
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.CONTENT_FILTER;
      default -> calls.any() ? FinishReason.TOOL_CALLS : FinishReason.STOP;
    };
  }
}
