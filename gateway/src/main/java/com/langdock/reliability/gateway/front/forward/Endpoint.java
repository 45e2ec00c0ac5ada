package com.langdock.reliability.gateway.front.forward;

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
 * @param rules of its fields, besides those of every request
 * @param prompt the part of a request that is the model's input
 * @param traits of the answer
 */
record Endpoint(
    String path,
    WireFormat format,
    List<Rule> rules,
    String prompt,
    Function<JsonValue, AnswerTraits> traits) {
  /** What the paths of all begin with. */
  static final String PREFIX = "/v1";

  /** All of them by the path that clients use. */
  static final Map<String, Endpoint> ALL =
      Stream.of(
              new Endpoint(
                  "/embeddings",
                  WireFormat.EMBEDDINGS,
                  EmbeddingsRules.ALL,
                  "input",
                  request -> AnswerTraits.PLAIN),
              new Endpoint(
                  "/completions",
                  WireFormat.COMPLETIONS,
                  CompletionsRules.ALL,
                  CompletionsRules.PROMPT,
                  CompletionsRules::traits),
              whole("/moderations", WireFormat.MODERATIONS, "input", Inputs.EXPECTATION),
              whole("/images/generations", WireFormat.IMAGES, "prompt", "expected a text"),
              whole("/rerank", WireFormat.RERANK, "documents", "expected documents"))
          .collect(Collectors.toMap(Endpoint::clientPath, endpoint -> endpoint));

  /** An API that is answered whole, of whose requests only the input is checked. */
  private static Endpoint whole(String path, WireFormat format, String input, String expectation) {
    return new Endpoint(
        path,
        format,
        List.of(Rule.required(input, expectation, Inputs::isInput), Inputs.WHOLE),
        input,
        request -> AnswerTraits.PLAIN);
  }

  private String clientPath() {
    return PREFIX + path;
  }
}
