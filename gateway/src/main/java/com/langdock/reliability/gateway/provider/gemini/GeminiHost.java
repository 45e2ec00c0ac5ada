package com.langdock.reliability.gateway.provider.gemini;

/** Who serves generateContent. */
public enum GeminiHost {
  /** Google's Gemini API. */
  API(""),
  /** Google's cloud, where models have a publisher and requests name no model in the body. */
  VERTEX("/publishers/google");

  private final String publisher;

  GeminiHost(String publisher) {
    this.publisher = publisher;
  }

  /** The path for a model's {@code path} at Google's API; full names have a publisher already. */
  String path(String path) {
    return path.startsWith("/models/") ? publisher + path : path;
  }
}
