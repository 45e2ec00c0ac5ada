package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who serves Claude by Anthropic's Messages, and how a request there differs: clouds have the model
 * in the path, and a version of their own in the body.
 */
public enum MessagesHost {
  /** Anthropic's own API, and whatever is compatible with it. */
  ANTHROPIC(null),
  /** Google's cloud: rawPredict and streamRawPredict. */
  VERTEX("vertex-2023-10-16"),
  /** AWS Bedrock: InvokeModel and InvokeModelWithResponseStream. */
  BEDROCK("bedrock-2023-05-31");

  private static final String BETA = "anthropic-beta";

  /** The version of Anthropic's API that still accepts sampling parameters. */
  static final Map<String, String> VERSION = Map.of("anthropic-version", "2023-06-01");

  private final @Nullable String version;

  MessagesHost(@Nullable String version) {
    this.version = version;
  }

  /** The version in the body; null for none. */
  @Nullable String version() {
    return version;
  }

  /** Whether the body names the model. Vertex counts tokens for all models under one path. */
  boolean isModelInBody(TargetRequest request) {
    return this == ANTHROPIC || (this == VERTEX && counts(request));
  }

  /** Whether the body says that a stream is wanted; else the path does alone. */
  boolean isStreamInBody() {
    return this != BEDROCK;
  }

  /** The path of {@code request}. */
  String path(TargetRequest request) {
    boolean stream = request.exchange().stream();
    String model = request.target().upstreamName();
    return switch (this) {
      case ANTHROPIC -> counts(request) ? "/messages/count_tokens" : "/messages";
      case VERTEX ->
          "/publishers/anthropic/models/"
              + (counts(request) ? "count-tokens" : segment(model).replace("%40", "@"))
              + (stream ? ":streamRawPredict" : ":rawPredict");
      case BEDROCK ->
          "/model/" + segment(model) + (stream ? "/invoke-with-response-stream" : "/invoke");
    };
  }

  private static boolean counts(TargetRequest request) {
    return request.exchange().task() == Exchange.Task.COUNT_TOKENS;
  }

  /** A model's id, or the ARN of a profile, is one segment of the path. */
  private static String segment(String model) {
    return URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /** The headers of a request whose client sent {@code ofClient}. */
  Map<String, String> headers(Map<String, String> ofClient) {
    return switch (this) {
      case ANTHROPIC -> {
        Map<String, String> all = new HashMap<>(VERSION);
        all.putAll(ofClient);
        yield all;
      }
      case VERTEX -> ofClient.containsKey(BETA) ? Map.of(BETA, ofClient.get(BETA)) : Map.of();
      case BEDROCK -> Map.of();
    };
  }

  /** The betas that belong into the body; they are in a header elsewhere. */
  List<String> betas(Map<String, String> ofClient) {
    List<String> betas = new ArrayList<>();
    for (String beta : ofClient.getOrDefault(BETA, "").split(",", -1)) {
      if (this == BEDROCK && !beta.isBlank()) {
        betas.add(beta.strip());
      }
    }
    return betas;
  }
}
