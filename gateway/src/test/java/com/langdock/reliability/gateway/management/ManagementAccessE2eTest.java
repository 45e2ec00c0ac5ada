package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may do what on the management port, and how much of it one client may take. */
@Tag("e2e")
final class ManagementAccessE2eTest {
  private static final String TOKEN = "0123456789-admin-token";
  private static final int TIMEOUT_MILLIS = 10_000;

  private static GatewayFixture open(String observability) {
    return GatewayFixture.open(
        GatewayFixture.with(
            "observability: {metrics_port: 0, log_level: error" + observability + "}"));
  }

  private static HttpRequest.Builder to(GatewayFixture fixture, String path, String... headers) {
    URI url = URI.create("http://127.0.0.1:" + fixture.gateway.managementPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static Reply get(GatewayFixture fixture, String path, String... headers) {
    return Reply.of(fixture.send(to(fixture, path, headers).build()));
  }

  private static Reply put(GatewayFixture fixture, String path, String body, String... headers) {
    return Reply.of(
        fixture.send(
            to(fixture, path, headers)
                .header("content-type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build()));
  }

  @Test
  void aProxyOnThisMachineDoesNotMakeItsClientsLocal() {
    try (GatewayFixture fixture = open("")) {
      for (String header : List.of("x-forwarded-for", "forwarded", "x-real-ip")) {
        for (String path : List.of("/api/requests", "/api/live", "/metrics")) {
          Reply refused = get(fixture, path, header, "10.0.0.7");
          assertThat(refused.status()).as(path).isEqualTo(403);
          assertThat(refused.error().path("code").asString()).isEqualTo("admin_token_required");
          assertThat(refused.error().path("message").asString()).contains("management.tokens");
        }
        Reply change = put(fixture, "/api/log-level", "{\"level\":\"debug\"}", header, "10.0.0.7");
        assertThat(change.status()).isEqualTo(403);
      }
      for (String path : List.of("/", "/ui/app.js", "/health", "/metrics", "/api/requests")) {
        assertThat(fixture.send(to(fixture, path).build()).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void eachRoleMayDoItsPart() {
    String client = "sk-lg-a-client-key-of-this-gateway";
    String reader = "at-lg-a-token-that-may-only-read";
    String settings =
        GatewayFixture.SHORT_TIMES
            + """
            management:
              tokens: [{name: boss, role: admin, hash: '%s'}, {name: ci, role: read, hash: '%s'}]
            client_keys: {keys: [{name: c, hash: '%s'}]}
            """
                .formatted(
                    KeyHash.of(TOKEN).text(), KeyHash.of(reader).text(), KeyHash.of(client).text());
    try (GatewayFixture fixture = GatewayFixture.open(settings)) {
      for (String path : List.of("/api/requests", "/api/providers", "/metrics")) {
        assertThat(get(fixture, path).status()).as(path).isEqualTo(401);
        String[] asClient = {"authorization", "Bearer " + client};
        assertThat(get(fixture, path, asClient).status()).as(path).isEqualTo(401);
        String[] asReader = {"authorization", "Bearer " + reader};
        HttpRequest read = to(fixture, path, asReader).build();
        assertThat(fixture.send(read).statusCode()).as(path).isEqualTo(200);
      }
      String level = "{\"level\":\"error\"}";
      Reply refused = put(fixture, "/api/log-level", level, "authorization", "Bearer " + reader);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.error().path("code").asString()).isEqualTo("admin_role_required");
      assertThat(put(fixture, "/api/log-level", level, "authorization", "Bearer " + TOKEN).status())
          .isEqualTo(200);
      assertThat(dataPort(fixture, reader)).isEqualTo(401);
      assertThat(dataPort(fixture, TOKEN)).isEqualTo(401);
      assertThat(dataPort(fixture, client)).isEqualTo(200);
      assertThat(fixture.openai.requests()).isEmpty();
    }
  }

  private static int dataPort(GatewayFixture fixture, String key) {
    URI models = URI.create("http://127.0.0.1:" + fixture.gateway.port() + "/v1/models");
    return fixture
        .send(HttpRequest.newBuilder(models).header("authorization", "Bearer " + key).build())
        .statusCode();
  }

  @Test
  void aTokenIsRequiredForEverythingButHealthAndTheFiles() {
    try (GatewayFixture fixture = open(", host: 0.0.0.0, admin_token: " + TOKEN)) {
      String[] right = {"authorization", "Bearer " + TOKEN};
      for (String path : List.of("/api/requests", "/api/providers", "/metrics")) {
        assertThat(get(fixture, path).status()).as(path).isEqualTo(401);
        assertThat(get(fixture, path, "authorization", "Bearer x").status()).isEqualTo(401);
        assertThat(fixture.send(to(fixture, path, right).build()).statusCode()).isEqualTo(200);
      }
      assertThat(put(fixture, "/api/log-level", "{\"level\":\"error\"}").status()).isEqualTo(401);
      assertThat(put(fixture, "/api/log-level", "{\"level\":\"error\"}", right).status())
          .isEqualTo(200);
      assertThat(get(fixture, "/health").status()).isEqualTo(200);
      assertThat(
              fixture
                  .send(to(fixture, "/api/requests").build())
                  .headers()
                  .firstValue("www-authenticate"))
          .contains("Bearer realm=\"gateway\"");
    }
  }

  @Test
  void aPageOfAnotherSiteCannotReadTheJournal() {
    try (GatewayFixture fixture = open("")) {
      Reply refused = get(fixture, "/api/requests?model=nobody", "sec-fetch-site", "cross-site");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.error().path("code").asString()).isEqualTo("cross_site");
      assertThat(get(fixture, "/api/requests", "sec-fetch-site", "same-origin").status())
          .isEqualTo(200);
    }
  }

  @Test
  void halfSentHeadsBlockNobody() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try (GatewayFixture fixture = open("")) {
      for (int i = 0; i < ManagementServer.MOST_CONNECTIONS + 20; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), fixture.gateway.managementPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream().write("GET /hea".getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
      }
      assertThat(get(fixture, "/health").status()).isEqualTo(200);
      assertThat(sockets.getFirst().getInputStream().read()).as("closed").isEqualTo(-1);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
