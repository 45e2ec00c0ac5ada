package com.langdock.reliability.gateway.exchange;

/**
 * A format of requests and answers. A target that speaks the client's format gets the client's
 * bytes, and the client gets the target's.
 */
public record WireFormat(String name) {
  /** OpenAI's chat completions. */
  public static final WireFormat CHAT = new WireFormat("chat");

  /** Anthropic's messages. */
  public static final WireFormat MESSAGES = new WireFormat("messages");
}
