package com.langdock.reliability.gateway.config;

import java.util.regex.Pattern;

/** Recognizes the names and addresses of the loopback interface. */
public final class LocalHost {
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1|::ffff:127(\\.\\d{1,3}){3})]?",
          Pattern.CASE_INSENSITIVE);

  private LocalHost() {}

  /** Whether {@code host} is one of them; {@code 127.example.com} is not. */
  public static boolean is(String host) {
    return LOOPBACK.matcher(host).matches();
  }
}
