package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.responses.OfferedTools.Offered;
import com.langdock.reliability.gateway.front.responses.OutputItem.Kind;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of one response: items in order, one open at a time, for every sequence of pieces.
 *
 * <p>Text and calls are closed when another item begins, or with the answer: only then is it known
 * whether they are whole. So texts that follow one another are one message.
 */
final class Output {
  private static final String COMPLETED = "completed";
  private static final String EMPTY = "\"\"";

  private final ResponseIds ids;
  private final JsonValue request;
  private final ItemListener listener;
  private final List<String> done = new ArrayList<>();
  private @Nullable OfferedTools tools;
  private @Nullable OutputItem open;

  /** The position of the next item. */
  private int next;

  /** Whether the open item is a call that has all of its arguments. */
  private boolean isCallWhole;

  /** An empty output that answers {@code request}. */
  Output(ResponseIds ids, JsonValue request, ItemListener listener) {
    this.ids = ids;
    this.request = request;
    this.listener = listener;
  }

  /** The complete items. */
  List<String> items() {
    return done;
  }

  /** Adds a piece of content; others change nothing. */
  void add(Piece piece) {
    switch (piece) {
      case Piece.Text text -> text(text.literal());
      case Piece.Thinking thinking -> thinking(thinking.literal());
      case Piece.Signed signed -> sign(signed.signature());
      case Piece.Opened(Piece.Block.Call call) -> call(call);
      case Piece.Arguments arguments -> arguments(arguments.literal());
      case Piece.Opened opened -> endBlock();
      case Piece.Closed closed -> endBlock();
      case Piece.Started started -> {}
      case Piece.Finished finished -> {}
      case Piece.Used used -> {}
      case Piece.Ended ended -> {}
      case Piece.Failed failed -> {}
      case Piece.Raw raw -> {}
      case Piece.Event event -> {}
    }
  }

  /** Follows a provider's own event, which the client gets as it is. */
  void passed(Piece.Event event) {
    switch (event.name()) {
      case "response.output_item.added" -> {
        next = Math.max(next, event.block() + 1);
        open = OutputItem.begun(event.block(), item(event));
      }
      case "response.output_item.done" -> {
        JsonValue item = item(event);
        if (item != null) {
          done.add(item.raw());
        }
        open = null;
      }
      default -> {
        if (open != null && open.index() == event.block()) {
          switch (event.meaning()) {
            case Piece.Text text -> open.add(text.literal());
            case Piece.Thinking thinking -> open.add(thinking.literal());
            case Piece.Arguments arguments -> open.add(arguments.literal());
            case null, default -> {} // Adds no content.
          }
        }
      }
    }
  }

  private static @Nullable JsonValue item(Piece.Event event) {
    return JsonFields.object(JsonBody.json(event.bytes()), "item");
  }

  /** Adds text. */
  void text(String literal) {
    grow(Kind.MESSAGE, literal);
  }

  /** Adds the text with which the model refused, as an item of its own. */
  void refusal(String text) {
    close(COMPLETED);
    grow(Kind.REFUSAL, JsonText.quote(text));
  }

  private void thinking(String literal) {
    grow(Kind.REASONING, literal);
  }

  private void grow(Kind kind, String literal) {
    if (!literal.equals(EMPTY)) {
      add(open != null && open.kind() == kind ? open : begin(kind, ""), literal);
    }
  }

  private void add(OutputItem item, String literal) {
    listener.added(item, literal);
    item.add(literal);
  }

  /** Ends the open thinking with its signature; an empty one if none is open. */
  private void sign(Signature signature) {
    OutputItem item =
        open != null && open.kind() == Kind.REASONING ? open : begin(Kind.REASONING, "");
    boolean isOwn = signature.issuer().equals(WireFormat.RESPONSES);
    item.encrypted(isOwn ? signature.value() : SignatureEnvelope.wrap(signature));
    close(COMPLETED);
  }

  /** Begins a call, after an empty item of reasoning if it has a signature. */
  private void call(Piece.Block.Call call) {
    close(COMPLETED);
    if (call.signature() != null) {
      sign(call.signature());
    }
    Offered offered = tools().find(call.name());
    String fields = ",\"call_id\":" + JsonText.quote(ids.call(call, next));
    if (offered != null && offered.kind() == OfferedTools.Kind.SEARCH) {
      begin(Kind.SEARCH, fields + ",\"execution\":\"client\"");
    } else {
      boolean isCustom = offered != null && offered.kind() == OfferedTools.Kind.CUSTOM;
      begin(isCustom ? Kind.CUSTOM : Kind.FUNCTION, fields + name(call, offered));
    }
    isCallWhole = false;
    arguments(JsonText.quote(call.arguments()));
  }

  private static String name(Piece.Block.Call call, @Nullable Offered offered) {
    if (offered == null) {
      return ",\"name\":" + JsonText.quote(call.name());
    }
    String name = ",\"name\":" + JsonText.quote(offered.name());
    return offered.namespace() == null
        ? name
        : name + ",\"namespace\":" + JsonText.quote(offered.namespace());
  }

  private OfferedTools tools() {
    OfferedTools read = tools;
    if (read == null) {
      read = OfferedTools.of(request, new Unmapped());
      tools = read;
    }
    return read;
  }

  private void arguments(String literal) {
    if (open != null && isCall(open) && !isCallWhole && !literal.equals(EMPTY)) {
      add(open, literal);
    }
  }

  private static boolean isCall(OutputItem item) {
    return switch (item.kind()) {
      case FUNCTION, CUSTOM, SEARCH -> true;
      case MESSAGE, REFUSAL, REASONING -> false;
    };
  }

  /** A block of the provider's ended. */
  private void endBlock() {
    isCallWhole = true;
    if (open != null && open.kind() == Kind.REASONING) {
      close(COMPLETED);
    }
  }

  private OutputItem begin(Kind kind, String fields) {
    close(COMPLETED);
    int index = next++;
    OutputItem item = new OutputItem(kind, index, ids.item(kind.prefix(), index), fields);
    open = item;
    listener.opened(item);
    return item;
  }

  /** Closes the open item, if any. */
  void close(String status) {
    OutputItem item = open;
    if (item == null) {
      return;
    }
    if (item.isEmpty() && isCall(item)) {
      add(item, "\"{}\"");
    }
    String json = item.json(status);
    open = null;
    done.add(json);
    listener.closed(item, json);
  }
}
