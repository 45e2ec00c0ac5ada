package com.langdock.reliability.mock.format.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.mock.format.Delivery;
import java.net.URLDecoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path such as {@code /model/eu.amazon.nova-pro-v1%3A0/converse}, taken apart. */
record BedrockPath(String model, String method) {
  private static final Pattern PATH =
      Pattern.compile(".*/model/([^/]+)/(converse|converse-stream)");

  /** The parts; both are empty for another path. */
  static BedrockPath of(String path) {
    Matcher parts = PATH.matcher(path);
    return parts.matches()
        ? new BedrockPath(URLDecoder.decode(parts.group(1), UTF_8), parts.group(2))
        : new BedrockPath("", "");
  }

  boolean isChat() {
    return !method.isEmpty();
  }

  Delivery delivery() {
    return method.equals("converse-stream") ? Delivery.AWS_EVENTS : Delivery.WHOLE;
  }
}
