package com.langdock.reliability.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.config.ModelTable;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.anthropic.MessageRules;
import com.langdock.reliability.gateway.provider.bedrock.BedrockFormat;
import com.langdock.reliability.gateway.provider.bedrock.ConverseFormat;
import com.langdock.reliability.gateway.provider.cohere.CohereFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.AzureFormat;
import com.langdock.reliability.gateway.provider.openai.Feature;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import com.langdock.reliability.gateway.provider.responses.ResponsesFormat;
import com.langdock.reliability.gateway.provider.vertex.VertexFormat;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.anthropic.HostedFormat;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model at a provider, and the rules of the provider's API.
 *
 * @param wire the format that the provider speaks
 * @param api the mock of the provider, which knows its rules
 */
record SentTo(
    String model,
    ModelFacts facts,
    WireFormat wire,
    ProviderFormat format,
    com.langdock.reliability.mock.format.ProviderFormat api) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** An escape of a high surrogate without a low one, or the reverse. */
  private static final Pattern HALF_A_PAIR =
      Pattern.compile(
          "(?<!\\\\)(\\\\\\\\)*(\\\\u[dD][89abAB]..(?!\\\\u[dD][c-fC-F])"
              + "|(?<!\\\\u[dD][89abAB]..)\\\\u[dD][c-fC-F])");

  private static final ModelCatalog CATALOG = ModelTable.shipped().catalog();
  private static final Set<Feature> OPENAI =
      EnumSet.of(
          Feature.STREAM_OPTIONS,
          Feature.JSON_SCHEMA,
          Feature.USER,
          Feature.LONG_CALL_IDS,
          Feature.ALLOWED_TOOLS);

  /** A model of each generation of each provider. */
  static List<SentTo> all() {
    return Stream.of(
            Stream.of("gpt-4o", "gpt-3.5-turbo", "gpt-5", "gpt-5.4", "o3").map(SentTo::openAi),
            Stream.of("gpt-4o", "gpt-5", "gpt-5.6", "o3", "unheard-of").map(SentTo::responses),
            Stream.of("mistral-large", "deepseek-chat", "unheard-of").map(SentTo::compatible),
            Stream.of(
                    "claude-3-opus",
                    "claude-3-7-sonnet",
                    "claude-sonnet-4-5",
                    "claude-opus-4-6",
                    "claude-opus-4-7",
                    "claude-sonnet-5-5",
                    "claude-fable-5",
                    "claude-later")
                .map(SentTo::anthropic),
            Stream.of(
                    "gemini-2.0-flash",
                    "gemini-2.5-flash",
                    "gemini-2.5-pro",
                    "gemini-3-pro",
                    "gemini-3.5-flash",
                    "gemini-4-neon",
                    "tuned")
                .map(SentTo::gemini),
            Stream.of(
                    "anthropic.claude-3-opus-20240229-v1:0",
                    "eu.anthropic.claude-3-7-sonnet-20250219-v1:0",
                    "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
                    "eu.anthropic.claude-opus-4-7",
                    "eu.anthropic.claude-fable-5",
                    "eu.amazon.nova-pro-v1:0")
                .map(SentTo::bedrock),
            Stream.of("claude-opus-4-6@20260205", "claude-sonnet-4-5@20250929")
                .map(SentTo::vertexClaude),
            Stream.of(
                    "us.anthropic.claude-opus-4-6-v1:0",
                    "global.anthropic.claude-sonnet-4-5-20250929-v1:0")
                .map(SentTo::invoked),
            Stream.of("gemini-2.5-flash-lite", "gemini-3-flash").map(SentTo::vertexGemini),
            Stream.of("command-a-03-2025", "unheard-of").map(SentTo::cohere))
        .flatMap(targets -> targets)
        .toList();
  }

  private static SentTo openAi(String model) {
    return chat(model, OPENAI);
  }

  /** A deployment that is asked by Azure's classic API. */
  static SentTo azure(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        WireFormat.CHAT,
        new AzureFormat(new OpenAiFormat(OPENAI), "2024-10-21"),
        new com.langdock.reliability.mock.format.openai.OpenAiFormat());
  }

  private static SentTo compatible(String model) {
    return chat(model, Set.of());
  }

  private static SentTo chat(String model, Set<Feature> features) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        WireFormat.CHAT,
        new OpenAiFormat(features),
        new com.langdock.reliability.mock.format.openai.OpenAiFormat());
  }

  private static SentTo responses(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        WireFormat.RESPONSES,
        new ResponsesFormat(),
        new com.langdock.reliability.mock.format.responses.ResponsesFormat(
            "responses", new com.langdock.reliability.mock.format.openai.OpenAiFormat()));
  }

  private static SentTo cohere(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        new WireFormat("cohere"),
        new CohereFormat(),
        new com.langdock.reliability.mock.format.cohere.CohereFormat());
  }

  private static SentTo anthropic(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        WireFormat.MESSAGES,
        new AnthropicFormat(),
        new com.langdock.reliability.mock.format.anthropic.AnthropicFormat());
  }

  private static SentTo gemini(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        WireFormat.GEMINI,
        new GeminiFormat(),
        new com.langdock.reliability.mock.format.gemini.GeminiFormat());
  }

  private static SentTo vertexClaude(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        new WireFormat("messages at vertex"),
        VertexFormat.create(UnaryOperator.identity()),
        HostedFormat.atVertex(new com.langdock.reliability.mock.format.gemini.GeminiFormat()));
  }

  /** Asked by Invoke where the client speaks the Messages API, else by Converse. */
  private static SentTo invoked(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        new WireFormat("messages at bedrock"),
        BedrockFormat.create(),
        new com.langdock.reliability.mock.format.bedrock.BedrockFormat());
  }

  private static SentTo vertexGemini(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        new WireFormat("gemini at vertex"),
        VertexFormat.create(UnaryOperator.identity()),
        new com.langdock.reliability.mock.format.gemini.GeminiFormat());
  }

  private static SentTo bedrock(String model) {
    return new SentTo(
        model,
        CATALOG.factsOf(model),
        WireFormat.CONVERSE,
        new ConverseFormat(),
        new com.langdock.reliability.mock.format.bedrock.BedrockFormat());
  }

  /** Whether it receives the bytes of a client of {@code format}. */
  boolean speaks(WireFormat format) {
    return wire.name().equals(format.name()) || wire.name().startsWith(format.name() + " at ");
  }

  /** The request as it is sent. */
  Written write(Exchange exchange) {
    return format.write(new TargetRequest(exchange, new TargetModel(Fronts.MODEL, model, facts)));
  }

  /** The request for the rest of an answer as it is sent. */
  Written writeRest(Exchange exchange, String delivered) {
    Continuation way = facts.traits().prefill() ? Continuation.PREFILL : Continuation.INSTRUCTION;
    return format.write(
        new TargetRequest(exchange, new TargetModel(Fronts.MODEL, model, facts))
            .continuing(Continued.of(delivered, way)));
  }

  /** Why the provider refuses {@code sent}; empty if it does not. */
  Optional<String> refusal(Outgoing sent) {
    Map<String, String> headers = new HashMap<>(format.headers("key"));
    headers.putAll(sent.headers());
    String[] target = sent.path().split("\\?", 2);
    RawRequest request =
        new RawRequest("/v1" + target[0], target.length < 2 ? "" : target[1], headers, sent.body());
    String text = new String(sent.body(), UTF_8);
    if (text.contains("\\u") && HALF_A_PAIR.matcher(text).find()) {
      return Optional.of("half a surrogate pair");
    }
    try {
      JsonNode body = JSON.readTree(sent.body());
      api.read(request);
      for (Rule rule : api.rules()) {
        rule.check(request, body);
      }
      Optional<String> further = FurtherRules.brokenBy(wire, body, facts);
      return further.isPresent() || !wire.equals(WireFormat.MESSAGES)
          ? further
          : MessageRules.brokenBy(sent.body()).stream().findFirst();
    } catch (InvalidRequest refused) {
      return Optional.of(refused.message());
    } catch (JacksonException notJson) {
      return Optional.of("not JSON: " + text);
    }
  }

  @Override
  public String toString() {
    return wire.name() + " " + model;
  }
}
