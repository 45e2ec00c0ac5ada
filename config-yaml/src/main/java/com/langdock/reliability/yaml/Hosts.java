package com.langdock.reliability.yaml;

import java.util.regex.Pattern;

/** Checks whether a text can be a host: an IPv4 or IPv6 address, or a name. Resolves nothing. */
public final class Hosts {
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9][\\w-]*(\\.[\\w-]+)*\\.?");

  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern NUMBERS = Pattern.compile("[\\d.]+");
  private static final Pattern IPV6 =
      Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:]{2,39}(" + IPV4 + ")?(%[\\w.-]+)?");

  private Hosts() {}

  /** Whether {@code text} can be a host, without a port and without brackets. */
  public static boolean isHost(String text) {
    if (NUMBERS.matcher(text).matches()) {
      return IPV4.matcher(text).matches();
    }
    return NAME.matcher(text).matches() || IPV6.matcher(text).matches();
  }
}
