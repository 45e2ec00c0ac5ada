package com.langdock.reliability.e2e.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server: delays what the server says, freezes, or cuts. */
final class TcpProxy implements AutoCloseable {
  private static final int CHUNK = 16_384;

  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger chunks = new AtomicInteger();
  private final int target;
  private volatile long delayMillis;
  private volatile boolean frozen;
  private volatile boolean refusing;

  TcpProxy(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Everything that the server says comes so much later. */
  void delay(long millis) {
    delayMillis = millis;
  }

  /** Whether nothing is passed on, though connections stay open and new ones are taken. */
  void freeze(boolean now) {
    frozen = now;
  }

  /** Closes all connections; as long as {@code stays}, new ones too. */
  void cut(boolean stays) {
    refusing = stays;
    sockets.forEach(TcpProxy::close);
    sockets.clear();
  }

  /** How many pieces came from the client. */
  int chunks() {
    return chunks.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        if (refusing) {
          close(client);
        } else {
          Thread.ofVirtual().start(() -> join(client));
        }
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void join(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(server);
      Thread.ofVirtual().start(() -> pass(client, server, false));
      pass(server, client, true);
    } catch (IOException away) {
      close(client);
    }
  }

  private void pass(Socket from, Socket to, boolean ofServer) {
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (ofServer) {
          Thread.sleep(delayMillis);
        } else {
          chunks.incrementAndGet();
        }
        while (frozen) {
          Thread.sleep(5);
        }
        out.write(chunk, 0, read);
        out.flush();
      }
    } catch (SocketException cut) {
      // As wanted.
    } catch (IOException | InterruptedException broken) {
      close(from);
    } finally {
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // It is not used any more.
    }
  }

  @Override
  public void close() throws IOException {
    frozen = false;
    listening.close();
    cut(true);
  }
}
