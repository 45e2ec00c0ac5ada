package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Repairs answers that deviate from OpenAI's format by replacing single values.
 *
 * <p>All other bytes stay unchanged; OpenAI's own answers are not changed at all. Deviations seen
 * in recordings: finish reasons of Together ({@code eos}) and Mistral ({@code model_length}), a
 * missing one (OpenRouter), content as an array of parts that includes the thinking (Mistral),
 * arguments as an object (Mistral) or empty (several), usage with a total larger than the sum of
 * its parts (xAI).
 */
final class OpenAiRepairs {
  private final JsonSplice splice;
  private boolean changed;

  private OpenAiRepairs(byte[] body) {
    splice = new JsonSplice(body);
  }

  /** Finds the repairs that {@code body} needs. */
  static OpenAiRepairs of(TargetModel target, byte[] body, JsonValue root) {
    OpenAiRepairs repairs = new OpenAiRepairs(body);
    repairs.model(target, root);
    repairs.usage(JsonFields.object(root, "usage"));
    for (JsonValue choice : JsonFields.array(root, "choices")) {
      repairs.choice(choice);
    }
    return repairs;
  }

  /** Whether no repair is needed. */
  boolean isEmpty() {
    return !changed;
  }

  /** The repaired answer. */
  byte[] apply() {
    return splice.bytes();
  }

  private void model(TargetModel target, JsonValue root) {
    String answered = JsonFields.text(root, "model");
    if (answered != null && !target.nameInAnswer(answered).equals(answered)) {
      splice.put(root, "model", JsonText.quote(target.nameInAnswer(answered)));
      changed = true;
    }
  }

  private void usage(@Nullable JsonValue usage) {
    long completion = OpenAiUsage.completion(usage);
    if (completion != TokenCounts.of(usage, "completion_tokens")) {
      replace(JsonFields.number(usage, "completion_tokens"), Long.toString(completion));
    }
  }

  private void choice(JsonValue choice) {
    JsonValue message = JsonFields.object(choice, "message");
    List<JsonValue> calls = JsonFields.array(message, "tool_calls");
    finishReason(choice, calls.isEmpty() ? "stop" : "tool_calls");
    JsonValue content = JsonFields.value(message, "content");
    if (message != null && content != null && content.kind() == JsonValue.Kind.ARRAY) {
      ProviderQuirks.joinParts(splice, message, content);
      changed = true;
    }
    for (JsonValue call : calls) {
      changed |= ProviderQuirks.repairArguments(splice, JsonFields.object(call, "function"));
    }
    changed |= ProviderQuirks.repairArguments(splice, JsonFields.object(message, "function_call"));
  }

  private void finishReason(JsonValue choice, String ifMissing) {
    String received = JsonFields.text(choice, "finish_reason");
    String standard =
        switch (received) {
          case "" -> ifMissing;
          case null -> ifMissing;
          default -> ProviderQuirks.finishReason(received);
        };
    if (!standard.equals(received)) {
      splice.put(choice, "finish_reason", JsonText.quote(standard));
      changed = true;
    }
  }

  private void replace(@Nullable JsonValue value, String literal) {
    if (value != null) {
      splice.replace(value, literal);
      changed = true;
    }
  }
}
