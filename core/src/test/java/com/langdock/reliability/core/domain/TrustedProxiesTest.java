package com.langdock.reliability.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
  private static final String PROXY = "10.0.0.1";
  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          Stream.of("10.0.0.0/8", "fd00::/8", "192.0.2.7")
              .map(range -> AddressRange.parse(range).orElseThrow())
              .toList());

  private static String client(String peer, List<String> forwardedFor, List<String> forwarded) {
    return PROXIES.client(InetAddress.ofLiteral(peer), forwardedFor, forwarded).getHostAddress();
  }

  @Test
  void aStrangersWordCountsForNothing() {
    List<String> words = List.of("203.0.113.9");
    assertThat(client("198.51.100.1", words, List.of())).isEqualTo("198.51.100.1");
    assertThat(client("192.0.2.8", words, List.of())).isEqualTo("192.0.2.8");
  }

  @Test
  void withoutHeadersTheProxyItselfIsTheClient() {
    assertThat(client(PROXY, List.of(), List.of())).isEqualTo(PROXY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9                        | 203.0.113.9",
        "1.1.1.1, 203.0.113.9               | 203.0.113.9",
        "1.1.1.1, 203.0.113.9, 10.9.9.9     | 203.0.113.9",
        "127.0.0.1,203.0.113.9 , fd00::1    | 203.0.113.9",
        "203.0.113.9:4711                   | 203.0.113.9",
        "[2001:db8::9]:4711                 | 2001:db8:0:0:0:0:0:9",
        "2001:db8::9                        | 2001:db8:0:0:0:0:0:9",
        "::ffff:203.0.113.9                 | 203.0.113.9",
        "10.2.2.2, 10.3.3.3                 | 10.2.2.2",
      })
  void theRightmostForeignAddressIsTheClients(String header, String expected) {
    assertThat(client(PROXY, List.of(header), List.of())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "",
        "example.com",
        "1.1.1.1, _hidden",
        "203.0.113.9:port",
        "[::1",
        "1",
        "1.1.1.1,",
      })
  void whatIsNoAddressEndsTheSearchAtTheLastProxy(String header) {
    assertThat(client(PROXY, List.of(header), List.of())).isEqualTo(PROXY);
    assertThat(client(PROXY, List.of(header + ", 10.4.4.4"), List.of())).isEqualTo("10.4.4.4");
  }

  @Test
  void laterLinesAreFurtherRight() {
    assertThat(client(PROXY, List.of("203.0.113.1", "203.0.113.2"), List.of()))
        .isEqualTo("203.0.113.2");
    assertThat(client(PROXY, List.of("203.0.113.1", "10.1.1.1"), List.of()))
        .isEqualTo("203.0.113.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.9;proto=https;by=10.0.0.1     | 203.0.113.9",
        "proto=https; For=\"[2001:db8::9]:4711\"     | 2001:db8:0:0:0:0:0:9",
        "for=1.1.1.1, for=203.0.113.9                | 203.0.113.9",
        "for=203.0.113.9, for=_secret                | 10.0.0.1",
        "for=unknown                                 | 10.0.0.1",
        "proto=https                                 | 10.0.0.1",
      })
  void theStandardHeaderCountsWhereThereIsNoOther(String header, String expected) {
    assertThat(client(PROXY, List.of(), List.of(header))).isEqualTo(expected);
    assertThat(client(PROXY, List.of("203.0.113.77"), List.of(header))).isEqualTo("203.0.113.77");
  }

  @Test
  void aLongListIsNotReadToItsEnd() {
    int more = TrustedProxies.MOST_HOPS + 5;
    String header = "203.0.113.9," + String.join(",", Collections.nCopies(more, "10.5.5.5"));
    assertThat(client(PROXY, List.of(header), List.of())).isEqualTo("10.5.5.5");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.128.0/17, 192.168.255.1, true",
    "192.168.128.0/17, 192.168.127.1, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "::1, ::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
  })
  void rangesHoldTheirAddresses(String range, String address, boolean contains) {
    assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "::/129", "host", "/8"})
  void whatIsNoRangeIsRejected(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
