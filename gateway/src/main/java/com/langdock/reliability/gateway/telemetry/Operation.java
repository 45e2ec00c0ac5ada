package com.langdock.reliability.gateway.telemetry;

/**
 * What a request asks the gateway to do.
 *
 * @param name OpenTelemetry's for operations of generative AI, such as {@code chat}; where it has
 *     none, that of the API
 * @param method of HTTP
 * @param route the path without what differs between requests
 */
public record Operation(String name, String method, String route) {
  /** A chat by OpenAI's API. */
  public static final Operation CHAT = new Operation("chat", "POST", "/v1/chat/completions");

  /** The operation with these parts; for most requests it is {@link #CHAT} itself. */
  public static Operation of(String name, String method, String route) {
    boolean isChat = route.equals(CHAT.route) && method.equals(CHAT.method);
    return isChat ? CHAT : new Operation(name, method, route);
  }
}
