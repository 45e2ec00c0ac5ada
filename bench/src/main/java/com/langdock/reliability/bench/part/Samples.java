package com.langdock.reliability.bench.part;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.front.chat.RequestValidator;
import com.langdock.reliability.gateway.front.chat.Validation;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A request of 1 KB, its answers, and a chunk, as the load of {@code bench/run.sh} has them. */
final class Samples {
  static final Target GPT = new Target("openai", "gpt-4");
  static final ModelFacts FACTS =
      new ModelFacts(OptionalLong.of(8_192), OptionalLong.of(8_192), false, true, "cl100k_base");
  static final ModelCatalog MODELS = new ModelCatalog(Map.of("gpt-4", FACTS));
  static final RequestValidator VALIDATOR = new RequestValidator(MODELS, "gpt-4"::equals);
  static final ReplyHead OK =
      new ReplyHead(200, name -> null, Instant.EPOCH, Redactor.NONE, Set.of(), () -> false);

  private static final String PROSE = "Tell me about the reliability of gateways. ".repeat(20);

  private Samples() {}

  static byte[] request() {
    return """
    {"model":"gpt-4","temperature":0.7,"max_tokens":256,\
    "messages":[{"role":"user","content":"%s"}]}\
    """
        .formatted(PROSE)
        .getBytes(UTF_8);
  }

  static TargetRequest exchange() {
    return switch (VALIDATOR.validate(request())) {
      case Validation.Valid valid -> exchange(valid.request());
      case Validation.Invalid invalid -> throw new IllegalStateException(invalid.toString());
    };
  }

  private static TargetRequest exchange(Exchange request) {
    return new TargetRequest(request, new TargetModel("gpt-4", "gpt-4", FACTS));
  }

  static byte[] openAiAnswer() {
    return """
    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4",\
    "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
    "logprobs":null,"finish_reason":"stop"}],\
    "usage":{"prompt_tokens":200,"completion_tokens":82,"total_tokens":282}}\
    """
        .formatted(PROSE)
        .getBytes(UTF_8);
  }

  static byte[] anthropicAnswer() {
    return """
    {"id":"msg_1","type":"message","role":"assistant","model":"gpt-4","content":[{"type":"text",\
    "text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
    "usage":{"input_tokens":200,"output_tokens":82}}\
    """
        .formatted(PROSE)
        .getBytes(UTF_8);
  }

  static byte[] event() {
    return """
    data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4",\
    "choices":[{"index":0,"delta":{"content":" reliability"},"finish_reason":null}]}

    """
        .getBytes(UTF_8);
  }
}
