package com.langdock.reliability.gateway.management.mocks;

import java.util.regex.Pattern;

/** Tells the names and addresses by which a machine reaches itself only. */
public final class ThisMachine {
  private static final Pattern NAMES = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

  private ThisMachine() {}

  /** Whether {@code host} is one of them; brackets around an IPv6 address do not matter. */
  public static boolean is(String host) {
    return NAMES.matcher(host).matches();
  }
}
