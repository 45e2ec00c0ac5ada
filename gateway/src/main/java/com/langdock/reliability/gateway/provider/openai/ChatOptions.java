package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The options of an answer: limit, sampling, stop sequences and effort.
 *
 * <p>OpenAI's reasoning models reject sampling parameters, stop sequences and {@code max_tokens};
 * other servers may not know {@code max_completion_tokens}. A temperature or {@code top_p} of 1 is
 * the default, so its omission is not reported.
 */
final class ChatOptions {
  private static final int MAX_STOPS = 4;

  private final AnswerOptions options;
  private final TargetModel target;
  private final Set<Feature> features;
  private final RequestChanges.Builder changes;

  ChatOptions(
      AnswerOptions options,
      TargetModel target,
      Set<Feature> features,
      RequestChanges.Builder changes) {
    this.options = options;
    this.target = target;
    this.features = features;
    this.changes = changes;
  }

  void write(JsonGenerator out) {
    AnswerOptions.Sampling sampling = options.sampling();
    boolean acceptsSampling = !isFixed();
    writeLimit(out);
    writeNumber(out, "temperature", sampling.temperature(), acceptsSampling);
    writeNumber(out, "top_p", sampling.topP(), acceptsSampling);
    writeNumber(out, "top_k", sampling.topK(), features.contains(Feature.TOP_K));
    writeStops(out, sampling.stop());
    writeEffort(out, options.effort());
  }

  /** Whether the model samples and stops as it does, whatever a request asks. */
  private boolean isFixed() {
    return target.facts().traits().sampling() == ModelTraits.Sampling.NONE;
  }

  /** The client's limit, capped to that of the model unless this is only inherited. */
  private void writeLimit(JsonGenerator out) {
    Field<Long> limit = options.limit();
    if (limit == null) {
      return;
    }
    ModelFacts facts = target.facts();
    long most =
        facts.limitsInherited() ? Long.MAX_VALUE : facts.maxOutputTokens().orElse(Long.MAX_VALUE);
    if (limit.value() > most) {
      changes.adjusted(limit.path());
    }
    boolean isOpenAiReasoning = facts.reasoning() && isFixed();
    out.writeNumberProperty(
        isOpenAiReasoning ? "max_completion_tokens" : "max_tokens", Math.min(limit.value(), most));
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

  private void writeStops(JsonGenerator out, @Nullable Field<List<String>> requested) {
    if (requested == null) {
      return;
    }
    List<String> stops = new ArrayList<>(requested.value());
    stops.removeIf(String::isEmpty);
    if (isFixed() || stops.size() > MAX_STOPS) {
      changes.dropped(requested.path());
    }
    List<String> sent = isFixed() ? List.of() : stops.subList(0, Math.min(stops.size(), MAX_STOPS));
    if (!sent.isEmpty()) {
      out.writeName("stop");
      out.writeStartArray();
      sent.forEach(out::writeString);
      out.writeEndArray();
    }
  }

  private void writeEffort(JsonGenerator out, @Nullable Field<String> effort) {
    if (effort == null) {
      return;
    }
    if (target.facts().reasoning()) {
      String level = EffortLevels.nearest(effort.value(), target);
      if (!level.equals(effort.value())) {
        changes.adjusted(effort.path());
      }
      out.writeStringProperty("reasoning_effort", level);
    } else if (!effort.value().equals("none")) {
      changes.dropped(effort.path());
    }
  }
}
