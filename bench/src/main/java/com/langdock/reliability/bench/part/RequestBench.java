package com.langdock.reliability.bench.part;

import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.chat.Validation;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
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
  private final OpenAiFormat openAi = new OpenAiFormat(true);
  private final AnthropicFormat anthropic = new AnthropicFormat();

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
  public Written toOpenAi() {
    return openAi.write(exchange);
  }

  /** For a provider of another format. */
  @Benchmark
  public Written toAnthropic() {
    return anthropic.write(exchange);
  }
}
