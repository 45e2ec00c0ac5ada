package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one turn. A client that saw a stream sends its thoughts back in as many parts,
 * of which the last has the signature: they are one block again.
 */
final class PartReader {
  /** What clients call the only field of a result that is one text. */
  private static final Set<String> RESULTS = Set.of("output", "result", "response");

  /** Fields that describe a part without being its content. */
  private static final Set<String> BESIDE =
      Set.of("thought", "thoughtSignature", "videoMetadata", "mediaResolution", "partMetadata");

  private final Calls calls;
  private final Unmapped unmapped;
  private final List<ContentBlock> blocks = new ArrayList<>();
  private final StringBuilder thoughts = new StringBuilder();
  private @Nullable String pathOfThoughts;

  PartReader(Calls calls, Unmapped unmapped) {
    this.calls = calls;
    this.unmapped = unmapped;
  }

  /** Reads a part. */
  void read(JsonValue part, String path) {
    unmapped.dropped(part, path, "videoMetadata", "mediaResolution");
    if (ProtoFields.isTrue(part, "thought")) {
      addThought(part, path);
      return;
    }
    endThoughts(null);
    String text = ProtoFields.text(part, "text");
    JsonValue call = ProtoFields.object(part, "functionCall");
    JsonValue result = ProtoFields.object(part, "functionResponse");
    ContentBlock media = MediaReader.media(part, path);
    if (call != null) {
      blocks.add(call(call, part));
    } else if (result != null) {
      blocks.add(result(result, path + "." + ProtoFields.nameIn(part, "functionResponse")));
    } else if (media != null) {
      blocks.add(media);
    } else if (text != null) {
      blocks.add(new ContentBlock.Text(text, null));
    } else {
      addOpaque(part, path);
    }
  }

  /** The blocks of all parts. */
  List<ContentBlock> blocks() {
    endThoughts(null);
    return List.copyOf(blocks);
  }

  private void addThought(JsonValue part, String path) {
    pathOfThoughts = pathOfThoughts == null ? path : pathOfThoughts;
    thoughts.append(ProtoFields.textOrEmpty(part, "text"));
    Signature signature = signature(part);
    if (signature != null) {
      endThoughts(signature);
    }
  }

  private void endThoughts(@Nullable Signature signature) {
    if (pathOfThoughts != null) {
      blocks.add(new ContentBlock.Thinking(thoughts.toString(), signature, pathOfThoughts));
      thoughts.setLength(0);
      pathOfThoughts = null;
    }
  }

  private ContentBlock call(JsonValue call, JsonValue part) {
    String name = ProtoFields.textOrEmpty(call, "name");
    JsonValue arguments = ProtoFields.object(call, "args");
    return new ContentBlock.ToolCall(
        calls.made(ProtoFields.textOrEmpty(call, "id"), name),
        name,
        arguments == null ? "{}" : arguments.raw(),
        signature(part),
        null);
  }

  private static @Nullable Signature signature(JsonValue part) {
    String sent = ProtoFields.textOrEmpty(part, "thoughtSignature");
    return sent.isEmpty() ? null : SignatureEnvelope.unwrapBase64(sent, WireFormat.GEMINI);
  }

  /** A result of one text is that text; any other is JSON. */
  private ContentBlock result(JsonValue result, String path) {
    JsonValue response = ProtoFields.object(result, "response");
    List<Member> fields = response == null ? List.of() : response.members();
    Member only = fields.size() == 1 ? fields.getFirst() : null;
    boolean failed = only != null && only.name().equals("error");
    List<ContentBlock> content = new ArrayList<>();
    if (only != null && (failed || RESULTS.contains(only.name()))) {
      JsonValue value = only.value();
      content.add(text(value.kind() == JsonValue.Kind.STRING ? value.text() : value.raw()));
    } else if (response != null && !fields.isEmpty()) {
      content.add(text(response.raw()));
    }
    List<JsonValue> parts = ProtoFields.array(result, "parts");
    for (int i = 0; i < parts.size(); i++) {
      ContentBlock media = MediaReader.media(parts.get(i), path + ".parts[" + i + "]");
      if (media != null) {
        content.add(media);
      }
    }
    unmapped.dropped(result, path, "willContinue", "scheduling");
    String id =
        calls.answered(
            ProtoFields.textOrEmpty(result, "id"), ProtoFields.textOrEmpty(result, "name"));
    return new ContentBlock.ToolResult(id, List.copyOf(content), failed, null);
  }

  private static ContentBlock text(String text) {
    return new ContentBlock.Text(text, null);
  }

  /** A part of a type that only this format has; one that is but a signature says nothing. */
  private void addOpaque(JsonValue part, String path) {
    for (Member member : part.members()) {
      String name = ProtoFields.camelCase(member.name());
      if (!BESIDE.contains(name) && !member.value().isNull()) {
        blocks.add(
            new ContentBlock.Opaque(WireFormat.GEMINI, part.raw(), path + "." + member.name()));
        return;
      }
    }
  }
}
