package com.langdock.reliability.bench.part;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.chat.AnswerJson;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An answer of 1 KB on its way to the client. */
@State(Scope.Thread)
public class AnswerBench {
  private final byte[] openAiAnswer = Samples.openAiAnswer();
  private final byte[] anthropicAnswer = Samples.anthropicAnswer();
  private final TargetRequest exchange = Samples.exchange();
  private final OpenAiFormat openAi = new OpenAiFormat(true);
  private final AnthropicFormat anthropic = new AnthropicFormat();
  private final AnswerFacts facts =
      new AnswerFacts("req_1700000000000_0123abcd", "openai", 1, 12, 1_700_000_000_000L);
  private final WholeAnswer answer =
      ((Decoded.Answered) openAi.readWhole(exchange, Samples.OK, openAiAnswer)).answer();

  /** Read, from a provider of the same format. */
  @Benchmark
  public Decoded fromOpenAi() {
    return openAi.readWhole(exchange, Samples.OK, openAiAnswer);
  }

  /** Read, from a provider of another format. */
  @Benchmark
  public Decoded fromAnthropic() {
    return anthropic.readWhole(exchange, Samples.OK, anthropicAnswer);
  }

  /** With the gateway's fields. */
  @Benchmark
  public byte[] withOurFields() {
    return AnswerJson.of(answer, exchange.exchange().payload(), facts);
  }
}
