package com.langdock.reliability.gateway;

import static java.util.stream.Collectors.toSet;

import com.langdock.reliability.gateway.config.ApiFormat;
import com.langdock.reliability.gateway.config.ProviderApi;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.Quirk;
import com.langdock.reliability.gateway.config.Quirks;
import com.langdock.reliability.gateway.config.cloud.AzureConfig;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.bedrock.BedrockFormat;
import com.langdock.reliability.gateway.provider.bedrock.ConverseFormat;
import com.langdock.reliability.gateway.provider.cohere.CohereFormat;
import com.langdock.reliability.gateway.provider.forward.ForwardingFormat;
import com.langdock.reliability.gateway.provider.forward.ForwardingFormat.Vendor;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.AzureFormat;
import com.langdock.reliability.gateway.provider.openai.Deviation;
import com.langdock.reliability.gateway.provider.openai.Feature;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import com.langdock.reliability.gateway.provider.responses.OpenAiLanes;
import com.langdock.reliability.gateway.provider.responses.ResponsesFormat;
import com.langdock.reliability.gateway.provider.vertex.VertexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The registry of provider formats: one line for each type that a configuration may name. */
final class ProviderFormats {
  private ProviderFormats() {}

  /** The format of {@code provider}. */
  static ProviderFormat of(ProviderConfig provider) {
    return switch (provider.api().speaks()) {
      case OPENAI -> openAi(provider.api());
      case ANTHROPIC -> new AnthropicFormat();
      case GEMINI ->
          new ForwardingFormat(
              new GeminiFormat(), Vendor.GEMINI, forwarded(provider.api().formats()));
      case AZURE -> {
        AzureConfig azure = Objects.requireNonNull(provider.azure());
        yield new AzureFormat(openAi(provider.api()), azure.apiVersion());
      }
      case COHERE ->
          new ForwardingFormat(
              new CohereFormat(), Vendor.COHERE, forwarded(provider.api().formats()));
      case BEDROCK ->
          new ForwardingFormat(
              bedrock(provider.api()), Vendor.BEDROCK, forwarded(provider.api().formats()));
      case VERTEX ->
          VertexFormat.create(google ->
              new ForwardingFormat(google, Vendor.VERTEX, forwarded(provider.api().formats())));
    };
  }

  private static ProviderFormat bedrock(ProviderApi api) {
    return api.formats().contains(ApiFormat.MESSAGES)
        ? BedrockFormat.create()
        : new ConverseFormat();
  }

  private static ProviderFormat openAi(ProviderApi api) {
    return new ForwardingFormat(answering(api), forwarded(api.formats()));
  }

  /** Of the APIs that answer, a request goes to the one that can say it best. */
  private static ProviderFormat answering(ProviderApi api) {
    boolean servesChat = api.formats().contains(ApiFormat.CHAT);
    OpenAiFormat chat =
        new OpenAiFormat(features(api.quirks()), deviations(api.quirks()), servesChat);
    if (!api.formats().contains(ApiFormat.RESPONSES)) {
      return chat;
    }
    ResponsesFormat responses = new ResponsesFormat();
    return servesChat ? new OpenAiLanes(chat, responses) : responses;
  }

  private static Set<WireFormat> forwarded(Set<ApiFormat> formats) {
    return formats.stream().flatMap(format -> forwarded(format).stream()).collect(toSet());
  }

  /** The formats of requests that are forwarded; none for what is translated where necessary. */
  private static List<WireFormat> forwarded(ApiFormat format) {
    return switch (format) {
      case EMBEDDINGS -> List.of(WireFormat.EMBEDDINGS);
      case COMPLETIONS -> List.of(WireFormat.COMPLETIONS);
      case FIM -> List.of(WireFormat.FIM);
      case MODERATIONS -> List.of(WireFormat.MODERATIONS);
      case IMAGES -> List.of(WireFormat.IMAGES);
      case RERANK -> List.of(WireFormat.RERANK);
      case AUDIO -> List.of(WireFormat.TRANSCRIPTIONS, WireFormat.SPEECH);
      case CHAT, RESPONSES, MESSAGES, GEMINI, CONVERSE, COHERE -> List.of();
    };
  }

  /** Quirks have the names of what they are about. */
  private static Set<Feature> features(Quirks quirks) {
    return Stream.of(Feature.values())
        .filter(feature -> quirks.accepted().contains(Quirk.valueOf(feature.name())))
        .collect(toSet());
  }

  private static Set<Deviation> deviations(Quirks quirks) {
    return Stream.of(Deviation.values())
        .filter(deviation -> !quirks.isUsual(Quirk.valueOf(deviation.name())))
        .collect(toSet());
  }
}
