package com.langdock.reliability.bench;

/** The requests of the loads. */
final class Requests {
  private static final String BEGINNING =
      "{\"model\":\"gpt-4.1\",\"temperature\":0.7,\"max_tokens\":256,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"";
  private static final String END = "\"}]}";
  private static final String SENTENCE = "Tell me about the reliability of gateways. ";

  private Requests() {}

  /** A request of about so many bytes. */
  static String ofBytes(int size) {
    int text = Math.max(1, size - BEGINNING.length() - END.length());
    return BEGINNING + SENTENCE.repeat(text / SENTENCE.length()) + END;
  }
}
