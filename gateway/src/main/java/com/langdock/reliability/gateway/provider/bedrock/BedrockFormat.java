package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.ByTarget;
import java.util.List;

/**
 * Formats of AWS Bedrock: InvokeModel for a client of Anthropic's Messages that asks for Claude, so
 * that its bytes pass; Converse for everything else.
 */
public final class BedrockFormat {
  private BedrockFormat() {}

  /** The format of each request. */
  public static ProviderFormat create() {
    ProviderFormat converse = new ConverseFormat();
    ProviderFormat invoke = new InvokeFormat();
    return new ByTarget(
        List.of(converse, invoke), request -> isOfClaude(request) ? invoke : converse);
  }

  private static boolean isOfClaude(TargetRequest request) {
    return request.exchange().payload().format().equals(WireFormat.MESSAGES)
        && Claude.is(request.target());
  }
}
