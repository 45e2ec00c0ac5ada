package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pieces of one answer, whole or streamed: opens and closes blocks, which do not overlap.
 *
 * <p>Calls of tools that Bedrock itself runs, and their results, are no calls of the client's
 * tools: they are left out.
 */
final class ConversePieces {
  private static final String REFUSED = "The model declined to answer.";
  private static final String NO_ARGUMENTS = JsonText.quote("{}");

  /** The type of the open block. */
  private enum Open {
    NONE,
    TEXT,
    THINKING,
    CALL
  }

  private final TargetRequest request;
  private final ReplyHead head;
  private final boolean isClaude;
  private @Nullable ToolNames names;
  private Open open = Open.NONE;
  private boolean hasArguments;
  private boolean started;
  private boolean hasText;
  private boolean hasCalls;

  ConversePieces(TargetRequest request, ReplyHead head) {
    this.request = request;
    this.head = head;
    this.isClaude = Claude.is(request.target());
  }

  /** Whether the answer began. */
  boolean isStarted() {
    return started;
  }

  /** Begins the answer, unless it has begun. */
  void start(Consumer<Piece> pieces) {
    if (!started) {
      started = true;
      String id = Objects.requireNonNullElse(head.headers().value("x-amzn-requestid"), "");
      pieces.accept(
          new Piece.Started(id, request.target().name(), head.receivedAt().getEpochSecond()));
    }
  }

  /** Adds text, a JSON string, to the answer. */
  void text(@Nullable JsonValue text, Consumer<Piece> pieces) {
    JsonValue content = content(text);
    if (content != null) {
      open(Open.TEXT, new Piece.Block.Text(), pieces);
      hasText = true;
      pieces.accept(new Piece.Text(content.text(), content.raw()));
    }
  }

  /** Adds thinking, a JSON string, and its signature to the answer; either may be null. */
  void thinking(@Nullable JsonValue text, @Nullable String signature, Consumer<Piece> pieces) {
    JsonValue content = content(text);
    if (content != null) {
      open(Open.THINKING, new Piece.Block.Thinking(), pieces);
      pieces.accept(new Piece.Thinking(content.raw()));
    }
    if (signature != null && !signature.isEmpty() && isClaude) {
      open(Open.THINKING, new Piece.Block.Thinking(), pieces);
      pieces.accept(new Piece.Signed(new ContentBlock.Signature(WireFormat.MESSAGES, signature)));
      close(pieces);
    }
  }

  /** Adds thinking that the client may not read. */
  void redacted(Consumer<Piece> pieces) {
    open(Open.THINKING, new Piece.Block.Thinking(), pieces);
    close(pieces);
  }

  /**
   * Begins a call.
   *
   * @param arguments a JSON object; empty if they follow
   */
  void call(JsonValue toolUse, String arguments, Consumer<Piece> pieces) {
    close(pieces);
    String name = JsonFields.text(toolUse, "name");
    if (name == null || JsonFields.isText(toolUse, "type", "server_tool_use")) {
      return;
    }
    String id = Objects.requireNonNullElse(JsonFields.text(toolUse, "toolUseId"), "");
    hasCalls = true;
    hasArguments = !arguments.isEmpty();
    Piece.Block.Call call = new Piece.Block.Call(id, names().original(name), arguments);
    open(Open.CALL, call, pieces);
  }

  /** Adds a part of the arguments, a JSON string, to the open call. */
  void arguments(@Nullable JsonValue part, Consumer<Piece> pieces) {
    JsonValue content = content(part);
    if (open == Open.CALL && content != null) {
      hasArguments = true;
      pieces.accept(new Piece.Arguments(content.raw()));
    }
  }

  /** Closes the open block, if any. */
  void close(Consumer<Piece> pieces) {
    if (open == Open.CALL && !hasArguments) {
      pieces.accept(new Piece.Arguments(NO_ARGUMENTS));
    }
    if (open != Open.NONE) {
      open = Open.NONE;
      pieces.accept(new Piece.Closed());
    }
  }

  /** Ends the answer. */
  void finish(@Nullable String reason, Consumer<Piece> pieces) {
    close(pieces);
    boolean isUseless = !hasText && !hasCalls;
    if (isUseless && StopReason.isMalformed(reason)) {
      pieces.accept(unreadable());
      return;
    }
    FinishReason finish = StopReason.of(reason, hasCalls);
    boolean isRefusal = isUseless && finish == FinishReason.CONTENT_FILTER;
    pieces.accept(new Piece.Finished(finish, isRefusal ? REFUSED : null));
  }

  /** Says that an event cannot be read. */
  Piece unreadable() {
    return new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()));
  }

  /** The text itself; null if it is empty or no string. */
  private static @Nullable JsonValue content(@Nullable JsonValue text) {
    boolean isContent =
        text != null && text.kind() == JsonValue.Kind.STRING && !text.text().isEmpty();
    return isContent ? text : null;
  }

  private void open(Open kind, Piece.Block block, Consumer<Piece> pieces) {
    if (open != kind) {
      close(pieces);
      open = kind;
      pieces.accept(new Piece.Opened(block));
    }
  }

  private ToolNames names() {
    ToolNames read = names;
    if (read == null) {
      read = new ToolNames(request.exchange().payload().conversation().tools());
      names = read;
    }
    return read;
  }
}
