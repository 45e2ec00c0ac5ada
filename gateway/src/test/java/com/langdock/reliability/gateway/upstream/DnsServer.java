package com.langdock.reliability.gateway.upstream;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server on loopback with configurable answers, each with a time to live of an hour. */
final class DnsServer implements AutoCloseable {
  static final int SERVFAIL = 2;
  static final int NXDOMAIN = 3;
  private static final int TTL_SECONDS = 3600;
  private static final int HEADER = 12;
  private static final int TYPE_A = 1;
  private static final int TYPE_AAAA = 28;

  /** The received queries. */
  final AtomicInteger questions = new AtomicInteger();

  private final DatagramSocket socket;
  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
  private volatile int code;
  private volatile boolean silent;

  DnsServer() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  /** Sets the addresses of {@code name}. */
  DnsServer with(String name, String... addresses) {
    names.put(name, List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
    return this;
  }

  /** Answers every query with this error from now on. */
  DnsServer failing(int error) {
    code = error;
    return this;
  }

  /** Answers no query from now on. */
  DnsServer silent() {
    silent = true;
    return this;
  }

  DnsServerAddressStreamProvider servers() {
    return new SingletonDnsServerAddressStreamProvider(
        (InetSocketAddress) socket.getLocalSocketAddress());
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    byte[] buffer = new byte[1024];
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        socket.receive(question);
        questions.incrementAndGet();
        if (!silent) {
          byte[] answer = answer(ByteBuffer.wrap(buffer, 0, question.getLength()));
          socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // the test has ended
    }
  }

  private byte[] answer(ByteBuffer question) {
    short id = question.getShort(0);
    question.position(HEADER);
    StringBuilder name = new StringBuilder();
    for (int length = question.get(); length > 0; length = question.get()) {
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    int type = question.getShort();
    int end = question.position() + Short.BYTES;
    List<InetAddress> known = names.getOrDefault(name.toString(), List.of());
    List<byte[]> addresses =
        known.stream()
            .map(InetAddress::getAddress)
            .filter(address -> type == (address.length == 4 ? TYPE_A : TYPE_AAAA))
            .toList();
    int error = names.containsKey(name.toString()) ? code : code == 0 ? NXDOMAIN : code;
    ByteBuffer answer = ByteBuffer.allocate(1024);
    answer.putShort(id).putShort((short) (0x8180 | error)).putShort((short) 1);
    answer.putShort((short) addresses.size()).putShort((short) 0).putShort((short) 0);
    answer.put(question.slice(HEADER, end - HEADER));
    for (byte[] address : addresses) {
      answer.putShort((short) 0xC00C).putShort((short) type).putShort((short) 1);
      answer.putInt(TTL_SECONDS).putShort((short) address.length).put(address);
    }
    byte[] bytes = new byte[answer.position()];
    answer.get(0, bytes);
    return bytes;
  }
}
