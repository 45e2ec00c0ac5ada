package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A message of a request.
 *
 * @param speaker the name of the participant; null if the client sent none
 * @param content a single plain text is written as a string
 * @param answer what only the model's own messages have; null in others
 * @param callId the id of the call whose result this is; null if it is none
 */
record ChatMessage(
    String role,
    @Nullable Field<String> speaker,
    List<ChatPart> content,
    @Nullable Answer answer,
    @Nullable String callId) {
  /**
   * The parts of an earlier answer that are not content.
   *
   * @param reasoning null to send none
   * @param refusal null if the model did not refuse
   */
  record Answer(@Nullable String reasoning, @Nullable String refusal, List<Call> calls) {
    boolean isEmpty() {
      return reasoning == null && refusal == null && calls.isEmpty();
    }
  }

  /**
   * A tool call.
   *
   * @param arguments a JSON object
   * @param signature Google's signature; null if none
   */
  record Call(String id, String name, String arguments, @Nullable String signature) {
    private void write(JsonGenerator out) {
      out.writeStartObject();
      out.writeStringProperty("id", id);
      out.writeStringProperty("type", "function");
      out.writeName("function");
      out.writeStartObject();
      out.writeStringProperty("name", name);
      out.writeStringProperty("arguments", arguments);
      out.writeEndObject();
      if (signature != null) {
        out.writeName("extra_content");
        out.writeStartObject();
        out.writeName("google");
        out.writeStartObject();
        out.writeStringProperty("thought_signature", signature);
        out.writeEndObject();
        out.writeEndObject();
      }
      out.writeEndObject();
    }
  }

  static ChatMessage of(String role, @Nullable Field<String> speaker, List<ChatPart> content) {
    return new ChatMessage(role, speaker, content, null, null);
  }

  static ChatMessage result(String callId, List<ChatPart> content) {
    return new ChatMessage("tool", null, content, null, callId);
  }

  void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("role", role);
    if (speaker != null) {
      out.writeStringProperty("name", speaker.value());
    }
    if (callId != null) {
      out.writeStringProperty("tool_call_id", callId);
    }
    writeContent(out);
    if (answer != null) {
      writeAnswer(out, answer);
    }
    out.writeEndObject();
  }

  private void writeContent(JsonGenerator out) {
    out.writeName("content");
    if (content.isEmpty() && callId == null) {
      out.writeNull();
    } else if (content.isEmpty()) {
      out.writeString("");
    } else if (content.size() == 1 && content.getFirst().isPlainText()) {
      out.writeRawValue(content.getFirst().json());
    } else {
      out.writeStartArray();
      content.forEach(part -> part.write(out));
      out.writeEndArray();
    }
  }

  private static void writeAnswer(JsonGenerator out, Answer answer) {
    if (answer.reasoning() != null) {
      out.writeStringProperty("reasoning_content", answer.reasoning());
    }
    if (answer.refusal() != null) {
      out.writeStringProperty("refusal", answer.refusal());
    }
    if (!answer.calls().isEmpty()) {
      out.writeName("tool_calls");
      out.writeStartArray();
      answer.calls().forEach(call -> call.write(out));
      out.writeEndArray();
    }
  }
}
