package com.langdock.reliability.bench;

/** The requests of the loads. */
final class Requests {
  /** The model of a load that names none. */
  static final String MODEL = "gpt-4.1";

  private static final String BEGINNING =
      "{\"model\":\""
          + MODEL
          + "\",\"temperature\":0.7,\"max_tokens\":256,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"";
  private static final String END = "\"}]}";
  private static final String SENTENCE = "Tell me about the reliability of gateways. ";

  private static final int STREAM_SIZE = 1_000;

  private Requests() {}

  /** A request of about so many bytes. */
  static String ofBytes(int size) {
    int text = Math.max(1, size - BEGINNING.length() - END.length());
    return BEGINNING + SENTENCE.repeat(text / SENTENCE.length()) + END;
  }

  /** The same as HTTP/1.1 says it to a port of this machine. */
  static String overHttp(int port, int size) {
    return overHttp(port, ofBytes(size));
  }

  /** A request of 1 KB for a stream of {@code model}, likewise. */
  static String streamOverHttp(int port, String model) {
    String whole = ofBytes(STREAM_SIZE).replace(MODEL, model);
    return overHttp(port, "{\"stream\":true," + whole.substring(1));
  }

  private static String overHttp(int port, String body) {
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:"
        + port
        + "\r\ncontent-type: application/json\r\ncontent-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
