package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of a stream; a whole answer is a stream of one.
 *
 * <p>Each response is complete, with a part of the first candidate's content and the usage so far.
 * Text comes in increments, a function call comes whole. The last response has the finish reason;
 * no other end follows, so that a stream without it is broken.
 *
 * <p>A signature of a call stays with the call. Any other ends the open thinking, or becomes
 * thinking without text, which {@link Contents} sends back with the part that follows.
 */
final class GenerateStream implements PieceReader {
  private static final String REFUSED = "The model declined to answer.";
  private static final int ID_LENGTH = 24;

  /** The type of the open block. */
  private enum Open {
    NONE,
    TEXT,
    THINKING
  }

  private final TargetRequest request;
  private final ReplyHead head;
  private @Nullable ToolNames names;
  private Open open = Open.NONE;
  private boolean started;
  private boolean finished;
  private boolean hasText;
  private int calls;
  private String id = "";

  GenerateStream(TargetRequest request, ReplyHead head) {
    this.request = request;
    this.head = head;
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    read(JsonBody.json(data), pieces);
  }

  /** Reads one response; null if it is not JSON. */
  void read(@Nullable JsonValue response, Consumer<Piece> pieces) {
    if (response == null || response.kind() != JsonValue.Kind.OBJECT) {
      boolean isError = JsonFields.value(first(response), "error") != null;
      pieces.accept(isError ? failed(response) : unreadable());
    } else if (JsonFields.value(response, "error") != null) {
      pieces.accept(failed(response));
    } else if (!response.isEmpty() && !finished) {
      readAnswer(response, pieces);
    }
  }

  private static @Nullable JsonValue first(@Nullable JsonValue response) {
    return response != null && response.kind() == JsonValue.Kind.ARRAY && response.size() > 0
        ? response.elements().getFirst()
        : null;
  }

  /** Ends a whole answer that has no finish reason: what is whole JSON is complete. */
  void finish(Consumer<Piece> pieces) {
    if (!finished) {
      finish(Finish.of("", calls > 0), null, pieces);
    }
  }

  /** Whether the finish reason came. */
  boolean isFinished() {
    return finished;
  }

  /** Whether a candidate came, even an empty one, or the prompt was blocked. */
  boolean isStarted() {
    return started;
  }

  private void readAnswer(JsonValue response, Consumer<Piece> pieces) {
    JsonValue candidate =
        JsonFields.array(response, "candidates").stream().findFirst().orElse(null);
    JsonValue feedback = JsonFields.object(response, "promptFeedback");
    boolean isBlocked = candidate == null && JsonFields.text(feedback, "blockReason") != null;
    if (candidate != null || isBlocked) {
      start(response, pieces);
    }
    TokenReport used = GenerateUsage.of(JsonFields.object(response, "usageMetadata"));
    if (!used.usage().isNone()) {
      pieces.accept(new Piece.Used(used));
    }
    String reason = JsonFields.text(candidate, "finishReason");
    boolean isMalformed = reason != null && Finish.isMalformed(reason);
    for (JsonValue part : JsonFields.array(JsonFields.object(candidate, "content"), "parts")) {
      readPart(part, isMalformed, pieces);
    }
    if (isBlocked) {
      String why = JsonFields.text(feedback, "blockReasonMessage");
      finish(FinishReason.CONTENT_FILTER, why == null ? REFUSED : why, pieces);
    } else if (reason != null) {
      finish(reason, JsonFields.text(candidate, "finishMessage"), pieces);
    }
  }

  private void start(JsonValue response, Consumer<Piece> pieces) {
    if (!started) {
      started = true;
      id = Objects.requireNonNullElse(JsonFields.text(response, "responseId"), "");
      String version = JsonFields.text(response, "modelVersion");
      String model = version == null ? request.target().upstreamName() : version;
      pieces.accept(
          new Piece.Started(
              id, request.target().nameInAnswer(model), head.receivedAt().getEpochSecond()));
    }
  }

  private void readPart(JsonValue part, boolean isMalformed, Consumer<Piece> pieces) {
    JsonValue call = JsonFields.object(part, "functionCall");
    if (call == null) {
      readText(part, pieces);
    } else if (!isMalformed) {
      readCall(part, call, pieces);
    }
  }

  private void readText(JsonValue part, Consumer<Piece> pieces) {
    JsonValue text = JsonFields.value(part, "text");
    String signature = JsonFields.text(part, "thoughtSignature");
    boolean hasContent =
        text != null && text.kind() == JsonValue.Kind.STRING && !text.text().isEmpty();
    if (JsonFields.isTrue(part, "thought")) {
      if (text != null && hasContent) {
        open(Open.THINKING, pieces);
        pieces.accept(new Piece.Thinking(text.raw()));
      }
      sign(signature, pieces);
      return;
    }
    boolean isFirstText = open != Open.TEXT;
    if (isFirstText) {
      sign(signature, pieces);
    }
    if (text != null && hasContent) {
      hasText = true;
      open(Open.TEXT, pieces);
      pieces.accept(new Piece.Text(text.text(), text.raw()));
    }
    if (!isFirstText) {
      sign(signature, pieces);
    }
  }

  /** Ends the thinking with its signature, if there is one. */
  private void sign(@Nullable String signature, Consumer<Piece> pieces) {
    if (signature != null && !signature.isEmpty()) {
      open(Open.THINKING, pieces);
      pieces.accept(new Piece.Signed(new ContentBlock.Signature(WireFormat.GEMINI, signature)));
      close(pieces);
    }
  }

  private void readCall(JsonValue part, JsonValue call, Consumer<Piece> pieces) {
    String name = JsonFields.text(call, "name");
    JsonValue args = JsonFields.object(call, "args");
    if (JsonFields.isTrue(call, "willContinue") || JsonFields.value(call, "partialArgs") != null) {
      pieces.accept(unreadable()); // sent only if the request asks for it
    } else if (name != null) {
      close(pieces);
      String json = args == null ? "{}" : args.raw();
      String signature = JsonFields.text(part, "thoughtSignature");
      pieces.accept(
          new Piece.Opened(
              new Piece.Block.Call(
                  callId(JsonFields.text(call, "id"), name + json),
                  names().original(name),
                  json,
                  signature == null
                      ? null
                      : new ContentBlock.Signature(WireFormat.GEMINI, signature))));
      pieces.accept(new Piece.Closed());
      calls++;
    }
  }

  /** The call's id. Older models give none: it is derived from the answer and the call. */
  private String callId(@Nullable String given, String call) {
    if (given != null && !given.isEmpty()) {
      return given;
    }
    String answer = id.isEmpty() ? head.receivedAt().toString() : id;
    UUID hash = UUID.nameUUIDFromBytes((answer + '/' + calls + '/' + call).getBytes(UTF_8));
    return "call_" + hash.toString().replace("-", "").substring(0, ID_LENGTH);
  }

  private ToolNames names() {
    ToolNames read = names;
    if (read == null) {
      Payload payload = request.exchange().payload();
      boolean areOriginal = payload.format().equals(WireFormat.GEMINI);
      read = new ToolNames(areOriginal ? List.of() : payload.conversation().tools());
      names = read;
    }
    return read;
  }

  private void finish(String reason, @Nullable String message, Consumer<Piece> pieces) {
    boolean isUseless = !hasText && calls == 0;
    if (isUseless && Finish.isMalformed(reason)) {
      pieces.accept(unreadable());
      return;
    }
    FinishReason finish = Finish.of(reason, calls > 0);
    boolean isRefusal = isUseless && finish == FinishReason.CONTENT_FILTER;
    String refusal = message == null ? REFUSED : message;
    finish(finish, isRefusal ? refusal : null, pieces);
  }

  private void finish(FinishReason reason, @Nullable String refusal, Consumer<Piece> pieces) {
    finished = true;
    close(pieces);
    pieces.accept(new Piece.Finished(reason, refusal));
  }

  private void open(Open kind, Consumer<Piece> pieces) {
    if (open == kind) {
      return;
    }
    close(pieces);
    open = kind;
    Piece.Block block = kind == Open.THINKING ? new Piece.Block.Thinking() : new Piece.Block.Text();
    pieces.accept(new Piece.Opened(block));
  }

  private void close(Consumer<Piece> pieces) {
    if (open != Open.NONE) {
      open = Open.NONE;
      pieces.accept(new Piece.Closed());
    }
  }

  private Piece failed(@Nullable JsonValue response) {
    return new Piece.Failed(ErrorAnswer.failure(head, response));
  }

  private Piece unreadable() {
    return new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()));
  }
}
