package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.claude.Thinking;
import com.langdock.reliability.json.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation as a Converse request, for the model's own generation ({@link
 * ModelTraits}).
 *
 * <p>A request for a result that Bedrock cannot give is rejected with the field's name ({@link
 * UnsupportedFields}). Hints without a counterpart are dropped and reported ({@link
 * DroppedFields}).
 */
final class ConverseRequest {
  private static final String WHOLE = "/converse";
  private static final String STREAM = "/converse-stream";

  private final RequestChanges.Builder changes = new RequestChanges.Builder();
  private final ConverseTurns turns;
  private final AnswerFormat format;
  private final Tools tools;
  private final Options options;

  private ConverseRequest(Conversation conversation, TargetModel target) {
    ModelTraits traits = target.facts().traits();
    boolean isClaude = Claude.is(target);
    format = AnswerFormat.of(conversation, traits, changes);
    boolean prefill = isClaude && traits.prefill() && format.allowsPrefill();
    turns = ConverseTurns.of(conversation.messages(), isClaude, prefill);
    tools = Tools.of(conversation, traits, isClaude, turns.hasTools(), changes);
    Thinking.Situation situation =
        new Thinking.Situation(
            tools.isCallForced(), turns.endsInPrefill(), turns.lacksThinkingBeforeResults());
    options =
        isClaude
            ? Options.ofClaude(conversation.options(), target.facts(), situation, changes)
            : Options.of(conversation.options(), target.facts(), changes);
    DroppedFields.report(conversation, isClaude, changes);
    if (turns.limitCachePoints(tools.cachePoints())) {
      changes.dropped("cache_control");
    }
  }

  /** Writes the request, or returns the field that cannot be translated. */
  static Written write(TargetRequest request) {
    Conversation conversation = request.conversation();
    Failure.Untranslatable unsupported = UnsupportedFields.in(conversation);
    if (unsupported != null) {
      return new Written.Untranslatable(unsupported);
    }
    ConverseRequest converse = new ConverseRequest(conversation, request.target());
    byte[] body = JsonWriter.object(converse::write);
    String path = path(request.target().upstreamName(), request.exchange().stream());
    return new Written.Request(Outgoing.post(path, body), converse.changes.build());
  }

  /** A model's id, or the ARN of a profile, is one segment of the path. */
  private static String path(String model, boolean isStream) {
    String segment =
        URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "/model/" + segment + (isStream ? STREAM : WHOLE);
  }

  private void write(JsonGenerator out) {
    List<Block> system = new ArrayList<>(turns.system());
    add(system, format.instruction());
    add(system, tools.instruction());
    if (!system.isEmpty()) {
      Block.writeAll(out, "system", system);
    }
    out.writeName("messages");
    out.writeStartArray();
    turns.turns().forEach(turn -> turn.write(out));
    out.writeEndArray();
    tools.write(out);
    options.write(out);
    if (format.schema() != null || options.effort() != null) {
      out.writeName("outputConfig");
      out.writeStartObject();
      format.write(out);
      if (options.effort() != null) {
        out.writeStringProperty("effort", options.effort());
      }
      out.writeEndObject();
    }
  }

  private static void add(List<Block> system, @Nullable String instruction) {
    if (instruction != null) {
      system.add(new Block.Text(instruction));
    }
  }
}
