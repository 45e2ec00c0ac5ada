package com.langdock.reliability.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

final class HandshakesTest {
  private final Handshakes handshakes = new Handshakes(2);
  private final Channel one = new EmbeddedChannel();
  private final Channel two = new EmbeddedChannel();
  private final Channel three = new EmbeddedChannel();

  @Test
  void forOneTooManyTheOldestIsEnded() {
    assertThat(handshakes.begin(one)).isNull();
    assertThat(handshakes.begin(two)).isNull();
    assertThat(handshakes.begin(three)).isSameAs(one);
    assertThat(handshakes.open()).isEqualTo(2);
    assertThat(handshakes.failed(HandshakeFailure.CROWDED)).isEqualTo(1);
    handshakes.end(one, new ClosedChannelException());
    assertThat(handshakes.failed(HandshakeFailure.CLOSED)).isZero();
  }

  @Test
  void thoseThatAreDoneMakeRoom() {
    handshakes.begin(one);
    handshakes.begin(two);
    handshakes.end(one, null);
    assertThat(handshakes.begin(three)).isNull();
    for (HandshakeFailure how : HandshakeFailure.values()) {
      assertThat(handshakes.failed(how)).isZero();
    }
  }

  @Test
  void failuresAreCountedByKind() {
    handshakes.begin(one);
    handshakes.end(one, new SslHandshakeTimeoutException("late"));
    handshakes.begin(one);
    handshakes.end(one, new ClosedChannelException());
    handshakes.begin(one);
    handshakes.end(one, new SSLException("no"));
    assertThat(handshakes.failed(HandshakeFailure.TIMEOUT)).isEqualTo(1);
    assertThat(handshakes.failed(HandshakeFailure.CLOSED)).isEqualTo(1);
    assertThat(handshakes.failed(HandshakeFailure.FAILED)).isEqualTo(1);
    assertThat(handshakes.open()).isZero();
  }
}
