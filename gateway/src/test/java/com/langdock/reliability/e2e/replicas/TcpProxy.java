package com.langdock.reliability.e2e.replicas;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A way to a server that can be delayed, frozen and cut, and can lose an answer. */
public final class TcpProxy implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;
  private static final long POLL_MILLIS = 2;

  private final ServerSocket listening;
  private final InetSocketAddress server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicReference<String> loseAnswerTo = new AtomicReference<>("");
  private volatile boolean frozen;
  private volatile boolean cut;
  private volatile long delayMillis;
  private volatile boolean closed;

  /** A way to a server on this machine. */
  public TcpProxy(int port) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The port that clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** How many connections were accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** Accepts, and passes nothing on in either direction. */
  public void freeze() {
    frozen = true;
  }

  /** Passes on what the server says only after so long. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Ends all connections, and each new one at once. */
  public void cut() {
    cut = true;
    open.forEach(TcpProxy::end);
  }

  /** The next time that a client says {@code text}, its connection ends before the answer. */
  public void loseAnswerTo(String text) {
    loseAnswerTo.set(text);
  }

  /** Whether the answer that was to be lost still is to be. */
  public boolean hasToLose() {
    return !loseAnswerTo.get().isEmpty();
  }

  /** Passes everything on again. */
  public void heal() {
    frozen = false;
    cut = false;
    delayMillis = 0;
    loseAnswerTo.set("");
  }

  private void accept() {
    while (!closed) {
      try {
        Socket client = listening.accept();
        accepted.incrementAndGet();
        open.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    Socket to = new Socket();
    try {
      awaitThaw();
      if (cut) {
        end(client);
        return;
      }
      client.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      to.connect(server);
      open.add(to);
      Thread.ofVirtual().start(() -> copy(client, to, true));
      copy(to, client, false);
    } catch (IOException | InterruptedException failed) {
      end(client);
      end(to);
    }
  }

  private void awaitThaw() throws InterruptedException {
    while (frozen && !closed && !cut) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private void copy(Socket from, Socket to, boolean asks) {
    byte[] bytes = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(bytes);
      while (read >= 0) {
        awaitThaw();
        if (!asks && delayMillis > 0) {
          Thread.sleep(delayMillis);
        }
        boolean loses = asks && isToLose(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
        if (loses) {
          from.shutdownOutput(); // No answer gets through.
        }
        out.write(bytes, 0, read);
        out.flush();
        if (loses) {
          Thread.sleep(100); // The server works on it meanwhile.
          return;
        }
        read = in.read(bytes);
      }
    } catch (IOException | InterruptedException ended) {
      // One side has ended; the other one ends too.
    } finally {
      end(from);
      end(to);
    }
  }

  private boolean isToLose(String said) {
    String text = loseAnswerTo.get();
    return !text.isEmpty() && said.contains(text) && loseAnswerTo.compareAndSet(text, "");
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      // It has.
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      listening.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    open.forEach(TcpProxy::end);
  }
}
