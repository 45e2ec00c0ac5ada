package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chunk of a stream in OpenAI's format and repairs deviations in it.
 *
 * <p>Deviations seen in recordings: content as an array of parts that includes the thinking
 * (Mistral), arguments as an object and tool calls without distinct indexes (Mistral, Gemini),
 * finish reasons of Together ({@code eos}) and Mistral ({@code model_length}), an empty one
 * (several), no arguments for a call without any (several).
 */
final class OpenAiChunk {
  private static final List<String> THINKING =
      List.of("reasoning_content", "reasoning", "reasoning_details");

  /** A larger chunk, in bytes, has content even if no known field holds it. */
  private static final int LARGE = 64 * 1024;

  private final JsonSplice splice;
  private final int size;
  private final JsonValue root;
  private final ToolIndexes tools;
  private final MissingArguments arguments;
  private final StringBuilder text = new StringBuilder();
  private Content content = Content.NONE;
  private int finished;

  OpenAiChunk(byte[] json, JsonValue root, ToolIndexes tools, MissingArguments arguments) {
    this.splice = new JsonSplice(json);
    this.size = json.length;
    this.root = root;
    this.tools = tools;
    this.arguments = arguments;
  }

  Piece.Raw read(TargetModel target, @Nullable TokenReport tokens) {
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !target.nameInAnswer(model.text()).equals(model.text())) {
      splice.replace(model, JsonText.quote(target.nameInAnswer(model.text())));
    }
    if (tokens != null) {
      splice.remove(root, "usage");
    }
    for (JsonValue choice : JsonFields.array(root, "choices")) {
      choice(choice);
    }
    record(content == Content.NONE && size > LARGE, Content.OTHER);
    return new Piece.Raw(splice.bytes(), text.toString(), content, finished, tokens);
  }

  private void choice(JsonValue choice) {
    boolean ends = finishReason(choice.field("finish_reason"));
    JsonValue delta = JsonFields.object(choice, "delta");
    boolean first = JsonFields.count(choice, "index") == 0;
    content(delta, first);
    for (String name : THINKING) {
      record(isPresent(JsonFields.value(delta, name)), first ? Content.THINKING : Content.OTHER);
    }
    record(JsonFields.object(choice, "logprobs") != null, Content.OTHER);
    record(isPresent(JsonFields.value(delta, "refusal")), Content.OTHER);
    record(JsonFields.object(delta, "function_call") != null, Content.OTHER);
    record(JsonFields.object(delta, "audio") != null, Content.OTHER);
    record(isPresent(JsonFields.value(delta, "images")), Content.OTHER);
    JsonValue calls = JsonFields.value(delta, "tool_calls");
    if (calls != null && calls.size() > 0) {
      long index = JsonFields.count(choice, "index");
      calls.elements().forEach(call -> toolCall(index, call, ends));
    } else if (ends) {
      addArguments(choice, delta);
    }
  }

  /** Adds an empty object to the calls that received no arguments. */
  private void addArguments(JsonValue choice, @Nullable JsonValue delta) {
    List<Long> missing = arguments.drain(JsonFields.count(choice, "index"));
    if (missing.isEmpty()) {
      return;
    }
    record(true, Content.OTHER);
    StringBuilder calls = new StringBuilder();
    for (Long index : missing) {
      calls
          .append(calls.isEmpty() ? "[" : ",")
          .append("{\"index\":")
          .append(index)
          .append(",\"function\":{\"arguments\":\"{}\"}}");
    }
    calls.append(']');
    if (delta == null) {
      splice.put(choice, "delta", "{\"tool_calls\":" + calls + "}");
    } else {
      splice.put(delta, "tool_calls", calls.toString());
    }
  }

  /** Repairs the finish reason. Returns whether there is one, so that the choice ends. */
  private boolean finishReason(@Nullable JsonValue reason) {
    if (reason == null || reason.isNull()) {
      return false;
    }
    String received = reason.text();
    String standard = ProviderQuirks.finishReason(received);
    if (received.isEmpty()) {
      splice.replace(reason, "null");
    } else if (!standard.equals(received)) {
      splice.replace(reason, JsonText.quote(standard));
    }
    finished += received.isEmpty() ? 0 : 1;
    return !received.isEmpty();
  }

  private void content(@Nullable JsonValue delta, boolean first) {
    JsonValue value = JsonFields.value(delta, "content");
    if (delta == null || value == null) {
      return;
    }
    String added = value.kind() == Kind.ARRAY ? parts(delta, value) : value.text();
    record(!added.isEmpty(), first ? Content.TEXT : Content.OTHER);
    if (first) {
      text.append(added);
    }
  }

  private String parts(JsonValue delta, JsonValue content) {
    ProviderQuirks.Parts parts = ProviderQuirks.joinParts(splice, delta, content);
    record(!parts.thinking().isEmpty(), Content.THINKING);
    return parts.text();
  }

  private void toolCall(long choice, JsonValue call, boolean ends) {
    record(true, Content.OTHER);
    if (call.kind() != Kind.OBJECT) {
      return;
    }
    long index = tools.of(choice, call);
    JsonValue received = JsonFields.number(call, "index");
    if (received == null || JsonFields.count(call, "index") != index) {
      splice.put(call, "index", Long.toString(index));
    }
    JsonValue function = JsonFields.object(call, "function");
    if (function == null) {
      return;
    }
    JsonValue json = JsonFields.value(function, "arguments");
    boolean hasArguments = json != null && (json.kind() == Kind.OBJECT || !json.text().isBlank());
    if (arguments.isMissingAfter(choice, index, hasArguments) && ends) {
      splice.put(function, "arguments", "\"{}\"");
    } else {
      ProviderQuirks.quoteArguments(splice, call);
    }
  }

  /** Records a kind of content. The highest kind in the chunk counts. */
  private void record(boolean present, Content kind) {
    if (present && kind.compareTo(content) > 0) {
      content = kind;
    }
  }

  private static boolean isPresent(@Nullable JsonValue value) {
    return value != null && (!value.text().isEmpty() || value.size() > 0);
  }
}
