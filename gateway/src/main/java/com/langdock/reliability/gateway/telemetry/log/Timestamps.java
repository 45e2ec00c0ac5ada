package com.langdock.reliability.gateway.telemetry.log;

import java.time.Instant;

/**
 * Writes moments as RFC 3339 in UTC with milliseconds. Lines of one second share its text, since a
 * formatter would cost as much as the rest of a line. Thread-safe.
 */
final class Timestamps {
  private static final int THOUSAND = 1_000;
  private static final int HUNDRED = 100;
  private static final int TEN = 10;

  private record Second(long at, String text) {
    static Second of(long at) {
      String whole = Instant.ofEpochSecond(at).toString();
      return new Second(at, whole.substring(0, whole.length() - 1));
    }
  }

  private static volatile Second latest = Second.of(0);

  private Timestamps() {}

  static void append(long unixMillis, StringBuilder line) {
    long at = Math.floorDiv(unixMillis, THOUSAND);
    Second second = latest;
    if (second.at() != at) {
      second = Second.of(at);
      latest = second;
    }
    int millis = Math.floorMod(unixMillis, THOUSAND);
    line.append(second.text())
        .append('.')
        .append((char) ('0' + millis / HUNDRED))
        .append((char) ('0' + millis / TEN % TEN))
        .append((char) ('0' + millis % TEN))
        .append('Z');
  }
}
