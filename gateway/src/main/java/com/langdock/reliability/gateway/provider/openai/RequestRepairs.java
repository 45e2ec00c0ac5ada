package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs a finished request for a provider that deviates from the format: what it calls otherwise
 * is renamed, hints that it rejects are dropped and reported. A request for a result that it cannot
 * give is rejected with the field's name. All other bytes stay unchanged.
 */
final class RequestRepairs {
  private static final String TOOL_CHOICE = "tool_choice";

  private final Set<Deviation> deviations;
  private final JsonValue root;
  private final JsonSplice splice;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();

  private RequestRepairs(Set<Deviation> deviations, JsonValue root) {
    this.deviations = deviations;
    this.root = root;
    this.splice = new JsonSplice(root);
  }

  /** The request as a provider with {@code deviations} accepts it, or why it cannot be sent. */
  static Written of(Written.Request written, Set<Deviation> deviations) {
    Outgoing outgoing = written.outgoing();
    JsonValue root = JsonBody.json(outgoing.content().array(), outgoing.content().length());
    if (root == null) {
      return written;
    }
    RequestRepairs repairs = new RequestRepairs(deviations, root);
    Failure.Untranslatable unsupported = repairs.unsupported();
    if (unsupported == null) {
      return repairs.repaired(written);
    }
    outgoing.content().release();
    return new Written.Untranslatable(unsupported);
  }

  private Written.Request repaired(Written.Request written) {
    written.changes().dropped().forEach(changes::dropped);
    written.changes().adjusted().forEach(changes::adjusted);
    deviations.forEach(deviation -> deviation.fields().forEach(this::drop));
    if (deviations.contains(Deviation.MAX_COMPLETION_TOKENS)) {
      rename("max_completion_tokens", "max_tokens");
    }
    if (deviations.contains(Deviation.RANDOM_SEED)) {
      rename("seed", "random_seed");
    }
    if (deviations.contains(Deviation.STRICT_TOOLS)) {
      dropStrict();
    }
    new MessageRepairs(deviations, splice, changes).repair(JsonFields.array(root, "messages"));
    return new Written.Request(written.outgoing().edited(splice), changes.build());
  }

  private Failure.@Nullable Untranslatable unsupported() {
    if (lacks(Deviation.N) && JsonFields.count(root, "n") > 1) {
      return unsupported("n", "one choice only");
    }
    if (lacks(Deviation.LOGPROBS) && JsonFields.isTrue(root, "logprobs")) {
      return unsupported("logprobs", "no log probabilities");
    }
    if (lacks(Deviation.AUDIO) && JsonFields.texts(root, "modalities").contains("audio")) {
      return unsupported("modalities", "no answers in audio");
    }
    if (lacks(Deviation.WEB_SEARCH) && JsonFields.value(root, "web_search_options") != null) {
      return unsupported("web_search_options", "no web search");
    }
    JsonValue format = JsonFields.object(root, "response_format");
    if (lacks(Deviation.JSON_SCHEMA) && JsonFields.isText(format, "type", "json_schema")) {
      return unsupported("response_format", "no schema of an answer");
    }
    if (lacks(Deviation.TOOLS) && !JsonFields.array(root, "tools").isEmpty()) {
      return unsupported("tools", "no tools");
    }
    return lacks(Deviation.FORCED_TOOL) && isToolForced()
        ? unsupported(TOOL_CHOICE, "no such choice")
        : null;
  }

  private boolean lacks(Deviation deviation) {
    return deviations.contains(deviation);
  }

  private boolean isToolForced() {
    return JsonFields.object(root, TOOL_CHOICE) != null
        || JsonFields.isText(root, TOOL_CHOICE, "required");
  }

  private static Failure.Untranslatable unsupported(String field, String what) {
    return new Failure.Untranslatable(
        field, "'" + field + "' cannot be passed on: the provider's API has " + what + ".");
  }

  private void drop(String field) {
    JsonValue value = root.field(field);
    if (value != null) {
      splice.remove(root, field);
      if (!isDefault(field, value)) {
        changes.dropped(field);
      }
    }
  }

  /** Whether the field says what is so without it. */
  private static boolean isDefault(String field, JsonValue value) {
    return switch (value.kind()) {
      case NULL -> true;
      case NUMBER -> value.number() == (field.equals("n") ? 1 : 0);
      case BOOLEAN -> value.isTrue() == field.equals("parallel_tool_calls");
      case STRING, ARRAY, OBJECT -> false;
    };
  }

  /** Sends the value of {@code name} as {@code other}, unless the client sent that too. */
  private void rename(String name, String other) {
    JsonValue value = root.field(name);
    if (value == null) {
      return;
    }
    splice.remove(root, name);
    if (root.field(other) == null) {
      splice.append(root, other, value.raw());
    }
  }

  private void dropStrict() {
    List<JsonValue> tools = JsonFields.array(root, "tools");
    for (int i = 0; i < tools.size(); i++) {
      JsonValue function = JsonFields.object(tools.get(i), "function");
      if (function != null && function.field("strict") != null) {
        splice.remove(function, "strict");
        if (JsonFields.isTrue(function, "strict")) {
          changes.dropped("tools[" + i + "].function.strict");
        }
      }
    }
  }
}
