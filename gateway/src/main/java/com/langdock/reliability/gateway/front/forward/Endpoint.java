package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.Rule;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An API whose requests are forwarded.
 *
 * @param path after {@value #PREFIX}; providers have it after the path of their base URL
 * @param format of its requests
 * @param body what a request may be
 * @param rules of its fields, besides those of every request
 * @param prompt the part of a request that is the model's input
 * @param traits of the answer
 * @param delivery how it is answered
 */
record Endpoint(
    String path,
    WireFormat format,
    Body body,
    List<Rule> rules,
    String prompt,
    Function<JsonValue, AnswerTraits> traits,
    AnswerKind delivery) {
  /** What the paths of all begin with. */
  static final String PREFIX = "/v1";

  /** All of them by the path that clients use. */
  static final Map<String, Endpoint> ALL =
      Stream.of(
              new Endpoint(
                  "/embeddings",
                  WireFormat.EMBEDDINGS,
                  Body.JSON,
                  EmbeddingsRules.ALL,
                  "input",
                  request -> AnswerTraits.PLAIN,
                  AnswerKind.WHOLE),
              new Endpoint(
                  "/completions",
                  WireFormat.COMPLETIONS,
                  Body.JSON,
                  CompletionsRules.ALL,
                  CompletionsRules.PROMPT,
                  CompletionsRules::traits,
                  AnswerKind.COMPLETION),
              new Endpoint(
                  "/fim/completions",
                  WireFormat.FIM,
                  Body.JSON,
                  CompletionsRules.FIM,
                  CompletionsRules.PROMPT,
                  CompletionsRules::fimTraits,
                  AnswerKind.COMPLETION),
              whole("/moderations", WireFormat.MODERATIONS, "input", Inputs.EXPECTATION),
              whole("/rerank", WireFormat.RERANK, "documents", "expected documents"),
              images("/images/generations", Body.JSON, ImagesRules.WITH_PROMPT),
              images("/images/edits", new Body(true, ImagesRules.FILES), ImagesRules.WITH_PROMPT),
              images("/images/variations", new Body(false, List.of("image")), ImagesRules.ALL),
              transcription("/audio/transcriptions"),
              transcription("/audio/translations"),
              new Endpoint(
                  "/audio/speech",
                  WireFormat.SPEECH,
                  Body.JSON,
                  List.of(
                      Rule.required("input", "expected a text", Rule.is(JsonValue.Kind.STRING)),
                      Rule.string("stream_format")),
                  "input",
                  request -> AnswerTraits.PLAIN,
                  AnswerKind.SPEECH))
          .collect(Collectors.toMap(Endpoint::clientPath, endpoint -> endpoint));

  /** An API that is answered whole, of whose requests only the input is checked. */
  private static Endpoint whole(String path, WireFormat format, String input, String expectation) {
    return new Endpoint(
        path,
        format,
        Body.JSON,
        List.of(Rule.required(input, expectation, Inputs::isInput), Inputs.WHOLE),
        input,
        request -> AnswerTraits.PLAIN,
        AnswerKind.WHOLE);
  }

  private static Endpoint images(String path, Body body, List<Rule> rules) {
    return new Endpoint(
        path, WireFormat.IMAGES, body, rules, "prompt", ImagesRules::traits, AnswerKind.IMAGES);
  }

  private static Endpoint transcription(String path) {
    return new Endpoint(
        path,
        WireFormat.TRANSCRIPTIONS,
        new Body(false, List.of("file")),
        List.of(Rule.flag("stream"), Rule.string("response_format")),
        "prompt",
        request -> AnswerTraits.PLAIN,
        AnswerKind.EVENTS);
  }

  /** The name by which callers are restricted to it. */
  EndpointName name() {
    return switch (path.substring(1).split("/", 2)[0]) {
      case "embeddings" -> EndpointName.EMBEDDINGS;
      case "completions", "fim" -> EndpointName.COMPLETIONS;
      case "moderations" -> EndpointName.MODERATIONS;
      case "images" -> EndpointName.IMAGES;
      case "audio" -> EndpointName.AUDIO;
      case "rerank" -> EndpointName.RERANK;
      default -> throw new IllegalStateException(path);
    };
  }

  private String clientPath() {
    return PREFIX + path;
  }

  /**
   * What a request may be.
   *
   * @param isJson whether JSON
   * @param files the names of the fields of a form of which one must be a file; empty if a form may
   *     not be sent
   */
  record Body(boolean isJson, List<String> files) {
    static final Body JSON = new Body(true, List.of());
  }
}
