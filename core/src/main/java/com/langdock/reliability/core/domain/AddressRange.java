package com.langdock.reliability.core.domain;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param bits how many of the first bits of {@code network} an address of it has too
 */
public record AddressRange(InetAddress network, int bits) {
  /** Without the short forms, in which 10 is 0.0.0.10. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** The network in {@code text}, or the single address; empty if it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network = address(slash < 0 ? text : text.substring(0, slash));
    if (network.isEmpty()) {
      return Optional.empty();
    }
    int most = network.get().getAddress().length * Byte.SIZE;
    try {
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > most
          ? Optional.empty()
          : Optional.of(new AddressRange(network.get(), bits));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** The IPv4 or IPv6 address in {@code text}, empty if it is none. Resolves no name. */
  public static Optional<InetAddress> address(String text) {
    try {
      return LITERAL.matcher(text).matches()
          ? Optional.of(InetAddress.ofLiteral(text))
          : Optional.empty();
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** Whether {@code host} is an address of the network; a name is none. */
  public boolean contains(String host) {
    return address(host).map(this::contains).orElse(false);
  }

  /** Whether {@code address} is one of the network. */
  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] other = address.getAddress();
    if (ours.length != other.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != other[i]) {
        return false;
      }
    }
    int rest = Byte.SIZE - bits % Byte.SIZE;
    return rest == Byte.SIZE || (ours[whole] & 0xff) >> rest == (other[whole] & 0xff) >> rest;
  }
}
