package com.langdock.reliability.e2e.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy: CONNECT opens a tunnel, an absolute URL is forwarded. Records the request heads.
 */
final class ProxyServer implements AutoCloseable {
  /** The request heads in order. */
  final List<String> heads = new CopyOnWriteArrayList<>();

  private final RawServer server;
  private final String refusal;
  private final String login;

  /** A proxy that serves every client. */
  ProxyServer() throws IOException {
    this("");
  }

  /** A proxy that answers every request with {@code refusal} unless it is empty. */
  ProxyServer(String refusal) throws IOException {
    this(refusal, "");
  }

  private ProxyServer(String refusal, String login) throws IOException {
    this.refusal = refusal;
    this.login = login;
    this.server = new RawServer(this::serve);
  }

  /** A proxy that serves those who send the header Proxy-Authorization with {@code login}. */
  static ProxyServer withLogin(String login) throws IOException {
    return new ProxyServer("", login);
  }

  String address() {
    return URI.create(server.url()).getAuthority();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(InputStream in, Socket client) throws IOException {
    byte[] bytes = RawServer.readHeadText(in).getBytes(StandardCharsets.ISO_8859_1);
    String head = new String(bytes, StandardCharsets.UTF_8);
    heads.add(head);
    if (!refusal.isEmpty()) {
      RawServer.write(client, refusal);
      return;
    }
    if (!head.contains(login)) {
      RawServer.write(
          client,
          "HTTP/1.1 407 Login\r\nproxy-authenticate: Basic realm=p\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    String[] line = head.split(" ", 3);
    URI target = URI.create(line[0].equals("CONNECT") ? "http://" + line[1] : line[1]);
    try (Socket provider = new Socket(target.getHost(), target.getPort())) {
      if (line[0].equals("CONNECT")) {
        RawServer.write(client, "HTTP/1.1 200 Connection established\r\nvia: 1.1 p\r\n\r\n");
      } else {
        String path = target.getRawPath();
        String forwarded = head.replaceFirst("\\S+ HTTP", path + " HTTP");
        RawServer.write(provider, forwarded);
      }
      Thread.ofVirtual().start(() -> copy(in, provider));
      provider.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static void copy(InputStream in, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException closed) {
      // one of the two sides has closed
    }
  }
}
