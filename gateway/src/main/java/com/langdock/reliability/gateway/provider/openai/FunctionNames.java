package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.provider.ToolIds;

/**
 * Function names that chat completions accept: 1 to 64 letters, digits, {@code _} and {@code -}.
 * Other formats allow longer ones, which are sent shortened.
 */
final class FunctionNames {
  private static final int MAX_LENGTH = 64;

  private final Payload request;

  /** The names of the tools in {@code request}. */
  FunctionNames(Payload request) {
    this.request = request;
  }

  /** The name to send for the client's {@code name}. */
  static String sent(String name) {
    return Shortened.to(MAX_LENGTH, ToolIds.plain(name));
  }

  /** The client's name for the function that the model calls {@code sent}. */
  String original(String sent) {
    for (Tool tool : request.conversation().tools()) {
      if (tool instanceof Tool.Function function && sent(function.name()).equals(sent)) {
        return function.name();
      }
    }
    return sent;
  }
}
