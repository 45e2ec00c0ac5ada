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
 * One chunk of a stream in OpenAI's format: what is in it, and the few values to be replaced.
 *
 * <p>The deviations are recorded ones: content as an array of parts with the thinking among them
 * (Mistral), arguments as an object and tool calls without an index of their own (Mistral, Gemini),
 * finish reasons of Together ({@code eos}) and Mistral ({@code model_length}), an empty one
 * (several), no arguments for a call without any (several).
 */
final class OpenAiChunk {
  private static final List<String> THINKING =
      List.of("reasoning_content", "reasoning", "reasoning_details");

  /** A chunk larger than this, in bytes, carries something, whatever the name of its field. */
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
    see(content == Content.NONE && size > LARGE, Content.OTHER);
    return new Piece.Raw(splice.bytes(), text.toString(), content, finished, tokens);
  }

  private void choice(JsonValue choice) {
    boolean ends = finishReason(choice.field("finish_reason"));
    JsonValue delta = JsonFields.object(choice, "delta");
    boolean first = JsonFields.count(choice, "index") == 0;
    content(delta, first);
    for (String name : THINKING) {
      see(hasSomething(JsonFields.value(delta, name)), first ? Content.THINKING : Content.OTHER);
    }
    see(JsonFields.object(choice, "logprobs") != null, Content.OTHER);
    see(hasSomething(JsonFields.value(delta, "refusal")), Content.OTHER);
    see(JsonFields.object(delta, "function_call") != null, Content.OTHER);
    see(JsonFields.object(delta, "audio") != null, Content.OTHER);
    see(hasSomething(JsonFields.value(delta, "images")), Content.OTHER);
    JsonValue calls = JsonFields.value(delta, "tool_calls");
    if (calls != null && calls.size() > 0) {
      long index = JsonFields.count(choice, "index");
      calls.elements().forEach(call -> toolCall(index, call, ends));
    } else if (ends) {
      addArguments(choice, delta);
    }
  }

  /** Ends the calls whose arguments never came with an empty object. */
  private void addArguments(JsonValue choice, @Nullable JsonValue delta) {
    List<Long> missing = arguments.take(JsonFields.count(choice, "index"));
    if (missing.isEmpty()) {
      return;
    }
    see(true, Content.OTHER);
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

  /** Repairs the reason; whether there is one, so that the choice ends. */
  private boolean finishReason(@Nullable JsonValue reason) {
    if (reason == null || reason.isNull()) {
      return false;
    }
    String said = reason.text();
    String known = ProviderQuirks.finishReason(said);
    if (said.isEmpty()) {
      splice.replace(reason, "null");
    } else if (!known.equals(said)) {
      splice.replace(reason, JsonText.quote(known));
    }
    finished += said.isEmpty() ? 0 : 1;
    return !said.isEmpty();
  }

  private void content(@Nullable JsonValue delta, boolean first) {
    JsonValue said = JsonFields.value(delta, "content");
    if (delta == null || said == null) {
      return;
    }
    String added = said.kind() == Kind.ARRAY ? parts(delta, said) : said.text();
    see(!added.isEmpty(), first ? Content.TEXT : Content.OTHER);
    if (first) {
      text.append(added);
    }
  }

  private String parts(JsonValue delta, JsonValue content) {
    ProviderQuirks.Parts parts = ProviderQuirks.joinParts(splice, delta, content);
    see(!parts.thinking().isEmpty(), Content.THINKING);
    return parts.text();
  }

  private void toolCall(long choice, JsonValue call, boolean ends) {
    see(true, Content.OTHER);
    if (call.kind() != Kind.OBJECT) {
      return;
    }
    long index = tools.of(choice, call);
    JsonValue said = JsonFields.number(call, "index");
    if (said == null || JsonFields.count(call, "index") != index) {
      splice.put(call, "index", Long.toString(index));
    }
    JsonValue function = JsonFields.object(call, "function");
    if (function == null) {
      return;
    }
    JsonValue piece = JsonFields.value(function, "arguments");
    boolean has = piece != null && (piece.kind() == Kind.OBJECT || !piece.text().isBlank());
    if (arguments.isMissingAfter(choice, index, has) && ends) {
      splice.put(function, "arguments", "\"{}\"");
    } else {
      ProviderQuirks.quoteArguments(splice, call);
    }
  }

  /** Notes what the client sees; of several kinds in one chunk the last of the enum counts. */
  private void see(boolean something, Content what) {
    if (something && what.compareTo(content) > 0) {
      content = what;
    }
  }

  private static boolean hasSomething(@Nullable JsonValue value) {
    return value != null && (!value.text().isEmpty() || value.size() > 0);
  }
}
