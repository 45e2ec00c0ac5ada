package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.gateway.upstream.Connector;
import io.netty.channel.ChannelHandlerContext;
import java.net.ConnectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A provider on fake connections: what it does with each request is scripted, request by request.
 */
public final class FakeProvider implements Connector {
  /** What becomes of an attempt to connect. */
  public enum Connecting {
    /** A connection. */
    ACCEPTED,

    /** No connection, at once. */
    REFUSED,

    /** Nothing is ever heard. */
    SILENT
  }

  private final TestGateway gateway;
  private final Queue<Consumer<ProviderCall>> script = new ArrayDeque<>();
  private final Queue<Connecting> connecting = new ArrayDeque<>();
  private final List<ProviderCall> calls = new ArrayList<>();
  private final List<FakeChannel> connections = new ArrayList<>();
  private int pending;
  private Consumer<ProviderCall> otherwise = ProviderCall::greet;

  FakeProvider(TestGateway gateway) {
    this.gateway = gateway;
  }

  /** The next request without a script of its own is handled so. */
  public FakeProvider next(Consumer<ProviderCall> handled) {
    script.add(handled);
    return this;
  }

  /** Requests that have no script are handled so; at first with {@link ProviderCall#greet}. */
  public FakeProvider otherwise(Consumer<ProviderCall> handled) {
    otherwise = handled;
    return this;
  }

  /** The next attempt to connect comes to this; without a word it is accepted. */
  public FakeProvider nextConnect(Connecting outcome) {
    connecting.add(outcome);
    return this;
  }

  /** All requests that have come whole, in their order. */
  public List<ProviderCall> calls() {
    return List.copyOf(calls);
  }

  /** The last request that has come whole. */
  public ProviderCall lastCall() {
    return calls.getLast();
  }

  /** Connections that were ever made. */
  public int connections() {
    return connections.size();
  }

  /** Connections that are open. */
  public long openConnections() {
    return connections.stream().filter(FakeChannel::isOpen).count();
  }

  /** Connections being made, and open ones with a request whose answer is not whole. */
  long busyConnections() {
    return pending + calls.stream().filter(call -> !call.isOver()).count();
  }

  /** Closes connections that carry no request, as providers do after a while. */
  public void closeIdle() {
    connections.stream()
        .filter(channel -> calls.stream().noneMatch(call -> call.isOn(channel) && !call.isOver()))
        .forEach(FakeChannel::end);
    gateway.settle();
  }

  @Override
  public Pending connect(
      long nanos, BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected) {
    Connecting outcome = connecting.poll();
    boolean[] cancelled = {false};
    pending++;
    gateway
        .loop()
        .execute(() -> {
          if (!cancelled[0] && outcome != Connecting.SILENT) {
            pending--;
            tell(outcome, connected);
          }
        });
    return () -> {
      pending -= cancelled[0] ? 0 : 1;
      cancelled[0] = true;
    };
  }

  private void tell(
      @Nullable Connecting outcome,
      BiConsumer<@Nullable ChannelHandlerContext, @Nullable Throwable> connected) {
    if (outcome == Connecting.REFUSED) {
      connected.accept(null, new ConnectException("Connection refused"));
    } else {
      connected.accept(accept().last(), null);
    }
  }

  private FakeChannel accept() {
    FakeChannel channel = gateway.channel();
    connections.add(channel);
    ProviderConnection connection = new ProviderConnection(gateway, channel, this::handle);
    channel.whenWritten(connection::read);
    return channel;
  }

  private void handle(ProviderCall call) {
    calls.add(call);
    Consumer<ProviderCall> scripted = script.poll();
    (scripted == null ? otherwise : scripted).accept(call);
  }
}
