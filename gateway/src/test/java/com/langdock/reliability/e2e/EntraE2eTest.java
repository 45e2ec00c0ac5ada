package com.langdock.reliability.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider at Azure with a token of Entra ID. */
@Tag("e2e")
class EntraE2eTest {
  @Test
  void asksForATokenOnceAndSendsItWithEachRequest() throws IOException {
    List<String> logins = new CopyOnWriteArrayList<>();
    List<String> sent = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean isLogin = exchange.getRequestURI().getPath().endsWith("/oauth2/v2.0/token");
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          if (isLogin) {
            logins.add(exchange.getRequestURI().getPath() + " " + body);
          } else {
            sent.add(exchange.getRequestHeaders().getFirst("authorization"));
          }
          byte[] answer =
              (isLogin
                      ? "{\"access_token\":\"t0ken\",\"expires_in\":3600}"
                      : "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
                          + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}]}")
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().add("content-type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    try (GatewayFixture fixture =
        GatewayFixture.of(
            GatewayFixture.SHORT_TIMES,
            opened ->
                """
                providers:
                  - name: azure
                    base_url: "%1$s"
                    entra: {tenant: t, client_id: c, client_secret: "s+1", authority: "%1$s"}
                    models: {sky: mine}
                """
                    .formatted(url))) {
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
      fixture.ask(GatewayFixture.chat("sky")).isAnsweredBy("azure");
    } finally {
      server.stop(0);
    }
    assertThat(logins)
        .containsExactly(
            "/t/oauth2/v2.0/token grant_type=client_credentials&client_id=c"
                + "&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default"
                + "&client_secret=s%2B1");
    assertThat(sent).containsExactly("Bearer t0ken", "Bearer t0ken");
  }
}
