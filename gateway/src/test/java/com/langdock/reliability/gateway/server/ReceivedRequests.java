package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.loop.BodyArrays;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** Creates requests as the decoder does. */
public final class ReceivedRequests {
  private ReceivedRequests() {}

  /** The request of these lines, from a client at {@code address}. */
  public static ClientRequest of(String address, String... lines) {
    FakeHandler handler = new FakeHandler();
    EmbeddedChannel channel = channelTo(address);
    ClientConnection connection =
        new ClientConnection(
            new ConnectionContext(
                handler,
                new ManualTicker(),
                new BodyArrays(1 << 20),
                () -> TrustedProxies.NONE,
                thrown -> {}),
            channel);
    channel.pipeline().addLast(connection.decoder(), connection);
    channel.writeInbound(
        Unpooled.copiedBuffer(String.join("\r\n", lines) + "\r\n\r\n", StandardCharsets.US_ASCII));
    return handler.requests.getFirst();
  }

  private static EmbeddedChannel channelTo(String address) {
    return new EmbeddedChannel() {
      @Override
      protected SocketAddress remoteAddress0() {
        try {
          return new InetSocketAddress(InetAddress.getByName(address), 1234);
        } catch (UnknownHostException notAnAddress) {
          throw new AssertionError(notAnAddress);
        }
      }
    };
  }
}
