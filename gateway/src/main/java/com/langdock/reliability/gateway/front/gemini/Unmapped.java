package com.langdock.reliability.gateway.front.gemini;

import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import com.langdock.reliability.json.JsonValue.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a request without a neutral type. */
final class Unmapped {
  /** Fields that are read elsewhere, or that the gateway handles itself. */
  private static final Set<String> READ =
      Set.of(
          "model",
          "contents",
          "systemInstruction",
          "tools",
          "toolConfig",
          "generationConfig",
          "preferred_provider",
          "client_id");

  /** Fields that name a state of the provider. */
  private static final Set<String> REQUIRED = Set.of("cachedContent");

  private static final Set<String> READ_OF_CONFIG =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "maxOutputTokens",
          "stopSequences",
          "candidateCount",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "_responseJsonSchema",
          "thinkingConfig");

  /** Settings that ask for another answer than text. */
  private static final Set<String> REQUIRED_OF_CONFIG =
      Set.of(
          "responseModalities",
          "speechConfig",
          "imageConfig",
          "responseLogprobs",
          "responseFormat");

  private final List<UnmappedField> fields = new ArrayList<>();

  /** Adds the fields of the request {@code root}. */
  void addFields(JsonValue root) {
    add(root, "", READ, REQUIRED);
    JsonValue config = ProtoFields.object(root, "generationConfig");
    add(
        config,
        ProtoFields.nameIn(root, "generationConfig") + ".",
        READ_OF_CONFIG,
        REQUIRED_OF_CONFIG);
    JsonValue choice = ProtoFields.object(root, "toolConfig");
    add(
        choice,
        ProtoFields.nameIn(root, "toolConfig") + ".",
        Set.of("functionCallingConfig"),
        Set.of());
  }

  private void add(
      @Nullable JsonValue holder, String prefix, Set<String> read, Set<String> required) {
    if (holder == null) {
      return;
    }
    for (Member member : holder.members()) {
      String name = ProtoFields.camelCase(member.name());
      boolean isRead = read.contains(name) || read.contains(member.name());
      if (!isRead && !hasNoEffect(name, member.value())) {
        fields.add(new UnmappedField(prefix + member.name(), required.contains(name)));
      }
    }
  }

  private static boolean hasNoEffect(String name, JsonValue value) {
    return switch (value.kind()) {
      case NULL -> true;
      case BOOLEAN -> !value.isTrue();
      case ARRAY ->
          value.isEmpty()
              || (name.equals("responseModalities")
                  && value.size() == 1
                  && value.elements().getFirst().text().equalsIgnoreCase("TEXT"));
      case OBJECT -> value.isEmpty();
      case STRING, NUMBER -> value.kind() == Kind.STRING && value.isEmptyString();
    };
  }

  /** Adds those of the fields {@code names} that {@code object} has, as hints. */
  void dropped(JsonValue object, String path, String... names) {
    for (String name : names) {
      if (ProtoFields.value(object, name) != null) {
        fields.add(new UnmappedField(path + "." + ProtoFields.nameIn(object, name), false));
      }
    }
  }

  List<UnmappedField> fields() {
    return List.copyOf(fields);
  }
}
