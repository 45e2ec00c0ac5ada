package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

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
  void beyondLoopbackWithoutATokenListsAreRefusedAndChangesAreOff() {
    try (GatewayFixture fixture = open(", host: 0.0.0.0")) {
      for (String path : List.of("/api/requests", "/api/requests/req_1", "/api/live", "/api/x/y")) {
        int status = path.equals("/api/x/y") ? 404 : 403;
        assertThat(get(fixture, path).status()).as(path).isEqualTo(status);
      }
      Reply change = put(fixture, "/api/log-level", "{\"level\":\"debug\"}");
      assertThat(change.status()).isEqualTo(403);
      assertThat(change.error().path("code").asString()).isEqualTo("admin_token_required");
      assertThat(change.error().path("message").asString()).contains("observability.admin_token");
      for (String path : List.of("/", "/ui/app.js", "/health", "/metrics")) {
        assertThat(fixture.send(to(fixture, path).build()).statusCode()).as(path).isEqualTo(200);
      }
    }
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
