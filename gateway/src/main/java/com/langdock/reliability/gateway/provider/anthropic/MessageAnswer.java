package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Translates a whole Messages answer into a chat completion.
 *
 * <p>Thinking goes into {@code reasoning_content}, the field that other reasoning providers use,
 * never into {@code content}. Blocks of unknown types are ignored, as Anthropic's rules for new
 * versions ask.
 */
final class MessageAnswer {
  private static final String REFUSED = "The model declined to answer.";

  private final TargetRequest exchange;
  private final ReplyHead head;
  private final JsonValue root;
  private final @Nullable String answerTool;
  private final MessageUsage usage;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final List<JsonValue> calls = new ArrayList<>();

  /** The input of the tool whose input is the answer, as JSON. */
  private @Nullable String answer;

  private MessageAnswer(TargetRequest exchange, ReplyHead head, JsonValue root) {
    this.exchange = exchange;
    this.head = head;
    this.root = root;
    this.answerTool = MessageRequest.answerTool(exchange);
    JsonFields.array(root, "content").forEach(this::read);
    MessageUsage said = MessageUsage.of(JsonFields.object(root, "usage"));
    this.usage = said.total().isNone() ? estimate() : said;
  }

  static Decoded decode(TargetRequest exchange, ReplyHead head, byte[] body) {
    JsonValue root = JsonBody.json(body);
    if (!head.isSuccess() || JsonFields.value(root, "error") != null) {
      return new Decoded.Failed(ErrorAnswer.failure(head, root));
    }
    JsonValue content = JsonFields.value(root, "content");
    if (root == null || content == null || content.kind() != JsonValue.Kind.ARRAY) {
      Why why = JsonBody.isBlank(body) ? Why.EMPTY : Why.NOT_JSON;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    return new MessageAnswer(exchange, head, root).answer();
  }

  private void read(JsonValue block) {
    switch (JsonFields.text(block, "type")) {
      case "text" -> text.append(Objects.requireNonNullElse(JsonFields.text(block, "text"), ""));
      case "thinking" ->
          reasoning.append(Objects.requireNonNullElse(JsonFields.text(block, "thinking"), ""));
      case "tool_use" -> readCall(block);
      case null, default -> {}
    }
  }

  private void readCall(JsonValue block) {
    if (answerTool != null && answerTool.equals(JsonFields.text(block, "name"))) {
      answer = input(block);
    } else {
      calls.add(block);
    }
  }

  private Decoded answer() {
    String content = content();
    String literal = content == null ? "null" : JsonText.quote(content);
    byte[] json = JsonWriter.object(this::write);
    return new Decoded.Answer(
        json, Objects.requireNonNull(JsonBody.json(json)), usage.total(), literal);
  }

  private MessageUsage estimate() {
    return MessageUsage.of(exchange.request().estimatedUsage(characters()));
  }

  private long characters() {
    long arguments = 0;
    for (JsonValue call : calls) {
      JsonValue input = JsonFields.object(call, "input");
      arguments += input == null ? 0 : input.end() - input.start();
    }
    return text.length() + reasoning.length() + arguments + (answer == null ? 0 : answer.length());
  }

  private void write(JsonGenerator out) {
    String id = JsonFields.text(root, "id");
    String model = JsonFields.text(root, "model");
    out.writeStringProperty("id", id == null ? "" : id);
    out.writeStringProperty("object", "chat.completion");
    out.writeNumberProperty("created", head.receivedAt().getEpochSecond());
    out.writeStringProperty("model", exchange.target().nameInAnswer(model == null ? "" : model));
    out.writeName("choices");
    out.writeStartArray();
    out.writeStartObject();
    out.writeNumberProperty("index", 0);
    out.writeName("message");
    writeMessage(out);
    out.writeNullProperty("logprobs");
    out.writeStringProperty("finish_reason", finishReason());
    out.writeEndObject();
    out.writeEndArray();
    out.writeName("usage");
    usage.writeTo(out);
  }

  private void writeMessage(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("role", "assistant");
    out.writeStringProperty("content", content());
    out.writeStringProperty("refusal", refusal());
    if (!reasoning.isEmpty()) {
      out.writeStringProperty("reasoning_content", reasoning.toString());
    }
    if (isLegacy() && !calls.isEmpty()) {
      out.writeName("function_call");
      writeFunction(out, calls.getFirst());
    } else if (!calls.isEmpty()) {
      out.writeName("tool_calls");
      out.writeStartArray();
      calls.forEach(call -> writeCall(out, call));
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void writeCall(JsonGenerator out, JsonValue call) {
    out.writeStartObject();
    out.writeStringProperty("id", JsonFields.text(call, "id"));
    out.writeStringProperty("type", "function");
    out.writeName("function");
    writeFunction(out, call);
    out.writeEndObject();
  }

  private static void writeFunction(JsonGenerator out, JsonValue call) {
    out.writeStartObject();
    out.writeStringProperty("name", JsonFields.text(call, "name"));
    out.writeStringProperty("arguments", input(call));
    out.writeEndObject();
  }

  private static String input(JsonValue call) {
    JsonValue input = JsonFields.object(call, "input");
    return input == null ? "{}" : input.raw();
  }

  private @Nullable String content() {
    if (answer != null) {
      return answer;
    }
    boolean isNothing = text.isEmpty() && (isRefusal() || !calls.isEmpty());
    return isNothing ? null : text.toString();
  }

  private @Nullable String refusal() {
    if (!isRefusal()) {
      return null;
    }
    return refusal(root);
  }

  /** The words of a refusal whose {@code stop_details} are in {@code message}. */
  static String refusal(@Nullable JsonValue message) {
    String why = JsonFields.text(JsonFields.object(message, "stop_details"), "explanation");
    return why == null ? REFUSED : why;
  }

  private boolean isRefusal() {
    return "refusal".equals(JsonFields.text(root, "stop_reason"));
  }

  private boolean isLegacy() {
    return MessageRequest.usesFunctions(exchange.request());
  }

  private String finishReason() {
    String reason = JsonFields.text(root, "stop_reason");
    if (answer != null && calls.isEmpty() && "tool_use".equals(reason)) {
      return "stop";
    }
    String known = FinishReason.of(reason, !calls.isEmpty());
    return known.equals("tool_calls") && isLegacy() ? "function_call" : known;
  }
}
