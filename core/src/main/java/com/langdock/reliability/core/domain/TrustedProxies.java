package com.langdock.reliability.core.domain;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies whose word counts for where a request comes from.
 *
 * <p>Each proxy appends the address that it was asked from. Read from the right, the first address
 * that is no trusted proxy is the client's; everything left of it was written by whoever that is.
 *
 * @param ranges their addresses
 */
public record TrustedProxies(List<AddressRange> ranges) {
  /** Trusts nobody. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /** The most addresses that are read of one request. */
  static final int MOST_HOPS = 32;

  private static final String FOR = "for=";

  /** Keeps an immutable copy. */
  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /** Whether {@code address} is one of them. */
  public boolean trusts(InetAddress address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The address of the client whose request came from {@code peer}.
   *
   * @param forwardedFor the headers {@code X-Forwarded-For} in their order
   * @param forwarded the headers {@code Forwarded} (RFC 7239), which count where there is no {@code
   *     X-Forwarded-For}
   */
  public InetAddress client(InetAddress peer, List<String> forwardedFor, List<String> forwarded) {
    if (!trusts(peer)) {
      return peer;
    }
    boolean isStandard = forwardedFor.isEmpty();
    List<String> lines = isStandard ? forwarded : forwardedFor;
    InetAddress client = peer;
    int hops = 0;
    for (String line : lines.reversed()) {
      int end = line.length();
      while (end >= 0) {
        int comma = line.lastIndexOf(',', end - 1);
        String element = line.substring(comma + 1, end);
        Optional<InetAddress> hop = isStandard ? ofElement(element) : ofText(element.strip());
        if (hop.isEmpty() || ++hops > MOST_HOPS) {
          return client;
        }
        client = hop.get();
        if (!trusts(client)) {
          return client;
        }
        end = comma;
      }
    }
    return client;
  }

  /** The address of an element such as {@code for="[2001:db8::1]:4711";proto=https}. */
  private static Optional<InetAddress> ofElement(String element) {
    for (String pair : element.split(";", 8)) {
      String text = pair.strip();
      if (text.toLowerCase(Locale.ROOT).startsWith(FOR)) {
        return ofText(unquoted(text.substring(FOR.length())));
      }
    }
    return Optional.empty();
  }

  private static String unquoted(String text) {
    boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }

  /** An address, perhaps with a port. */
  private static Optional<InetAddress> ofText(String text) {
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      return isPort(text.substring(bracket + 1))
          ? AddressRange.address(text.substring(1, bracket))
          : Optional.empty();
    }
    int colon = text.indexOf(':');
    boolean hasPort = colon > 0 && colon == text.lastIndexOf(':');
    return hasPort && isPort(text.substring(colon))
        ? AddressRange.address(text.substring(0, colon))
        : AddressRange.address(text);
  }

  private static boolean isPort(String text) {
    return text.isEmpty() || (text.length() <= 6 && text.matches(":\\d+"));
  }
}
