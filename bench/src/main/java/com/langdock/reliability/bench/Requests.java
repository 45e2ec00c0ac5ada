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

  /** The same as HTTP/1.1 says it to a port of this machine. */
  static String overHttp(int port, int size) {
    String body = ofBytes(size);
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:"
        + port
        + "\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
