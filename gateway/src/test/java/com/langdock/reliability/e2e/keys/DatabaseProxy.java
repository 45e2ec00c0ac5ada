package com.langdock.reliability.e2e.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a gateway and its database: lets bytes through, freezes them, or cuts. */
final class DatabaseProxy implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isFrozen;
  private volatile boolean isCut;
  private volatile boolean isClosed;

  /** A proxy of the database on that port of this machine. */
  DatabaseProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** The address for a configuration. */
  String url() {
    return "postgresql://postgres@127.0.0.1:" + server.getLocalPort() + "/postgres";
  }

  /** Accepts and says nothing from now on. */
  void freeze(boolean frozen) {
    isFrozen = frozen;
  }

  /** Closes all connections, and refuses new ones, from now on. */
  void cut(boolean cut) {
    isCut = cut;
    if (cut) {
      sockets.forEach(DatabaseProxy::close);
    }
  }

  private void accept() {
    while (!isClosed) {
      try {
        Socket client = server.accept();
        if (isCut) {
          close(client);
          continue;
        }
        Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(database);
        Thread.ofVirtual().start(() -> copy(client, database));
        Thread.ofVirtual().start(() -> copy(database, client));
      } catch (IOException ended) {
        // The proxy is closed, or the database is not there.
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] bytes = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        while (isFrozen && !isClosed) {
          Thread.sleep(5);
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException | InterruptedException ended) {
      // One of the two has closed the connection.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is closed.
    }
  }

  @Override
  public void close() {
    isClosed = true;
    cut(true);
    try {
      server.close();
    } catch (IOException ignored) {
      // It is closed.
    }
  }
}
