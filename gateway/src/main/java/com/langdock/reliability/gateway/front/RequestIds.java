package com.langdock.reliability.gateway.front;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes the ids of requests: {@code req_<unix ms>_<8 hex>}. */
final class RequestIds {
  private static final HexFormat HEX = HexFormat.of();

  private RequestIds() {}

  /** A new id for a request accepted at {@code unixMillis}. */
  static String next(long unixMillis, RandomGenerator random) {
    return "req_" + unixMillis + "_" + HEX.toHexDigits(random.nextInt());
  }
}
