package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation as a generateContent request, for the model's own generation ({@link
 * ModelTraits}).
 *
 * <p>A request for a result that Gemini cannot give is rejected with the field's name ({@link
 * UnsupportedFields}). Hints without a counterpart are dropped and reported ({@link
 * DroppedFields}).
 */
final class GenerateRequest {
  private final RequestChanges.Builder changes = new RequestChanges.Builder();
  private final Contents contents;
  private final Tools tools;
  private final AnswerFormat format;
  private final GenerationConfig config;

  private GenerateRequest(TargetRequest request) {
    Conversation conversation = request.conversation();
    ModelTraits traits = request.target().facts().traits();
    contents = Contents.of(conversation.messages(), traits, request.withoutSignatures());
    tools = Tools.of(conversation, changes);
    format = AnswerFormat.of(conversation, traits, changes);
    config = GenerationConfig.of(conversation.options(), format, request.target().facts(), changes);
    DroppedFields.report(conversation, changes);
  }

  /** Writes the request, or returns the field that cannot be translated. */
  static Written write(TargetRequest request, GeminiHost host) {
    Failure.Untranslatable unsupported = UnsupportedFields.in(request.conversation());
    if (unsupported != null) {
      return new Written.Untranslatable(unsupported);
    }
    GenerateRequest generate = new GenerateRequest(request);
    byte[] body = JsonWriter.object(generate::write);
    String path = host.path(GeneratePath.of(request.target(), request.exchange().stream()));
    return new Written.Request(Outgoing.post(path, body), generate.changes.build());
  }

  private void write(JsonGenerator out) {
    writeSystem(out);
    out.writeName("contents");
    out.writeStartArray();
    contents.turns().forEach(turn -> turn.write(out));
    out.writeEndArray();
    tools.write(out);
    config.write(out);
  }

  private void writeSystem(JsonGenerator out) {
    List<Part> system = new ArrayList<>(contents.system());
    add(system, format.instruction());
    add(system, tools.instruction());
    if (!system.isEmpty()) {
      out.writeName("systemInstruction");
      out.writeStartObject();
      Part.writeAll(out, system);
      out.writeEndObject();
    }
  }

  private static void add(List<Part> system, @Nullable String instruction) {
    if (instruction != null) {
      system.add(new Part.Text(instruction));
    }
  }
}
