package com.langdock.reliability.mock.format.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.RawRequest;
import java.net.URLDecoder;
import java.util.List;

/** A path such as {@code /v1beta/models/gemini-2.5-pro:generateContent}, taken apart. */
record GeminiPath(String model, String method) {
  private static final String MODELS = "/models/";
  private static final String GENERATE = "generateContent";
  private static final String STREAM = "streamGenerateContent";
  private static final String COUNT = "countTokens";

  /** The parts; both are empty for another path. */
  static GeminiPath of(String path) {
    int start = path.lastIndexOf(MODELS);
    String decoded =
        start < 0 ? "" : URLDecoder.decode(path.substring(start + MODELS.length()), UTF_8);
    int colon = decoded.lastIndexOf(':');
    return colon <= 0
        ? new GeminiPath("", "")
        : new GeminiPath(decoded.substring(0, colon), decoded.substring(colon + 1));
  }

  boolean isChat() {
    return method.equals(GENERATE) || method.equals(STREAM);
  }

  boolean isCount() {
    return method.equals(COUNT);
  }

  /** A stream is an array unless the query asks for server-sent events. */
  static Delivery delivery(RawRequest request) {
    if (!of(request.path()).method().equals(STREAM)) {
      return Delivery.WHOLE;
    }
    return List.of(request.query().split("&", -1)).contains("alt=sse")
        ? Delivery.CRLF_EVENTS
        : Delivery.JSON_ARRAY;
  }
}
