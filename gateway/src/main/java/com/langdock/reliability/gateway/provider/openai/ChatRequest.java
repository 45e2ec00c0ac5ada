package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.json.JsonWriter;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation as the body of a chat completion request. The same conversation gives the
 * same bytes, so that the provider's prompt cache stays valid.
 *
 * <p>A request for a result that the format cannot give is rejected with the field's name ({@link
 * UnsupportedInChat}). Hints without a counterpart are dropped and reported.
 */
final class ChatRequest {
  /** The name of a schema is required and limited, unlike in other formats. */
  private static final String SCHEMA_NAME = "output";

  private static final int MAX_SCHEMA_NAME = 64;
  private static final int MAX_USER = 64;

  private final Conversation conversation;
  private final TargetRequest request;
  private final Set<Feature> features;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();
  private final List<ChatMessage> messages;
  private final ChatTools tools;

  private ChatRequest(Conversation conversation, TargetRequest request, Set<Feature> features) {
    this.conversation = conversation;
    this.request = request;
    this.features = features;
    messages = ChatTurns.of(conversation, features, changes);
    tools = ChatTools.of(conversation, features, changes);
    conversation.unmapped().stream().map(UnmappedField::path).forEach(changes::dropped);
  }

  /**
   * Writes the request, or returns the field that cannot be translated.
   *
   * @param path of the provider's endpoint
   * @param features what the provider accepts
   */
  static Written write(TargetRequest request, String path, Set<Feature> features) {
    Conversation conversation = request.conversation();
    Failure.Untranslatable unsupported = UnsupportedInChat.in(conversation, features);
    if (unsupported != null) {
      return new Written.Untranslatable(unsupported);
    }
    ChatRequest chat = new ChatRequest(conversation, request, features);
    byte[] body = JsonWriter.object(chat::write);
    return new Written.Request(Outgoing.post(path, body), chat.changes.build());
  }

  private void write(JsonGenerator out) {
    out.writeStringProperty("model", request.target().upstreamName());
    out.writeName("messages");
    out.writeStartArray();
    messages.forEach(message -> message.write(out));
    out.writeEndArray();
    tools.write(out);
    new ChatOptions(conversation.options(), request.target(), features, changes).write(out);
    writeShape(out);
    writeUser(out);
    if (request.exchange().stream()) {
      writeStream(out);
    }
  }

  private void writeShape(JsonGenerator out) {
    switch (conversation.shape()) {
      case AnswerShape.Text text -> {}
      case AnswerShape.Unknown unknown -> {}
      case AnswerShape.AnyJson json -> {
        out.writeName("response_format");
        out.writeStartObject();
        out.writeStringProperty("type", "json_object");
        out.writeEndObject();
      }
      case AnswerShape.JsonSchema schema -> writeSchema(out, schema);
    }
  }

  private static void writeSchema(JsonGenerator out, AnswerShape.JsonSchema schema) {
    String description = schema.description();
    out.writeName("response_format");
    out.writeStartObject();
    out.writeStringProperty("type", "json_schema");
    out.writeName("json_schema");
    out.writeStartObject();
    out.writeStringProperty("name", schemaName(schema.name()));
    if (description != null) {
      out.writeStringProperty("description", description);
    }
    out.writeName("schema");
    out.writeRawValue(schema.schema().value().raw());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static String schemaName(String name) {
    String plain = ToolIds.plain(name);
    return plain.isEmpty()
        ? SCHEMA_NAME
        : plain.substring(0, Math.min(plain.length(), MAX_SCHEMA_NAME));
  }

  private void writeUser(JsonGenerator out) {
    String user = conversation.endUser();
    if (user != null && !user.isEmpty() && features.contains(Feature.USER)) {
      out.writeStringProperty("user", Shortened.to(MAX_USER, user));
    }
  }

  private void writeStream(JsonGenerator out) {
    out.writeBooleanProperty("stream", true);
    if (features.contains(Feature.STREAM_OPTIONS)) {
      out.writeName("stream_options");
      out.writeStartObject();
      out.writeBooleanProperty("include_usage", true);
      out.writeEndObject();
    }
  }
}
