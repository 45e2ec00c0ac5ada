package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names in a provider's list of models, in any of the known shapes: {@code data} with {@code
 * id} (OpenAI, Anthropic), {@code models} with {@code name} after a path (Gemini), {@code
 * modelSummaries} with {@code modelId} (Bedrock), or the array alone (Together).
 */
public final class ListedModels {
  private static final List<String> LISTS =
      List.of("data", "models", "modelSummaries", "publisherModels");
  private static final List<String> NAMES = List.of("id", "modelId", "name");
  private static final Pattern GOOGLE = Pattern.compile("^(publishers/[^/]+/)?models/");

  private ListedModels() {}

  /** The names; empty if {@code body} is no list of models. */
  public static Optional<Set<String>> read(byte[] body) {
    @Nullable JsonValue list = list(JsonBody.json(body));
    if (list == null) {
      return Optional.empty();
    }
    Set<String> names = new LinkedHashSet<>();
    for (JsonValue model : list.elements()) {
      String name = model.kind() == Kind.OBJECT ? name(model) : null;
      if (name == null) {
        return Optional.empty();
      }
      names.add(GOOGLE.matcher(name).replaceFirst(""));
    }
    return Optional.of(names);
  }

  private static @Nullable JsonValue list(@Nullable JsonValue json) {
    if (json == null || json.kind() == Kind.ARRAY) {
      return json;
    }
    if (json.kind() != Kind.OBJECT) {
      return null;
    }
    for (String field : LISTS) {
      JsonValue list = json.field(field);
      if (list != null && list.kind() == Kind.ARRAY) {
        return list;
      }
    }
    return null;
  }

  private static @Nullable String name(JsonValue model) {
    for (String field : NAMES) {
      String name = JsonFields.text(model, field);
      if (name != null) {
        return name;
      }
    }
    return null;
  }
}
