package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.StreamPart;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates a Messages stream into chunks of a chat completion.
 *
 * <p>Events and deltas of unknown types, and objects without a type, are skipped, as Anthropic's
 * rules for new versions ask. The usage of the last {@code message_delta} is the whole answer's;
 * what it leaves out, {@code message_start} has said.
 */
final class MessageStream implements StreamDecoder {
  /** The events that mean nothing before {@code message_start}. */
  private static final Set<String> OF_A_MESSAGE =
      Set.of("content_block_start", "content_block_delta", "content_block_stop", "message_delta");

  private final TargetRequest exchange;
  private final ReplyHead head;
  private final ToolBlocks tools;

  /** The tool whose input is the answer's content; null where there is none. */
  private final @Nullable String answerTool;

  private boolean inAnswer;
  private boolean hasAnswer;
  private String opening = "";
  private @Nullable JsonValue usageAtStart;

  MessageStream(TargetRequest exchange, ReplyHead head) {
    this.exchange = exchange;
    this.head = head;
    this.answerTool = MessageRequest.answerTool(exchange);
    this.tools = new ToolBlocks(MessageRequest.usesFunctions(exchange.request()));
  }

  @Override
  public StreamPart read(byte[] data) {
    JsonValue event = JsonBody.json(data);
    if (event == null) {
      return unreadable();
    }
    if (event.kind() != JsonValue.Kind.OBJECT && event.kind() != JsonValue.Kind.NULL) {
      return unreadable();
    }
    String type = JsonFields.text(event, "type");
    if (type == null) {
      return JsonFields.value(event, "error") == null ? StreamPart.NOTHING : failed(event);
    }
    if (opening.isEmpty() && OF_A_MESSAGE.contains(type)) {
      return unreadable();
    }
    return switch (type) {
      case "message_start" -> start(JsonFields.object(event, "message"));
      case "content_block_start" -> blockStart(JsonFields.object(event, "content_block"));
      case "content_block_delta" -> delta(JsonFields.object(event, "delta"));
      case "content_block_stop" -> blockStop();
      case "message_delta" -> finish(event);
      case "message_stop" -> new StreamPart.End();
      case "error" -> failed(event);
      default -> StreamPart.NOTHING;
    };
  }

  private StreamPart start(@Nullable JsonValue message) {
    String id = Objects.requireNonNullElse(JsonFields.text(message, "id"), "");
    String model = Objects.requireNonNullElse(JsonFields.text(message, "model"), "");
    usageAtStart = JsonFields.object(message, "usage");
    opening =
        "{\"id\":"
            + JsonText.quote(id)
            + ",\"object\":\"chat.completion.chunk\",\"created\":"
            + head.receivedAt().getEpochSecond()
            + ",\"model\":"
            + JsonText.quote(exchange.target().nameInAnswer(model))
            + ",\"choices\":[{\"index\":0,\"delta\":";
    String delta = "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}";
    Tokens tokens = usageAtStart == null ? null : tokens(null);
    return new StreamPart.Chunk(json(delta, "null"), "", Content.NONE, 0, tokens);
  }

  private StreamPart blockStart(@Nullable JsonValue block) {
    return switch (JsonFields.text(block, "type")) {
      case "tool_use" ->
          isAnswer(block)
              ? answerStart(JsonFields.object(block, "input"))
              : chunk(tools.start(block), "", Content.OTHER);
      case "text" -> text("content", JsonFields.value(block, "text"));
      case "thinking" -> {
        StreamPart thought = text("reasoning_content", JsonFields.value(block, "thinking"));
        yield thought instanceof StreamPart.Chunk ? thought : StreamPart.THINKS;
      }
      case "redacted_thinking" -> StreamPart.THINKS;
      case null, default -> StreamPart.NOTHING;
    };
  }

  private StreamPart delta(@Nullable JsonValue delta) {
    return switch (JsonFields.text(delta, "type")) {
      case "text_delta" -> text("content", JsonFields.value(delta, "text"));
      case "thinking_delta" -> text("reasoning_content", JsonFields.value(delta, "thinking"));
      case "input_json_delta" -> input(JsonFields.value(delta, "partial_json"));
      case null, default -> StreamPart.NOTHING;
    };
  }

  private boolean isAnswer(@Nullable JsonValue block) {
    return answerTool != null && answerTool.equals(JsonFields.text(block, "name"));
  }

  /** The input is the answer: its pieces are pieces of the content. */
  private StreamPart answerStart(@Nullable JsonValue input) {
    inAnswer = true;
    return input == null || input.members().isEmpty() ? StreamPart.NOTHING : answer(input.raw());
  }

  private StreamPart input(@Nullable JsonValue piece) {
    if (!inAnswer) {
      return chunk(tools.input(piece), "", Content.OTHER);
    }
    hasAnswer |= piece != null && !piece.text().isEmpty();
    return text("content", piece);
  }

  private StreamPart blockStop() {
    if (!inAnswer) {
      return chunk(tools.stop(), "", Content.OTHER);
    }
    inAnswer = false;
    return hasAnswer ? StreamPart.NOTHING : answer("{}");
  }

  private StreamPart answer(String json) {
    hasAnswer = true;
    return chunk("{\"content\":" + JsonText.quote(json) + "}", json, Content.TEXT);
  }

  private StreamPart text(String field, @Nullable JsonValue literal) {
    String text = literal == null ? "" : literal.text();
    if (literal == null || text.isEmpty()) {
      return StreamPart.NOTHING;
    }
    String delta = "{\"" + field + "\":" + literal.raw() + "}";
    return field.equals("content")
        ? chunk(delta, text, Content.TEXT)
        : chunk(delta, "", Content.THINKING);
  }

  private StreamPart finish(JsonValue event) {
    JsonValue delta = JsonFields.object(event, "delta");
    String reason = JsonFields.text(delta, "stop_reason");
    Tokens tokens = tokens(JsonFields.object(event, "usage"));
    if (reason == null) {
      return tokens;
    }
    boolean refused = reason.equals("refusal");
    String refusal = "{\"refusal\":" + JsonText.quote(MessageAnswer.refusal(delta)) + "}";
    String known = tools.finishReason(finishReason(reason));
    return new StreamPart.Chunk(
        json(refused ? refusal : "{}", JsonText.quote(known)),
        "",
        refused ? Content.OTHER : Content.NONE,
        1,
        tokens);
  }

  private String finishReason(String reason) {
    boolean isAnswer = hasAnswer && !tools.any() && reason.equals("tool_use");
    return isAnswer ? "stop" : FinishReason.of(reason, tools.any());
  }

  private Tokens tokens(@Nullable JsonValue usage) {
    MessageUsage sum = MessageUsage.of(usageAtStart, usage);
    return new Tokens(sum.total(), JsonWriter.value(sum::writeTo));
  }

  private StreamPart chunk(@Nullable String delta, String text, Content content) {
    return delta == null
        ? StreamPart.NOTHING
        : new StreamPart.Chunk(json(delta, "null"), text, content, 0, null);
  }

  private byte[] json(String delta, String finishReason) {
    String chunk = opening + delta + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}";
    return chunk.getBytes(StandardCharsets.UTF_8);
  }

  private StreamPart failed(JsonValue event) {
    return new StreamPart.Failed(ErrorAnswer.failure(head, event));
  }

  private StreamPart unreadable() {
    return new StreamPart.Failed(
        new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()));
  }
}
