package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.gateway.provider.openai.EffortLevels;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The options of an answer: limit, sampling, thinking and the shape of the text.
 *
 * <p>OpenAI's reasoning models reject sampling parameters. A temperature or {@code top_p} of 1 is
 * the default, so its omission is not reported. The thinking of a model that thinks comes with a
 * summary, and encrypted, so that it can be sent back.
 */
final class RequestOptions {
  /** The smallest limit of an answer's tokens that OpenAI accepts. */
  static final long MIN_LIMIT = 16;

  /** The name of a schema is required and limited, unlike in other formats. */
  private static final String SCHEMA_NAME = "output";

  private static final int MAX_SCHEMA_NAME = 64;

  private final Conversation conversation;
  private final TargetRequest request;
  private final ModelFacts facts;
  private final RequestChanges.Builder changes;

  RequestOptions(Conversation conversation, TargetRequest request, RequestChanges.Builder changes) {
    this.conversation = conversation;
    this.request = request;
    this.facts = request.target().facts();
    this.changes = changes;
  }

  void write(JsonGenerator out) {
    AnswerOptions options = conversation.options();
    AnswerOptions.Sampling sampling = options.sampling();
    boolean acceptsSampling = facts.traits().sampling() != ModelTraits.Sampling.NONE;
    writeLimit(out, options.limit());
    writeNumber(out, "temperature", sampling.temperature(), acceptsSampling);
    writeNumber(out, "top_p", sampling.topP(), acceptsSampling);
    if (sampling.topK() != null) {
      changes.dropped(sampling.topK().path());
    }
    Field<List<String>> stop = sampling.stop();
    if (stop != null && !stop.value().isEmpty()) {
      changes.dropped(stop.path());
    }
    writeThinking(out, options.effort());
    writeShape(out);
  }

  /**
   * The client's limit, not below the least, nor above that of the model unless it is inherited.
   */
  private void writeLimit(JsonGenerator out, @Nullable Field<Long> limit) {
    if (limit == null) {
      return;
    }
    long most =
        facts.limitsInherited() ? Long.MAX_VALUE : facts.maxOutputTokens().orElse(Long.MAX_VALUE);
    long sent = Math.max(MIN_LIMIT, Math.min(limit.value(), most));
    if (sent != limit.value() && request.continued() == null) {
      changes.adjusted(limit.path());
    }
    out.writeNumberProperty("max_output_tokens", sent);
  }

  private void writeNumber(
      JsonGenerator out, String name, @Nullable Field<JsonValue> number, boolean isAccepted) {
    if (number == null) {
      return;
    }
    if (isAccepted) {
      out.writeName(name);
      out.writeRawValue(number.value().raw());
    } else if (number.value().number() != 1) {
      changes.dropped(number.path());
    }
  }

  private void writeThinking(JsonGenerator out, @Nullable Field<String> effort) {
    if (!facts.reasoning()) {
      if (effort != null && !effort.value().equals("none")) {
        changes.dropped(effort.path());
      }
      return;
    }
    String level = effort == null ? null : EffortLevels.nearest(effort.value(), request.target());
    if (effort != null && !effort.value().equals(level)) {
      changes.adjusted(effort.path());
    }
    boolean summarizes = !request.omittedFields().contains(ResponsesFormat.SUMMARY);
    if (level != null || summarizes) {
      out.writeName("reasoning");
      out.writeStartObject();
      if (level != null) {
        out.writeStringProperty("effort", level);
      }
      if (summarizes && !"none".equals(level)) {
        out.writeStringProperty("summary", "auto");
      }
      out.writeEndObject();
    }
    out.writeName("include");
    out.writeRawValue("[\"reasoning.encrypted_content\"]");
  }

  private void writeShape(JsonGenerator out) {
    switch (conversation.shape()) {
      case AnswerShape.Text text -> {}
      case AnswerShape.Unknown unknown -> {}
      case AnswerShape.AnyJson json -> {
        out.writeName("text");
        out.writeRawValue("{\"format\":{\"type\":\"json_object\"}}");
      }
      case AnswerShape.JsonSchema schema -> writeSchema(out, schema);
    }
  }

  private static void writeSchema(JsonGenerator out, AnswerShape.JsonSchema schema) {
    String description = schema.description();
    out.writeName("text");
    out.writeStartObject();
    out.writeName("format");
    out.writeStartObject();
    out.writeStringProperty("type", "json_schema");
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
}
