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

/** A provider on fake connections. A script handles each request. */
public final class FakeProvider implements Connector {
  /** The outcome of an attempt to connect. */
  public enum Connecting {
    /** The connection is accepted. */
    ACCEPTED,

    /** The connection is refused at once. */
    REFUSED,

    /** There is never a reply. */
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

  /** Adds a script for the next request without one. */
  public FakeProvider next(Consumer<ProviderCall> handled) {
    script.add(handled);
    return this;
  }

  /** Sets the handler of requests without a script; the default is {@link ProviderCall#greet}. */
  public FakeProvider otherwise(Consumer<ProviderCall> handled) {
    otherwise = handled;
    return this;
  }

  /** Sets the outcome of the next attempt to connect; the default is accepted. */
  public FakeProvider nextConnect(Connecting outcome) {
    connecting.add(outcome);
    return this;
  }

  /** All completely received requests, in order. */
  public List<ProviderCall> calls() {
    return List.copyOf(calls);
  }

  /** The last completely received request. */
  public ProviderCall lastCall() {
    return calls.getLast();
  }

  /** The number of all connections so far. */
  public int connections() {
    return connections.size();
  }

  /** The number of open connections. */
  public long openConnections() {
    return connections.stream().filter(FakeChannel::isOpen).count();
  }

  /** The number of connections that are being opened or have an unfinished answer. */
  long busyConnections() {
    return pending + calls.stream().filter(call -> !call.isOver()).count();
  }

  /** Closes idle connections, as providers do after some time. */
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
            complete(outcome, connected);
          }
        });
    return () -> {
      pending -= cancelled[0] ? 0 : 1;
      cancelled[0] = true;
    };
  }

  private void complete(
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
