package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.TargetModel;

/**
 * Which models are Anthropic's. Bedrock passes on what only one vendor's models accept, such as
 * thinking, and its names of models begin with the vendor's; only an ARN of an application's
 * profile does not say it.
 */
final class Claude {
  private static final String NAME = "claude";

  private Claude() {}

  /** Whether {@code model} is a Claude model. */
  static boolean is(TargetModel model) {
    return model.upstreamName().contains(NAME) || model.name().contains(NAME);
  }
}
