package com.langdock.reliability.gateway.config;

/** Tells this machine's own names from others. */
final class Loopback {
  private Loopback() {}

  /** Whether {@code host}, as a URL has it, is this machine. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || AddressRange.parse("127.0.0.0/8").map(range -> range.contains(host)).orElse(false);
  }
}
