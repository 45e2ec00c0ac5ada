package com.langdock.reliability.e2e.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who may change keys, and what metrics tell of them. */
@Tag("e2e")
class KeysAccessE2eTest {
  private static KeysFixture fixture;

  @BeforeAll
  static void start() {
    fixture = KeysFixture.open();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static void isError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
    assertThat(reply.json().at("/error/code").asString("")).isEqualTo(code);
  }

  @Test
  void byRoleOnly() {
    for (String path : new String[] {"/api/keys", "/api/teams", "/api/keys/key:x/rotate"}) {
      assertThat(fixture.status("POST", path, KeysFixture.READER)).isEqualTo(403);
      assertThat(fixture.status("POST", path, "at-lg-wrong")).isEqualTo(401);
      assertThat(fixture.status("POST", path, KeysFixture.FILED)).isEqualTo(401);
    }
    assertThat(fixture.status("DELETE", "/api/keys/key:x", KeysFixture.READER)).isEqualTo(403);
    assertThat(fixture.status("PATCH", "/api/keys/key:x", KeysFixture.READER)).isEqualTo(403);
    assertThat(fixture.get("/api/keys").status()).isEqualTo(200);
    fixture.ask(KeysFixture.BOSS).isError(401, "invalid_api_key");
    assertThat(fixture.status("PUT", "/api/keys", KeysFixture.BOSS)).isEqualTo(405);
  }

  @Test
  void onlyInJsonAndOnlyWhereTokensAreSet() {
    assertThat(fixture.status("POST", "/api/keys", KeysFixture.BOSS, "text/plain")).isEqualTo(415);
    assertThat(fixture.post("/api/keys", "{\"name\":\"" + "x".repeat(70_000) + "\"}").status())
        .isEqualTo(413);
    String open = GatewayFixture.SHORT_TIMES + "client_keys: {}\n";
    try (GatewayFixture without = GatewayFixture.open(open)) {
      assertThat(without.manage("/api/keys").status()).isEqualTo(200);
      Reply refused = post(without, "/api/keys");
      isError(refused, 403, "admin_token_required");
    }
    try (GatewayFixture without = GatewayFixture.open()) {
      isError(post(without, "/api/keys"), 409, "client_keys_off");
    }
  }

  @Test
  void aTokenIsToldWhatItMayDo() {
    JsonNode boss = fixture.get("/api/token").json();
    assertThat(boss.path("token").asString("")).isEqualTo("boss");
    assertThat(boss.path("role").asString("")).isEqualTo("admin");
    assertThat(boss.path("may_change_keys").asBoolean()).isTrue();
    assertThat(boss.path("keys_refused").isNull()).isTrue();
    JsonNode reader = fixture.asReader("/api/token").json();
    assertThat(reader.path("role").asString("")).isEqualTo("read");
    assertThat(reader.path("may_change").asBoolean(true)).isFalse();
    assertThat(reader.path("may_change_keys").asBoolean(true)).isFalse();
    try (GatewayFixture without = GatewayFixture.open()) {
      JsonNode anybody = without.manage("/api/token").json();
      assertThat(anybody.path("may_change").asBoolean()).isTrue();
      assertThat(anybody.path("may_change_keys").asBoolean(true)).isFalse();
      assertThat(anybody.path("keys_refused").asString("")).contains("client_keys");
    }
  }

  private Reply post(GatewayFixture gateway, String path) {
    URI url = URI.create("http://127.0.0.1:" + gateway.gateway.managementPort() + path);
    return Reply.of(
        gateway.send(
            HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"x\"}"))
                .build()));
  }

  @Test
  void theyAreCountedByStateAndNotByName() {
    assertThat(fixture.gateway.metric("gateway_keys", Map.of("source", "file", "state", "active")))
        .isEqualTo(1);
    assertThat(fixture.gateway.metric("gateway_keys_stale_seconds", Map.of())).isLessThan(5);
    assertThat(fixture.gateway.openMetrics()).doesNotContain("key:");
  }
}
