package com.langdock.reliability.e2e.shared;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers every command as a sentinel does that is asked for the master. */
final class FakeSentinel implements AutoCloseable {
  private final ServerSocket listening;
  private volatile int master;

  FakeSentinel(int master) {
    this.master = master;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** The setting that names it. */
  String address() {
    return "redis: 'redis://127.0.0.1:" + listening.getLocalPort() + "?sentinel=main'";
  }

  /** Another one is the master. */
  void master(int port) {
    master = port;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void answer(Socket client) {
    try (client;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int rest = 2 * Integer.parseInt(line.substring(1));
        for (int i = 0; i < rest; i++) {
          lines.readLine();
        }
        String port = Integer.toString(master);
        String reply = "*2\r\n$9\r\n127.0.0.1\r\n$%d\r\n%s\r\n".formatted(port.length(), port);
        client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException closed) {
      // It has what it wanted.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
