package com.langdock.reliability.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.AddressRange;
import com.langdock.reliability.core.domain.TrustedProxies;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header by which a proxy begins a connection, and whose address counts after it. */
final class ProxyHeaderTest {
  private static final String V1 = "PROXY TCP4 203.0.113.9 10.0.0.2 4711 8080\r\n";
  private static final String V2_START = "0d0a0d0a000d0a515549540a";

  private final ProxyRefusals refusals = new ProxyRefusals();
  private final EmbeddedChannel channel =
      new EmbeddedChannel() {
        @Override
        protected SocketAddress remoteAddress0() {
          return new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 1234);
        }
      };
  private final Peer peer =
      new Peer(
          channel,
          () -> new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/8").orElseThrow())));

  ProxyHeaderTest() {
    channel.freezeTime();
    ProxyHeader.addTo(channel.pipeline(), peer, refusals);
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  /** What was passed on after the header. */
  private String rest() {
    StringBuilder rest = new StringBuilder();
    for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
      rest.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return rest.toString();
  }

  private static @Nullable String shown(@Nullable InetAddress address) {
    return address == null ? null : address.getHostAddress();
  }

  @ParameterizedTest
  @CsvSource({
    "PROXY TCP4 203.0.113.9 10.0.0.2 4711 8080, 203.0.113.9",
    "PROXY TCP6 2001:db8::9 2001:db8::1 4711 8080, 2001:db8:0:0:0:0:0:9",
    "PROXY UNKNOWN, 10.0.0.1",
  })
  void ofTheFirstVersionAnnouncesTheClient(String header, String address) {
    receive(header + "\r\nGET / HTTP/1.1\r\n");
    assertThat(shown(peer.address())).isEqualTo(address);
    assertThat(peer.isDirect()).isFalse();
    assertThat(rest()).isEqualTo("GET / HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    // the command PROXY with IPv4 and IPv6, with an extra field, and LOCAL
    "2111000c cb007109 0a000002 1267 1f90, 203.0.113.9",
    "21210024 20010db8000000000000000000000009 20010db8000000000000000000000001 1267 1f90,"
        + " 2001:db8:0:0:0:0:0:9",
    "21110013 cb007109 0a000002 1267 1f90 04 0004 00000000, 203.0.113.9",
    "20000000, 10.0.0.1",
  })
  void ofTheSecondVersionAnnouncesTheClient(String header, String address) {
    receive(text(V2_START + header.replace(" ", "")) + "GET /");
    assertThat(shown(peer.address())).isEqualTo(address);
    assertThat(peer.isDirect()).isFalse();
    assertThat(rest()).isEqualTo("GET /");
  }

  @Test
  void mayComeInParts() {
    for (char next : (V1 + "GET /").toCharArray()) {
      receive(String.valueOf(next));
    }
    assertThat(shown(peer.address())).isEqualTo("203.0.113.9");
    assertThat(rest()).isEqualTo("GET /");
    assertThat(channel.pipeline().names()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "PROXY TCP4 203.0.113.9\r\n",
        "PROXY TCP4 no-address 10.0.0.2 4711 8080\r\n",
        "PROXY TCP4 203.0.113.9 10.0.0.2 4711 99999\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000a client that speaks TLS at once\r\n",
      })
  void withoutAValidOneTheConnectionIsClosed(String text) {
    receive(text);
    assertThat(channel.isOpen()).isFalse();
    assertThat(rest()).isEmpty();
    assertThat(refusals.count(ProxyRefusals.Reason.INVALID)).isEqualTo(1);
    assertThat(refusals.count(ProxyRefusals.Reason.TIMEOUT)).isZero();
  }

  @Test
  void onesWithoutEndAreClosed() {
    receive("PROXY " + "x".repeat(200));
    assertThat(channel.isOpen()).isFalse();
    assertThat(refusals.count(ProxyRefusals.Reason.INVALID)).isEqualTo(1);
  }

  @Test
  void tornOnesAreClosedInTime() {
    receive(V1.substring(0, 20));
    channel.advanceTimeBy(ProxyHeader.MOST_MILLIS - 1, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    channel.advanceTimeBy(2, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(refusals.count(ProxyRefusals.Reason.TIMEOUT)).isEqualTo(1);
  }

  @Test
  void wholeOnesHaveNoTimeLimit() {
    receive(V1);
    channel.advanceTimeBy(1, TimeUnit.HOURS);
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
    assertThat(refusals.count(ProxyRefusals.Reason.TIMEOUT)).isZero();
  }

  @Test
  void anAnnouncedClientsWordCountsForNothing() {
    receive(V1);
    assertThat(shown(peer.client(forwardedFor("198.51.100.1")))).isEqualTo("203.0.113.9");
  }

  @Test
  void anAnnouncedProxysWordCounts() {
    receive("PROXY TCP4 10.7.7.7 10.0.0.2 4711 8080\r\n");
    assertThat(shown(peer.client(forwardedFor("198.51.100.1")))).isEqualTo("198.51.100.1");
  }

  private static HttpHeaders forwardedFor(String address) {
    return new DefaultHttpHeaders().add("x-forwarded-for", address);
  }
}
