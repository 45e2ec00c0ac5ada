package com.langdock.reliability.gateway.provider.anthropic.request;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.ChatRequest;
import com.langdock.reliability.gateway.provider.Encoded;
import com.langdock.reliability.gateway.provider.Exchange;
import com.langdock.reliability.gateway.provider.Fields;
import com.langdock.reliability.gateway.provider.JsonOut;
import com.langdock.reliability.gateway.provider.TargetModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Translates a chat completion request into the body of a Messages request.
 *
 * <p>Left out, because they are hints, or speak to OpenAI alone: {@code seed} (best effort by its
 * own documentation), {@code presence_penalty} and {@code frequency_penalty} (many clients always
 * send them), {@code verbosity}, {@code service_tier}, {@code prediction} and the {@code
 * prompt_cache_*} fields (speed and price, not content), {@code store} and {@code metadata} (kept
 * by OpenAI for its own dashboard), {@code top_logprobs}, {@code stream_options} (the gateway
 * answers it), {@code detail} of an image. Refused by name: see {@link Unsayable}.
 */
public final class MessageRequest {
  private static final long DEFAULT_MAX_TOKENS = 4_096;
  private static final String JSON_INSTRUCTION =
      "Answer with one valid JSON object and nothing else: no text around it, no code fence.";

  private final JsonValue root;
  private final TargetModel target;
  private final Conversation conversation;
  private final Tools tools;
  private final long maxTokens;
  private final Thinking thinking;

  private MessageRequest(JsonValue root, TargetModel target) {
    ModelFacts facts = target.facts();
    this.root = root;
    this.target = target;
    conversation = Conversation.of(Fields.array(root, "messages"), facts.prefill());
    tools = Tools.of(root);
    maxTokens = maxTokens(root, facts);
    thinking = Thinking.of(root, facts, maxTokens, tools, conversation);
  }

  /** The body that asks the target for what the client asks, or what cannot be said in one. */
  public static Encoded encode(Exchange exchange) {
    JsonValue root = exchange.request().root();
    Failure.Untranslatable unsayable = Unsayable.in(root);
    return unsayable == null
        ? new Encoded.Body(JsonOut.object(new MessageRequest(root, exchange.target())::write))
        : new Encoded.Untranslatable(unsayable);
  }

  /**
   * Whether the client speaks the deprecated dialect of {@code functions}, and must be answered in
   * it.
   */
  public static boolean usesFunctions(ChatRequest request) {
    return Tools.isLegacy(request.root());
  }

  private void write(JsonGenerator out) {
    out.writeStringProperty("model", target.upstreamName());
    out.writeNumberProperty("max_tokens", maxTokens);
    if (Fields.isTrue(root, "stream")) {
      out.writeBooleanProperty("stream", true);
    }
    List<Block> system = new ArrayList<>(conversation.system());
    JsonValue format = Fields.object(root, "response_format");
    JsonValue schema = Fields.object(Fields.object(format, "json_schema"), "schema");
    if (wantsJson(format) && schema == null) {
      system.add(new Block.Text(JSON_INSTRUCTION, null));
    }
    if (!system.isEmpty()) {
      Block.writeAll(out, "system", system);
    }
    out.writeName("messages");
    out.writeStartArray();
    conversation.turns().forEach(turn -> turn.write(out));
    out.writeEndArray();
    tools.write(out);
    writeSampling(out);
    thinking.write(out);
    writeOutputConfig(out, schema);
    writeUser(out);
  }

  private static boolean wantsJson(@Nullable JsonValue format) {
    String type = Fields.text(format, "type");
    return "json_object".equals(type) || "json_schema".equals(type);
  }

  /** The client's limit, no higher than the model's own, which Anthropic would refuse. */
  private static long maxTokens(JsonValue root, ModelFacts facts) {
    long most = facts.maxOutputTokens().orElse(DEFAULT_MAX_TOKENS);
    for (String name : List.of("max_completion_tokens", "max_tokens")) {
      if (Fields.number(root, name) != null) {
        long wish = Fields.count(root, name);
        return facts.maxOutputTokens().isPresent() ? Math.min(wish, most) : wish;
      }
    }
    return most;
  }

  /**
   * Temperature ends at 1 here and at 2 there: what is above is 1, as in Anthropic's own
   * compatibility layer, since half of it would change every request below 1. A value of 1 is the
   * default and is left out, because newer models take none at all.
   */
  private void writeSampling(JsonGenerator out) {
    List<String> names = thinking.isOn() ? List.of() : List.of("temperature", "top_p");
    boolean written = false;
    for (String name : names) {
      JsonValue number = Fields.number(root, name);
      boolean onlyOne = written && !target.facts().prefill(); // newer models refuse both together
      if (number != null && number.number() < 1 && !onlyOne) {
        Block.writeRaw(out, name, number.raw());
        written = true;
      }
    }
    List<String> stops = stops();
    if (!stops.isEmpty()) {
      out.writeName("stop_sequences");
      out.writeStartArray();
      stops.forEach(out::writeString);
      out.writeEndArray();
    }
  }

  /** The stop sequences without those of white space only, which Anthropic refuses. */
  private List<String> stops() {
    List<String> stops = new ArrayList<>(Fields.texts(root, "stop"));
    stops.removeIf(Blank::isBlank);
    return stops;
  }

  private void writeOutputConfig(JsonGenerator out, @Nullable JsonValue schema) {
    if (schema == null && thinking.effort() == null) {
      return;
    }
    out.writeName("output_config");
    out.writeStartObject();
    if (thinking.effort() != null) {
      out.writeStringProperty("effort", thinking.effort());
    }
    if (schema != null) {
      out.writeName("format");
      out.writeStartObject();
      out.writeStringProperty("type", "json_schema");
      Block.writeRaw(out, "schema", schema.raw());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void writeUser(JsonGenerator out) {
    String identifier = Fields.text(root, "safety_identifier");
    String user = identifier == null ? Fields.text(root, "user") : identifier;
    if (user != null && !user.isEmpty()) {
      out.writeName("metadata");
      out.writeStartObject();
      out.writeStringProperty("user_id", user);
      out.writeEndObject();
    }
  }
}
