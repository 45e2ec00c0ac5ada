package com.langdock.reliability.mock.format;

/** Counts the tokens of requests without answering them. */
public interface TokenCounter {
  /** Whether requests to this path are to be counted. */
  boolean serves(String path);

  /**
   * The count, as JSON.
   *
   * @throws InvalidRequest for what the provider would refuse with 400
   */
  String count(RawRequest request);
}
