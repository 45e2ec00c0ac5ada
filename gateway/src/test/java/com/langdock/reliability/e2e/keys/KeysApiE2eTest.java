package com.langdock.reliability.e2e.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.StreamReply;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Stored keys from their creation to their end: what operators, clients and providers see. */
@Tag("e2e")
class KeysApiE2eTest {
  private static KeysFixture fixture;

  @BeforeAll
  static void start() {
    fixture = KeysFixture.open();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    fixture.gateway.openai.reset();
    fixture.gateway.anthropic.reset();
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asString("");
  }

  private static String path(JsonNode key) {
    return "/api/keys/" + text(key, "id");
  }

  private static long version(JsonNode json) {
    return json.path("version").asLong();
  }

  private static Reply isError(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
    assertThat(reply.json().at("/error/code").asString("")).isEqualTo(code);
    assertThat(reply.json().at("/error/message").asString("")).isNotBlank();
    return reply;
  }

  @Nested
  class Created {
    @Test
    void itWorksAtOnceAndIsShownThisOnce() {
      JsonNode made =
          fixture.create("{\"name\":\"first\",\"owner\":\"ann\",\"metadata\":{\"a\":\"${HOME}\"}}");
      String key = text(made, "key");
      assertThat(key).matches("sk-lg-[a-z2-9]{12}-[0-9A-Za-z]{49}");
      assertThat(text(made, "id")).isEqualTo("key:" + key.substring(6, 18));
      assertThat(text(made, "prefix")).isEqualTo(key.substring(0, 18));
      fixture.ask(key).isAnsweredBy("openai");

      JsonNode shown = fixture.get(path(made)).json();
      assertThat(shown.has("key")).isFalse();
      assertThat(text(shown, "state")).isEqualTo("active");
      assertThat(text(shown, "source")).isEqualTo("store");
      assertThat(text(shown, "owner")).isEqualTo("ann");
      assertThat(shown.at("/metadata/a").asString("")).isEqualTo("${HOME}");
      assertThat(shown.path("models").isNull()).isTrue();
      assertThat(shown.at("/usage/total/requests").asLong()).isEqualTo(1);
      assertThat(fixture.gateway.get("/v1/key").status()).isEqualTo(401);
      String hash = KeyHash.of(key).text().substring(7);
      for (String page : new String[] {path(made), "/api/keys", "/api/audit", "/metrics"}) {
        assertThat(fixture.text(page).body()).doesNotContain(key.substring(19), hash);
      }
    }

    @Test
    void itHasTheRightsAndLimitsThatWereAskedFor() {
      JsonNode made =
          fixture.create(
              "{\"name\":\"small\",\"models\":[\"claude-3-opus\"],\"priority\":\"low\","
                  + "\"limits\":{\"concurrent\":7,\"requests_per_minute\":"
                  + "{\"per_minute\":60,\"burst\":9}},\"quota\":{\"day\":{\"tokens\":5000}},"
                  + "\"budget\":{\"month\":1.25},\"expires_in\":\"1d\"}");
      String key = text(made, "key");
      fixture.ask(key).isError(403, "model_not_allowed");
      assertThat(made.at("/limits/requests_per_minute/burst").asLong()).isEqualTo(9);
      assertThat(made.at("/budget/month").decimalValue()).isEqualByComparingTo("1.25");
      JsonNode shown = fixture.get(path(made)).json();
      assertThat(shown.path("remaining").size()).isEqualTo(4);
      assertThat(shown.path("expires_at").isNull()).isFalse();
    }

    @Test
    void itMayBringTheHashOfAKeyFromElsewhere() {
      String own = "sk-a-key-that-another-gateway-made-for-us";
      String hash = "\"hash\":\"" + KeyHash.of(own).text() + "\"}";
      JsonNode made = fixture.create("{\"name\":\"imported\"," + hash);
      assertThat(made.has("key")).isFalse();
      fixture.ask(own).isAnsweredBy("openai");
      isError(fixture.post("/api/keys", "{\"name\":\"again\"," + hash), 409, "hash_taken");
      String filed = "\"hash\":\"" + KeyHash.of(KeysFixture.FILED).text() + "\"}";
      isError(fixture.post("/api/keys", "{\"name\":\"again\"," + filed), 409, "hash_taken");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {}                                        | name: is required
            {"name":"x y"}                            | name: must be up to 64
            {"name":"x","colour":"red"}               | colour: is not a known key
            {"name":"x","off":true}                   | off: is not a known key
            {"name":"y","team":"nobody"}              | team: there is no such team
            {"name":"x","providers":["nobody"]}       | providers[0]: must be one of
            {"name":"x","limits":{"concurrent":0}}    | limits.concurrent: must be from 1
            {"name":"x","limits":7}                   | limits: must be a section
            {"name":"x","hash":"sk-not-a-hash"}       | hash: must be sha256:
            {"name":"x","expires":"soon"}             | expires: must be a day
            {"name":"x","expires_in":"1d","expires":"2030-01-01"} | expires_in: stands beside
            """)
    void whatIsWrongIsSaid(String body, String message) {
      Reply reply = isError(fixture.post("/api/keys", body), 400, "invalid_value");
      assertThat(reply.json().at("/error/message").asString("")).startsWith(message);
      assertThat(reply.response().body()).doesNotContain("sk-not-a-hash");
      assertThat(reply.json().path("problems").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "\"x\"", ""})
    void itIsOneJsonObject(String body) {
      isError(fixture.post("/api/keys", body), 400, "invalid_json");
    }

    @Test
    void itsNameIsItsOwn() {
      fixture.create("{\"name\":\"taken\"}");
      isError(fixture.post("/api/keys", "{\"name\":\"taken\"}"), 409, "name_taken");
      isError(fixture.post("/api/keys", "{\"name\":\"file-key\"}"), 409, "name_taken");
    }
  }

  @Nested
  class Listed {
    @Test
    void pageByPageByTeamOwnerAndState() {
      fixture.post("/api/teams", "{\"name\":\"listed\"}");
      for (String name : new String[] {"l1", "l2", "l3"}) {
        fixture.create("{\"name\":\"" + name + "\",\"team\":\"listed\",\"owner\":\"o\"}");
      }
      JsonNode first = fixture.get("/api/keys?team=listed&owner=o&limit=2").json();
      assertThat(first.path("keys").size()).isEqualTo(2);
      JsonNode rest =
          fixture
              .get("/api/keys?team=listed&owner=o&limit=2&before=" + text(first, "next_before"))
              .json();
      assertThat(rest.path("keys").size()).isEqualTo(1);
      assertThat(rest.path("next_before").isNull()).isTrue();
      assertThat(
              Stream.of(first.at("/keys/0"), first.at("/keys/1"), rest.at("/keys/0"))
                  .map(key -> text(key, "name")))
          .containsExactlyInAnyOrder("l1", "l2", "l3");
      fixture.delete("/api/keys/" + text(rest.at("/keys/0"), "id"));
      JsonNode revoked = fixture.get("/api/keys?team=listed&state=revoked").json();
      assertThat(revoked.path("keys").size()).isEqualTo(1);
      assertThat(fixture.get("/api/teams/listed").json().path("keys").asLong()).isEqualTo(2);
      assertThat(fixture.get("/api/keys?state=broken").status()).isEqualTo(400);
      assertThat(fixture.get("/api/keys?limit=0").status()).isEqualTo(400);
    }

    @Test
    void keysOfTheFileTooWhichCannotBeChangedHere() {
      JsonNode filed = fixture.get("/api/keys/key:file-key").json();
      assertThat(text(filed, "source")).isEqualTo("file");
      assertThat(text(filed, "team")).isEqualTo("filed");
      isError(fixture.patch("/api/keys/key:file-key", 1, "{\"off\":true}"), 409, "source_file");
      isError(fixture.delete("/api/keys/key%3Afile-key"), 409, "source_file");
      isError(fixture.patch("/api/teams/filed", 1, "{}"), 409, "source_file");
      isError(fixture.post("/api/teams", "{\"name\":\"filed\"}"), 409, "name_taken");
      fixture.ask(KeysFixture.FILED).isAnsweredBy("openai");
      isError(fixture.get("/api/keys/key:nobody"), 404, "not_found");
    }
  }

  @Nested
  class Changed {
    @Test
    void byTheOneWhoReadItLast() {
      JsonNode made = fixture.create("{\"name\":\"two-admins\",\"owner\":\"a\"}");
      isError(fixture.send("PATCH", path(made), "{}"), 428, "precondition_required");
      Reply first = fixture.patch(path(made), version(made), "{\"owner\":\"b\"}");
      assertThat(first.status()).isEqualTo(200);
      isError(fixture.patch(path(made), version(made), "{\"owner\":\"c\"}"), 412, "stale_version");
      assertThat(text(fixture.get(path(made)).json(), "owner")).isEqualTo("b");
      assertThat(first.header("etag")).isEqualTo("\"" + version(first.json()) + "\"");
      String id = text(made, "id");
      JsonNode audit = fixture.get("/api/audit?limit=500").json().path("audit");
      assertThat(
              audit
                  .valueStream()
                  .filter(row -> text(row, "object").equals(id))
                  .map(row -> text(row, "action") + " " + text(row, "result")))
          .containsExactly("change_key stale_version", "change_key done", "create_key done");
      JsonNode done =
          audit
              .valueStream()
              .filter(row -> text(row, "object").equals(id) && text(row, "result").equals("done"))
              .findFirst()
              .orElseThrow();
      assertThat(text(done, "token")).isEqualTo("boss");
      assertThat(done.at("/before/owner").asString("")).isEqualTo("a");
      assertThat(done.at("/after/owner").asString("")).isEqualTo("b");
    }

    @Test
    void atOnceWithWhatWasUsedBefore() {
      JsonNode made = fixture.create("{\"name\":\"quota\",\"quota\":{\"day\":{\"requests\":3}}}");
      String key = text(made, "key");
      fixture.ask(key).isAnsweredBy("openai");
      fixture.ask(key).isAnsweredBy("openai");
      JsonNode lower =
          fixture.patch(path(made), version(made), "{\"quota\":{\"day\":{\"requests\":1}}}").json();
      fixture.ask(key).isError(429, "insufficient_quota");
      JsonNode higher =
          fixture
              .patch(path(made), version(lower), "{\"quota\":{\"day\":{\"requests\":3}}}")
              .json();
      fixture.ask(key).isAnsweredBy("openai");
      fixture.ask(key).isError(429, "insufficient_quota");
      fixture.patch(path(made), version(higher), "{\"quota\":null}");
      fixture.ask(key).isAnsweredBy("openai");
      assertThat(fixture.get(path(made)).json().at("/usage/day/requests").asLong()).isEqualTo(4);
    }

    @Test
    void toOffAndOnAndAnotherTeam() {
      fixture.post("/api/teams", "{\"name\":\"opus\",\"models\":[\"claude-3-opus\"]}");
      JsonNode made = fixture.create("{\"name\":\"switched\"}");
      String key = text(made, "key");
      JsonNode off = fixture.patch(path(made), version(made), "{\"off\":true}").json();
      assertThat(text(off, "state")).isEqualTo("off");
      fixture.ask(key).isError(401, "invalid_api_key");
      JsonNode on = fixture.patch(path(made), version(off), "{\"off\":false}").json();
      fixture.ask(key).isAnsweredBy("openai");
      JsonNode moved = fixture.patch(path(made), version(on), "{\"team\":\"opus\"}").json();
      fixture.ask(key).isError(403, "model_not_allowed");
      JsonNode team = fixture.get("/api/teams/opus").json();
      fixture.patch("/api/teams/team:opus", version(team), "{\"models\":null}");
      fixture.ask(key).isAnsweredBy("openai");
      isError(fixture.delete("/api/teams/opus"), 409, "team_in_use");
      JsonNode ended =
          fixture
              .patch(path(made), version(moved), "{\"team\":null,\"expires\":\"2020-01-01\"}")
              .json();
      assertThat(text(ended, "state")).isEqualTo("expired");
      fixture.ask(key).isError(401, "expired_api_key");
      assertThat(fixture.delete("/api/teams/opus").status()).isEqualTo(200);
      isError(fixture.get("/api/teams/opus"), 404, "not_found");
      assertThat(fixture.post("/api/teams", "{\"name\":\"opus\"}").status()).isEqualTo(201);
    }

    @Test
    void toAnotherSecretWhileTheOldOneWorksForATime() throws InterruptedException {
      JsonNode made = fixture.create("{\"name\":\"rotated\"}");
      String first = text(made, "key");
      String rotate = path(made) + "/rotate";
      String second = text(fixture.post(rotate, "{\"overlap\":\"24h\"}").json(), "key");
      assertThat(second).startsWith(first.substring(0, 18)).isNotEqualTo(first);
      fixture.ask(first).isAnsweredBy("openai");
      fixture.ask(second).isAnsweredBy("openai");
      Reply again = fixture.post(rotate, "{\"overlap\":\"1s\"}");
      String third = text(again.json(), "key");
      fixture.ask(first).isError(401, "invalid_api_key");
      fixture.ask(third).isAnsweredBy("openai");
      KeysFixture.await(() -> fixture.ask(second).status() == 401);
      fixture.ask(third).isAnsweredBy("openai");
      String fourth = text(fixture.post(rotate, "{}").json(), "key");
      fixture.ask(third).isError(401, "invalid_api_key");
      fixture.ask(fourth).isAnsweredBy("openai");
      isError(fixture.post(rotate, "{\"overlap\":\"1y\"}"), 400, "invalid_value");
    }
  }

  @Nested
  class Revoked {
    private CompletableFuture<HttpResponse<String>> streaming(String key) throws Exception {
      fixture.gateway.openai.configure("{\"chunks\":40,\"token_delay_ms\":100}");
      CompletableFuture<HttpResponse<String>> stream =
          fixture.asking(GatewayFixture.streamed("gpt-4"), key);
      KeysFixture.await(() -> fixture.gateway.openai.requests().size() == 1);
      Thread.sleep(400); // The stream has begun.
      return stream;
    }

    @Test
    void itsStreamEndsInAnErrorAndItsNextRequestInA401() throws Exception {
      JsonNode made = fixture.create("{\"name\":\"cut\",\"limits\":{\"concurrent\":1}}");
      String key = text(made, "key");
      CompletableFuture<HttpResponse<String>> stream = streaming(key);
      long before = System.nanoTime();
      assertThat(text(fixture.delete(path(made)).json(), "state")).isEqualTo("revoked");
      StreamReply reply = StreamReply.of(stream.join());
      assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(2));
      assertThat(reply.done()).isFalse();
      assertThat(reply.chunks()).isNotEmpty();
      assertThat(text(Objects.requireNonNull(reply.error()), "code")).isEqualTo("invalid_api_key");
      fixture.ask(key).isError(401, "invalid_api_key");
      KeysFixture.await(() -> fixture.gateway.metric("gateway_reservations", Map.of()) == 0);
      JsonNode shown = fixture.get(path(made)).json();
      assertThat(shown.at("/usage/total/requests").asLong()).isEqualTo(1);
      assertThat(shown.at("/usage/total/output_tokens").asLong()).isPositive();
      isError(fixture.patch(path(made), version(shown), "{\"off\":false}"), 409, "key_revoked");
      isError(fixture.post(path(made) + "/rotate", "{}"), 409, "key_revoked");
      assertThat(fixture.delete(path(made)).status()).isEqualTo(200);
      fixture.create("{\"name\":\"cut\"}");
    }

    @Test
    void itsRequestEndsBeforeItsAnswerInA401() throws Exception {
      JsonNode made = fixture.create("{\"name\":\"cut-early\"}");
      fixture.gateway.openai.configure("{\"response_delay_seconds\":0.6}");
      CompletableFuture<HttpResponse<String>> answer =
          fixture.asking(KeysFixture.CHAT, text(made, "key"));
      KeysFixture.await(() -> fixture.gateway.openai.requests().size() == 1);
      fixture.delete(path(made));
      Reply.of(answer.join()).isError(401, "invalid_api_key");
      assertThat(fixture.gateway.anthropic.requests()).isEmpty();
    }

    @Test
    void itsRequestsMayFinish() throws Exception {
      JsonNode made = fixture.create("{\"name\":\"finish\"}");
      String key = text(made, "key");
      CompletableFuture<HttpResponse<String>> stream = streaming(key);
      fixture.delete(path(made) + "?running=finish");
      fixture.ask(key).isError(401, "invalid_api_key");
      StreamReply.of(stream.join()).isWhole();
      assertThat(fixture.delete(path(made) + "?running=later").status()).isEqualTo(400);
    }
  }
}
