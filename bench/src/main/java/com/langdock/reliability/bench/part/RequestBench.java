package com.langdock.reliability.bench.part;

import com.langdock.reliability.gateway.exchange.Encoded;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.front.chat.Validation;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicCodec;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.MalformedJsonException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A request of 1 KB on its way to a provider. */
@State(Scope.Thread)
public class RequestBench {
  private final byte[] request = Samples.request();
  private final TargetRequest exchange = Samples.exchange();
  private final OpenAiCodec openAi = new OpenAiCodec(true);
  private final AnthropicCodec anthropic = new AnthropicCodec();

  /** Scanned. */
  @Benchmark
  public JsonValue scan() throws MalformedJsonException {
    return JsonValue.parse(request);
  }

  /** Scanned and validated. */
  @Benchmark
  public Validation validate() {
    return Samples.VALIDATOR.validate(request);
  }

  /** For a provider of the same format. */
  @Benchmark
  public Encoded toOpenAi() {
    return openAi.encode(exchange);
  }

  /** For a provider of another format. */
  @Benchmark
  public Encoded toAnthropic() {
    return anthropic.encode(exchange);
  }
}
