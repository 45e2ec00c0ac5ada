package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Pieces of a provider that speaks this API, and of one that does not. */
final class Events {
  static final String ID = "msg_01ABCDEFGHIJKLMNOPQRSTUV";

  private Events() {}

  static Exchange request(long estimatedTokens) {
    byte[] body = "{}".getBytes(UTF_8);
    Payload payload =
        new Payload(WireFormat.MESSAGES, Body.of(body), Exchanges.json("{}"), MessagesReader::read);
    return new Exchange(
        "m", Exchange.Task.ANSWER, null, null, true, AnswerTraits.PLAIN, estimatedTokens, payload);
  }

  static Piece.Event event(String json, @Nullable Piece meaning) {
    JsonValue root = Exchanges.json(json);
    JsonValue index = root.field("index");
    int block = index == null ? Piece.Event.NO_BLOCK : (int) index.number();
    String name = nonNull(root.field("type")).text();
    return new Piece.Event(name, json.getBytes(UTF_8), block, meaning, null);
  }

  static Piece.Event start(String id) {
    return event(
        "{\"type\":\"message_start\",\"message\":{\"id\":"
            + JsonText.quote(id)
            + ",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
            + "\"stop_reason\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}  }",
        new Piece.Started(id, "m", 0));
  }

  static Piece.Event open(int index, Block block) {
    String json =
        switch (block) {
          case Block.Text text -> "{\"type\":\"text\",\"text\":\"\"}";
          case Block.Thinking thinking ->
              "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";
          case Block.Call call ->
              "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}"
                  .formatted(call.id(), call.name());
          case Block.Opaque opaque ->
              "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}";
        };
    return event(
        "{\"type\":\"content_block_start\",\"index\":" + index + ",\"content_block\":" + json + "}",
        new Piece.Opened(block));
  }

  static Piece.Event text(int index, String text) {
    String delta = "{\"type\":\"text_delta\",\"text\":" + JsonText.quote(text) + "}";
    return delta(index, delta, Piece.Text.of(text));
  }

  static Piece.Event thinking(int index, String text) {
    String literal = JsonText.quote(text);
    String delta = "{\"type\":\"thinking_delta\",\"thinking\":" + literal + "}";
    return delta(index, delta, new Piece.Thinking(literal));
  }

  static Piece.Event signed(int index, String value) {
    String delta = "{\"type\":\"signature_delta\",\"signature\":" + JsonText.quote(value) + "}";
    return delta(index, delta, new Piece.Signed(new Signature(WireFormat.MESSAGES, value)));
  }

  static Piece.Event arguments(int index, String json) {
    String literal = JsonText.quote(json);
    String delta = "{\"type\":\"input_json_delta\",\"partial_json\":" + literal + "}";
    return delta(index, delta, new Piece.Arguments(literal));
  }

  /** A delta that only this format knows. */
  static Piece.Event ownDelta(int index) {
    return delta(index, "{\"type\":\"citations_delta\",\"citation\":{}}", null);
  }

  private static Piece.Event delta(int index, String delta, @Nullable Piece meaning) {
    return event(
        "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}",
        meaning);
  }

  static Piece.Event close(int index) {
    return event("{\"type\":\"content_block_stop\",\"index\":" + index + "}", new Piece.Closed());
  }

  static Piece.Event finish(String reason, FinishReason meaning) {
    String json =
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
            + JsonText.quote(reason)
            + ",\"stop_sequence\":null},\"usage\":{\"output_tokens\":7}   }";
    return event(json, new Piece.Finished(meaning, null));
  }

  static Piece.Event ping() {
    return event("{\"type\":\"ping\"}", null);
  }

  static TokenReport report(Usage usage) {
    return new TokenReport(usage, OptionalLong.empty(), null);
  }

  /** The event as it is written. */
  static String sse(Piece.Event event) {
    return "event: " + event.name() + "\ndata: " + new String(event.bytes(), UTF_8) + "\n\n";
  }

  static Piece.Started started() {
    return new Piece.Started("chatcmpl-1", "gpt-4", 7);
  }

  static <T> T nonNull(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
