package com.langdock.reliability.gateway.config;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/** The addresses of a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
record AddressRange(byte[] network, int bits) {
  /** The network in {@code text}, empty if it is none. Resolves no name. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(text.substring(slash + 1));
      return bits < 0 || bits > network.length * Byte.SIZE
          ? Optional.empty()
          : Optional.of(new AddressRange(network, bits));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException notOne) {
      return Optional.empty();
    }
  }

  /** Whether {@code host} is an address of the network. */
  boolean contains(String host) {
    byte[] address;
    try {
      address = InetAddress.ofLiteral(host).getAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
    int rest = network.length * Byte.SIZE - bits;
    return address.length == network.length
        && new BigInteger(1, address)
            .shiftRight(rest)
            .equals(new BigInteger(1, network).shiftRight(rest));
  }
}
