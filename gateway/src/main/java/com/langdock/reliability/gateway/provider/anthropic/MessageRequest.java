package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.claude.Sampling;
import com.langdock.reliability.gateway.provider.claude.Thinking;
import com.langdock.reliability.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation as the body of a Messages request, for the model's own generation ({@link
 * ModelTraits}).
 *
 * <p>A request for a result that Anthropic cannot give is rejected with the field's name ({@link
 * UnsupportedFields}). Hints without a counterpart are dropped and reported ({@link
 * DroppedFields}).
 */
public final class MessageRequest {
  private static final long DEFAULT_MAX_TOKENS = 4_096;

  private final Conversation conversation;
  private final TargetRequest request;
  private final MessagesHost host;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();
  private final MessageTurns turns;
  private final AnswerFormat format;
  private final Tools tools;
  private final long maxTokens;
  private final Thinking thinking;
  private final Sampling sampling;

  private MessageRequest(Conversation conversation, TargetRequest request, MessagesHost host) {
    TargetModel target = request.target();
    ModelTraits traits = target.facts().traits();
    this.conversation = conversation;
    this.request = request;
    this.host = host;
    format = AnswerFormat.of(conversation, traits);
    turns = MessageTurns.of(conversation.messages(), traits.prefill() && format.allowsPrefill());
    tools = Tools.of(conversation, traits, format, changes);
    AnswerOptions options = conversation.options();
    maxTokens = maxTokens(options.limit(), target.facts());
    thinking =
        Thinking.of(
            options.effort(),
            traits,
            maxTokens,
            new Thinking.Situation(
                tools.isCallForced(), turns.endsInPrefill(), turns.lacksThinkingBeforeResults()),
            changes);
    sampling = Sampling.of(options.sampling(), traits, thinking.isOn(), changes);
    DroppedFields.report(conversation, changes);
    if (turns.limitMarks(tools.marks())) {
      changes.dropped("cache_control");
    }
  }

  /** Writes the request, or returns the field that cannot be translated. */
  public static Written write(TargetRequest request) {
    return write(request, MessagesHost.ANTHROPIC);
  }

  /** Writes the request as {@code host} takes it. */
  static Written write(TargetRequest request, MessagesHost host) {
    Conversation conversation = request.conversation();
    Failure.Untranslatable unsupported = UnsupportedFields.in(conversation);
    if (unsupported != null) {
      return new Written.Untranslatable(unsupported);
    }
    MessageRequest message = new MessageRequest(conversation, request, host);
    byte[] body = JsonWriter.object(message::write);
    return new Written.Request(
        new Outgoing("POST", host.path(request), host.headers(Map.of()), body),
        message.changes.build());
  }

  /** The name of the answer tool, whose input is the answer's content; null if there is none. */
  public static @Nullable String answerTool(TargetRequest request) {
    AnswerFormat format =
        AnswerFormat.of(
            request.exchange().payload().conversation(), request.target().facts().traits());
    return format.way() == AnswerFormat.Way.TOOL ? format.toolName() : null;
  }

  private void write(JsonGenerator out) {
    if (host.version() != null) {
      out.writeStringProperty("anthropic_version", host.version());
    }
    if (host.isModelInBody(request)) {
      out.writeStringProperty("model", request.target().upstreamName());
    }
    out.writeNumberProperty("max_tokens", maxTokens);
    if (request.exchange().stream() && host.isStreamInBody()) {
      out.writeBooleanProperty("stream", true);
    }
    List<Block> system = new ArrayList<>(turns.system());
    Parts.addText(system, format.instruction(changes), null);
    Parts.addText(system, tools.instruction(), null);
    if (!system.isEmpty()) {
      Block.writeAll(out, "system", system);
    }
    out.writeName("messages");
    out.writeStartArray();
    turns.turns().forEach(turn -> turn.write(out));
    out.writeEndArray();
    tools.write(out);
    sampling.write(out);
    thinking.write(out);
    writeOutputConfig(out);
    writeUser(out);
  }

  /**
   * The client's limit, capped to the model's limit, because Anthropic rejects a higher one. A
   * limit that is only inherited from the model's family does not lower the client's.
   */
  private long maxTokens(@Nullable Field<Long> limit, ModelFacts facts) {
    long most = facts.maxOutputTokens().orElse(DEFAULT_MAX_TOKENS);
    if (limit == null) {
      return most;
    }
    boolean isCertain = facts.maxOutputTokens().isPresent() && !facts.limitsInherited();
    if (isCertain && limit.value() > most) {
      changes.adjusted(limit.path());
      return most;
    }
    return limit.value();
  }

  private void writeOutputConfig(JsonGenerator out) {
    if (format.way() != AnswerFormat.Way.SCHEMA && thinking.effort() == null) {
      return;
    }
    out.writeName("output_config");
    out.writeStartObject();
    if (thinking.effort() != null) {
      out.writeStringProperty("effort", thinking.effort());
    }
    format.writeFormat(out, changes);
    out.writeEndObject();
  }

  private void writeUser(JsonGenerator out) {
    String user = conversation.endUser();
    if (user != null && !user.isEmpty()) {
      out.writeName("metadata");
      out.writeStartObject();
      out.writeStringProperty("user_id", user);
      out.writeEndObject();
    }
  }
}
