package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A provider with TLS and a self-signed certificate. */
final class TlsServer implements AutoCloseable {
  static final String PASSWORD = "changeit";
  private static final List<String> SELF_SIGNED =
      List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=provider", "-validity", "2");

  /** The HTTP requests received. */
  final AtomicInteger requests = new AtomicInteger();

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  /** A server with the certificate in {@code keys}. */
  TlsServer(Path keys) {
    this(options(keys));
  }

  /** A server that requires a client certificate signed by {@code ca}. */
  TlsServer(Path keys, Path ca) {
    this(
        options(keys)
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
  }

  private static HttpServerOptions options(Path keys) {
    return new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
  }

  private TlsServer(HttpServerOptions options) {
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> {
              requests.incrementAndGet();
              request.response().putHeader("content-type", "application/json");
              request.response().end(RawServer.ANSWER);
            })
            .listen(0, "127.0.0.1")
            .await();
  }

  String url() {
    return "https://127.0.0.1:" + port() + "/v1";
  }

  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /** Creates a key and a certificate for {@code names}, such as {@code ip:127.0.0.1}. */
  static Path keys(Path folder, String names) throws IOException, InterruptedException {
    Path file = folder.resolve("keys.p12");
    List<String> here =
        List.of("-ext", "san=" + names, "-storepass", PASSWORD, "-keystore", file.toString());
    keytool(Stream.of(SELF_SIGNED, here).flatMap(List::stream));
    return file;
  }

  /** The certificate in {@code keys}, as a PEM file beside it. */
  static Path certificate(Path keys) throws IOException, InterruptedException {
    Path file = keys.resolveSibling("certificate.pem");
    List<String> options =
        List.of("-exportcert", "-rfc", "-storepass", PASSWORD, "-keystore", keys.toString());
    keytool(Stream.concat(options.stream(), Stream.of("-file", file.toString())));
    return file;
  }

  private static void keytool(Stream<String> options) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = Stream.concat(Stream.of(keytool), options).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
