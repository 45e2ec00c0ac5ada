package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.openai.Shortened;
import com.langdock.reliability.json.JsonWriter;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation as the body of a request for a response. The same conversation gives the
 * same bytes, so that the provider's prompt cache stays valid. Nothing is stored at the provider:
 * the thinking comes back with the next request in its encrypted form.
 *
 * <p>A request for a result that the format cannot give is rejected with the field's name ({@link
 * UnsupportedFields}). Hints without a counterpart are dropped and reported.
 */
final class ResponseRequest {
  private static final int MAX_USER = 64;

  private final Conversation conversation;
  private final TargetRequest request;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();
  private final InputItems items;
  private final RequestTools tools;

  private ResponseRequest(Conversation conversation, TargetRequest request) {
    this.conversation = conversation;
    this.request = request;
    items = InputItems.of(conversation, changes);
    tools = RequestTools.of(conversation, changes);
    conversation.unmapped().stream().map(UnmappedField::path).forEach(changes::dropped);
    if (hasCacheMarks(conversation)) {
      changes.dropped("cache_control");
    }
  }

  /** Whether the client marks what to cache; OpenAI caches prefixes by itself. */
  private static boolean hasCacheMarks(Conversation conversation) {
    return conversation.messages().stream()
            .anyMatch(message ->
                message.cacheMark() != null
                    || message.blocks().stream().anyMatch(block -> block.cacheMark() != null))
        || conversation.tools().stream()
            .anyMatch(
                tool -> tool instanceof Tool.Function function && function.cacheMark() != null);
  }

  /** Writes the request, or returns the field that cannot be translated. */
  static Written write(TargetRequest request) {
    Conversation conversation = request.conversation();
    Failure.Untranslatable unsupported =
        UnsupportedFields.in(conversation, request.target().facts().traits());
    if (unsupported != null) {
      return new Written.Untranslatable(unsupported);
    }
    ResponseRequest response = new ResponseRequest(conversation, request);
    byte[] body = JsonWriter.object(response::write);
    return new Written.Request(Outgoing.post(ResponsesFormat.PATH, body), response.changes.build());
  }

  private void write(JsonGenerator out) {
    out.writeStringProperty("model", request.target().upstreamName());
    items.write(out);
    tools.write(out);
    new RequestOptions(conversation, request, changes).write(out);
    String user = conversation.endUser();
    if (user != null && !user.isEmpty()) {
      out.writeStringProperty("safety_identifier", Shortened.to(MAX_USER, user));
    }
    out.writeBooleanProperty("store", false);
    if (request.exchange().stream()) {
      out.writeBooleanProperty("stream", true);
    }
  }
}
