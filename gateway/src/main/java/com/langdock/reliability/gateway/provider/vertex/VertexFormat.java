package com.langdock.reliability.gateway.provider.vertex;

import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.ByTarget;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.anthropic.MessagesHost;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiHost;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Formats of Google's cloud: Anthropic's Messages for Claude, generateContent for every other
 * model. Bytes of a client of the same format pass both ways.
 */
public final class VertexFormat {
  private VertexFormat() {}

  /**
   * The format of each model.
   *
   * @param withMore adds what Google's own models do besides answering
   */
  public static ProviderFormat create(UnaryOperator<ProviderFormat> withMore) {
    ProviderFormat gemini = withMore.apply(new GeminiFormat(GeminiHost.VERTEX));
    ProviderFormat claude = new AnthropicFormat(MessagesHost.VERTEX);
    return new ByTarget(
        List.of(gemini, claude), request -> isClaude(request.target()) ? claude : gemini);
  }

  private static boolean isClaude(TargetModel model) {
    return model.upstreamName().startsWith("claude");
  }
}
