package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one Responses stream.
 *
 * <p>Items are told apart by {@code output_index}, since some proxies change their ids. Events of
 * unknown types have no meaning, and items without a neutral kind are {@link Piece.Block.Opaque}.
 * Content that a server only repeats in the events that end a part or an item is read there, and so
 * is the free text of custom calls.
 */
final class ResponseEvents {
  /** Items of one answer; more than any model makes. */
  private static final int MAX_ITEMS = 10_000;

  private static final String NO_TEXT = "\"\"";
  private static final String PARAGRAPH = "\"\\n\\n\"";

  /** An item whose end has not come. */
  private static final class Item {
    private boolean hasContent;
    private int summaries;
  }

  private final TargetModel target;
  private final ReplyHead head;
  private final Map<Integer, Item> open = new HashMap<>();
  private final StringBuilder refusal = new StringBuilder();
  private boolean started;
  private boolean hasItems;
  private boolean hasCalls;

  ResponseEvents(TargetModel target, ReplyHead head) {
    this.target = target;
    this.head = head;
  }

  /** Reads the next event. */
  ResponseEvent read(byte[] data) {
    JsonValue event = JsonBody.json(data);
    if (event == null || event.kind() != JsonValue.Kind.OBJECT) {
      return isDone(data) ? of("", null, List.of()) : unreadable();
    }
    String type = JsonFields.text(event, "type");
    if (type == null) {
      return JsonFields.value(event, "error") == null
          ? of("", event, List.of())
          : of("error", event, failed(event));
    }
    JsonValue response = JsonFields.object(event, "response");
    return switch (type) {
      case "response.created", "response.in_progress", "response.queued" ->
          of(type, event, start(response));
      case "response.output_item.added" -> of(type, event, added(event));
      case "response.output_item.done" -> of(type, event, done(event));
      case "response.completed", "response.done" -> ended(type, event, FinishReason.STOP);
      case "response.incomplete" -> ended(type, event, reason(response));
      case "response.failed" -> of(type, event, failed(response == null ? event : response));
      case "response.cancelled" -> of(type, event, new Piece.Failed(new Failure.Broken()));
      case "error" -> of(type, event, failed(event));
      default -> of(type, event, content(type, event));
    };
  }

  /** OpenRouter ends its streams as chat completions end. */
  private static boolean isDone(byte[] data) {
    return new String(data, StandardCharsets.US_ASCII).strip().equals("[DONE]");
  }

  private List<Piece> start(@Nullable JsonValue response) {
    if (started || response == null) {
      return List.of();
    }
    started = true;
    long created = JsonFields.count(response, "created_at");
    return List.of(
        new Piece.Started(
            textOf(response, "id"),
            target.nameInAnswer(textOf(response, "model")),
            created == 0 ? head.receivedAt().getEpochSecond() : created));
  }

  private List<Piece> added(JsonValue event) {
    JsonValue item = JsonFields.object(event, "item");
    if (open.size() >= MAX_ITEMS) {
      return unreadable().pieces();
    }
    hasItems = true;
    hasCalls |= OutputItem.isCall(item);
    open.put(index(event), new Item());
    return List.of(new Piece.Opened(OutputItem.block(item)));
  }

  private List<Piece> done(JsonValue event) {
    JsonValue item = JsonFields.object(event, "item");
    Item known = open.remove(index(event));
    hasItems = true;
    hasCalls |= OutputItem.isCall(item);
    if (item == null) {
      return OutputItem.end(null);
    }
    if (known == null) {
      refusal.append(OutputItem.refusal(item));
      return OutputItem.pieces(item);
    }
    List<Piece> pieces = new ArrayList<>();
    if (!known.hasContent) {
      refusal.append(OutputItem.refusal(item));
      pieces.addAll(OutputItem.content(item));
    }
    pieces.addAll(OutputItem.end(item));
    return pieces;
  }

  private @Nullable Piece content(String type, JsonValue event) {
    Item item = open.get(index(event));
    return switch (type) {
      case "response.output_text.delta" -> more(item, OutputItem.text(delta(event)));
      case "response.output_text.done" ->
          whole(item, OutputItem.text(JsonFields.value(event, "text")));
      case "response.refusal.delta" -> {
        refusal.append(textOf(event, "delta"));
        yield more(item, new Piece.Arguments(NO_TEXT));
      }
      case "response.reasoning_summary_part.added" ->
          item != null && item.summaries++ > 0 ? new Piece.Thinking(PARAGRAPH) : null;
      case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
          more(item, OutputItem.thinking(delta(event)));
      case "response.reasoning_summary_text.done", "response.reasoning_text.done" ->
          whole(item, OutputItem.thinking(JsonFields.value(event, "text")));
      case "response.function_call_arguments.delta" ->
          more(item, OutputItem.arguments(delta(event)));
      case "response.function_call_arguments.done" ->
          whole(item, OutputItem.arguments(JsonFields.value(event, "arguments")));
      default -> null;
    };
  }

  private static @Nullable JsonValue delta(JsonValue event) {
    return JsonFields.value(event, "delta");
  }

  private static @Nullable Piece more(@Nullable Item item, @Nullable Piece piece) {
    if (item != null && piece != null) {
      item.hasContent = true;
    }
    return piece;
  }

  /** Content that usually came before. */
  private static @Nullable Piece whole(@Nullable Item item, @Nullable Piece piece) {
    return item == null || item.hasContent ? null : more(item, piece);
  }

  private ResponseEvent ended(String type, JsonValue event, FinishReason reason) {
    JsonValue response = JsonFields.object(event, "response");
    List<Piece> pieces = new ArrayList<>(start(response));
    if (!hasItems) {
      for (JsonValue item : JsonFields.array(response, "output")) {
        hasCalls |= OutputItem.isCall(item);
        refusal.append(OutputItem.refusal(item));
        pieces.addAll(OutputItem.pieces(item));
      }
    }
    String refused = refusal.isEmpty() ? null : refusal.toString();
    boolean calls = reason == FinishReason.STOP && hasCalls;
    pieces.add(new Piece.Finished(calls ? FinishReason.TOOL_CALLS : reason, refused));
    pieces.add(new Piece.Ended());
    TokenReport tokens = ResponseUsage.of(response);
    return new ResponseEvent(type, event, Piece.Event.NO_BLOCK, pieces, tokens);
  }

  /** Why {@code response} is incomplete. */
  static FinishReason reason(@Nullable JsonValue response) {
    JsonValue details = JsonFields.object(response, "incomplete_details");
    return JsonFields.isText(details, "reason", "content_filter")
        ? FinishReason.CONTENT_FILTER
        : FinishReason.LENGTH;
  }

  private Piece failed(JsonValue error) {
    return new Piece.Failed(ErrorAnswer.failure(head, error));
  }

  private ResponseEvent unreadable() {
    Failure failure = new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status());
    return of("error", null, List.of(new Piece.Failed(failure)));
  }

  private static int index(JsonValue event) {
    JsonValue index = JsonFields.number(event, "output_index");
    return index == null ? Piece.Event.NO_BLOCK : (int) index.number();
  }

  private static ResponseEvent of(String type, JsonValue event, @Nullable Piece piece) {
    return of(type, event, piece == null ? List.of() : List.of(piece));
  }

  private static ResponseEvent of(String type, @Nullable JsonValue event, List<Piece> pieces) {
    int item = event == null ? Piece.Event.NO_BLOCK : index(event);
    return new ResponseEvent(type, event, item, pieces, null);
  }

  private static String textOf(@Nullable JsonValue object, String name) {
    return Objects.requireNonNullElse(JsonFields.text(object, name), "");
  }
}
