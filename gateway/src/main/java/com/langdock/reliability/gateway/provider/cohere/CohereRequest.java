package com.langdock.reliability.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a translated chat request for Cohere: other names of options, a mode of tools instead of
 * one tool, thinking instead of an effort, no citations. Hints without a counterpart are dropped
 * and reported.
 */
final class CohereRequest {
  /** Cohere's range of {@code p}, which excludes 0 and 1. */
  private static final double MIN_P = 0.01;

  private static final double MAX_P = 0.99;
  private static final double MAX_K = 500;

  /** Options that are called the same. */
  private static final List<String> SAME = List.of("max_tokens", "temperature");

  private final Conversation conversation;
  private final JsonValue chat;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();
  private final StringJoiner out = new StringJoiner(",", "{", "}");

  private CohereRequest(Conversation conversation, JsonValue chat) {
    this.conversation = conversation;
    this.chat = chat;
  }

  /** The request for Cohere that has the meaning of {@code written}. */
  static Written of(TargetRequest request, Written written) {
    if (!(written instanceof Written.Request sent)) {
      return written;
    }
    JsonValue chat = JsonBody.json(sent.outgoing().body());
    if (chat == null) {
      throw new IllegalStateException("a request that is not JSON");
    }
    CohereRequest cohere = new CohereRequest(request.conversation(), chat);
    sent.changes().dropped().forEach(cohere.changes::dropped);
    sent.changes().adjusted().forEach(cohere.changes::adjusted);
    cohere.write();
    byte[] body = cohere.out.toString().getBytes(UTF_8);
    return new Written.Request(Outgoing.post(sent.outgoing().path(), body), cohere.changes.build());
  }

  private void write() {
    addRaw("model", JsonFields.value(chat, "model"));
    add("stream", JsonFields.isTrue(chat, "stream") ? "true" : "false");
    add("messages", messages());
    writeTools();
    SAME.forEach(name -> addRaw(name, JsonFields.value(chat, name)));
    addRaw("max_tokens", JsonFields.value(chat, "max_completion_tokens"));
    addRaw("stop_sequences", JsonFields.value(chat, "stop"));
    writeSampling();
    writeThinking();
    writeShape();
    add("citation_options", "{\"mode\":\"OFF\"}");
    conversation.messages().stream()
        .map(Message::speaker)
        .forEach(speaker -> {
          if (speaker != null) {
            changes.dropped(speaker.path());
          }
        });
  }

  private void add(String name, String json) {
    out.add(JsonText.quote(name) + ":" + json);
  }

  private void addRaw(String name, @Nullable JsonValue value) {
    if (value != null) {
      add(name, value.raw());
    }
  }

  private String messages() {
    return JsonFields.array(chat, "messages").stream()
        .map(CohereRequest::message)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** What the model said beside calls is its plan. */
  private static String message(JsonValue message) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    json.add("\"role\":" + JsonText.quote(role(message)));
    JsonValue content = JsonFields.value(message, "content");
    JsonValue calls = JsonFields.value(message, "tool_calls");
    JsonValue id = JsonFields.value(message, "tool_call_id");
    if (id != null) {
      json.add("\"tool_call_id\":" + id.raw());
    }
    if (calls != null) {
      json.add("\"tool_calls\":" + calls.raw());
      String plan = text(content);
      if (!plan.isEmpty()) {
        json.add("\"tool_plan\":" + JsonText.quote(plan));
      }
    } else if (content != null && !content.isNull()) {
      json.add("\"content\":" + content.raw());
    } else {
      json.add("\"content\":" + JsonText.quote(refusal(message)));
    }
    return json.toString();
  }

  private static String role(JsonValue message) {
    String role = JsonFields.text(message, "role");
    return role == null || role.equals("developer") ? "system" : role;
  }

  private static String refusal(JsonValue message) {
    String refusal = JsonFields.text(message, "refusal");
    return refusal == null ? "" : refusal;
  }

  private static String text(@Nullable JsonValue content) {
    if (content == null || content.kind() != JsonValue.Kind.ARRAY) {
      return content != null && content.kind() == JsonValue.Kind.STRING ? content.text() : "";
    }
    return content.elements().stream()
        .map(part -> JsonFields.text(part, "text"))
        .filter(text -> text != null)
        .collect(Collectors.joining("\n"));
  }

  /** Cohere cannot be told which tool to call, so that only this one is offered. */
  private void writeTools() {
    List<JsonValue> tools = JsonFields.array(chat, "tools");
    if (tools.isEmpty()) {
      return;
    }
    String only = JsonFields.text(function(JsonFields.object(chat, "tool_choice")), "name");
    StringJoiner written = new StringJoiner(",", "[", "]");
    for (JsonValue tool : tools) {
      JsonValue function = function(tool);
      if (only == null || only.equals(JsonFields.text(function, "name"))) {
        written.add(tool(function));
      }
    }
    add("tools", written.toString());
    dropStrict();
    String mode = only == null ? JsonFields.text(chat, "tool_choice") : "required";
    if (mode != null && !mode.equals("auto")) {
      add("tool_choice", mode.equals("none") ? "\"NONE\"" : "\"REQUIRED\"");
    }
    if (conversation.toolChoice().oneAtATime()) {
      changes.dropped(conversation.toolChoice().path());
    }
  }

  private static @Nullable JsonValue function(@Nullable JsonValue tool) {
    return JsonFields.object(tool, "function");
  }

  private static String tool(@Nullable JsonValue function) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    for (String name : List.of("name", "description", "parameters")) {
      JsonValue value = JsonFields.value(function, name);
      if (value != null) {
        json.add(JsonText.quote(name) + ":" + value.raw());
      }
    }
    return "{\"type\":\"function\",\"function\":" + json + "}";
  }

  /** Cohere has one flag for all tools, under which schemas have further limits. */
  private void dropStrict() {
    for (Tool tool : conversation.tools()) {
      Field<Boolean> strict = tool instanceof Tool.Function function ? function.strict() : null;
      if (strict != null && strict.value()) {
        changes.dropped(strict.path());
      }
    }
  }

  private void writeSampling() {
    within("p", JsonFields.number(chat, "top_p"), MIN_P, MAX_P);
    within("k", JsonFields.number(chat, "top_k"), 0, MAX_K);
  }

  private void within(String name, @Nullable JsonValue number, double least, double most) {
    if (number == null) {
      return;
    }
    double value = number.number();
    if (value >= least && value <= most) {
      add(name, number.raw());
      return;
    }
    double nearest = value < least ? least : most;
    add(name, nearest == MAX_K || nearest == 0 ? String.valueOf((int) nearest) : "" + nearest);
    Field<JsonValue> asked =
        name.equals("p")
            ? conversation.options().sampling().topP()
            : conversation.options().sampling().topK();
    if (asked != null) {
      changes.adjusted(asked.path());
    }
  }

  private void writeThinking() {
    String effort = JsonFields.text(chat, "reasoning_effort");
    if (effort != null) {
      add("thinking", "{\"type\":\"" + (effort.equals("none") ? "disabled" : "enabled") + "\"}");
    }
  }

  private void writeShape() {
    JsonValue format = JsonFields.object(chat, "response_format");
    if (format == null) {
      return;
    }
    JsonValue schema = JsonFields.object(JsonFields.object(format, "json_schema"), "schema");
    String more = schema == null ? "" : ",\"json_schema\":" + schema.raw();
    add("response_format", "{\"type\":\"json_object\"" + more + "}");
  }
}
