package com.langdock.reliability.e2e.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Stored responses where clients have keys: each is that of the key which made it. */
@Tag("e2e")
class StoredByKeyE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALICE = "sk-lg-alice";
  private static final String BOB = "sk-lg-bob";

  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture = open("");
  }

  private static GatewayFixture open(String setting) {
    String keys =
        "client_keys:\n"
            + setting
            + "  keys:\n    - {name: alice, hash: '%s'}\n    - {name: bob, hash: '%s'}\n"
                .formatted(KeyHash.of(ALICE).text(), KeyHash.of(BOB).text());
    return GatewayFixture.of(
        GatewayFixture.SHORT_TIMES + keys,
        opened ->
            """
            providers:
              - {name: openai, base_url: '%s', api_key: k,
                 formats: [responses], models: [gpt-5.2]}
            """
                .formatted(opened.openai.url()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    fixture.openai.reset();
    fixture.openai.configure("{\"strict\":true}");
  }

  private static HttpResponse<String> send(
      GatewayFixture at, String key, String method, String path, String body) {
    return at.send(
        HttpRequest.newBuilder(at.url(path))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + key)
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build());
  }

  private static HttpResponse<String> ask(GatewayFixture at, String key, String fields) {
    String body = "{'model':'gpt-5.2','input':'Hi'" + fields + "}";
    return send(at, key, "POST", "/v1/responses", body);
  }

  private static HttpResponse<String> goOn(String key, String id) {
    return ask(fixture, key, ",'previous_response_id':'" + id + "'");
  }

  /** The id of a new response of Alice's. */
  private static String stored(GatewayFixture at, boolean stream) {
    HttpResponse<String> made = ask(at, ALICE, stream ? ",'stream':true" : "");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String json = stream ? made.body().split("data: ", 3)[1] : made.body();
    JsonNode first = JSON.readTree(json.lines().findFirst().orElseThrow());
    String id = first.at(stream ? "/response/id" : "/id").asString("");
    at.openai.reset();
    at.openai.configure("{\"strict\":true}");
    return id;
  }

  /** What a client sees of an answer, without what differs between all answers. */
  private static String shown(HttpResponse<String> response, String id) {
    String requestId = Reply.of(response).header("x-request-id");
    return response.statusCode()
        + response.body().replace(id, "ID").replace(requestId, "REQUEST")
        + response.headers().map().keySet();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areContinuedByTheKeyThatMadeThem(boolean stream) {
    String id = stored(fixture, stream);

    assertThat(goOn(ALICE, id).statusCode()).isEqualTo(200);
    assertThat(fixture.openai.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areUnknownToOtherKeys(boolean stream) {
    String id = stored(fixture, stream);
    HttpResponse<String> foreign = goOn(BOB, id);
    HttpResponse<String> unknown = goOn(BOB, "resp_openai_unknown");

    assertThat(foreign.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(foreign.body()).at("/error/param").asString(""))
        .isEqualTo("previous_response_id");
    assertThat(shown(foreign, id)).isEqualTo(shown(unknown, "resp_openai_unknown"));
    assertThat(fixture.openai.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "DELETE, ''", "POST, /cancel", "GET, /input_items"})
  void areNeitherShownNorChangedForOtherKeys(String method, String rest) {
    String id = stored(fixture, false);
    HttpResponse<String> foreign = send(fixture, BOB, method, "/v1/responses/" + id + rest, "");
    HttpResponse<String> unknown =
        send(fixture, BOB, method, "/v1/responses/resp_openai_unknown" + rest, "");

    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body()).contains("Response with id '" + id + "' not found.");
    assertThat(shown(foreign, id)).isEqualTo(shown(unknown, "resp_openai_unknown"));
    assertThat(fixture.openai.requests()).isEmpty();
    HttpResponse<String> own = send(fixture, ALICE, method, "/v1/responses/" + id + rest, "");
    assertThat(own.statusCode()).as(own.body()).isEqualTo(200);
  }

  /** Several gateways, or one that was started again, do not know each other's responses. */
  @Test
  void ofWhichNothingIsKnownMayBePassed() {
    try (GatewayFixture passing = open("  unknown_responses: passed\n")) {
      String id = stored(passing, false);
      String next = ",'previous_response_id':'resp_openai_early'";

      assertThat(ask(passing, BOB, next).statusCode()).isEqualTo(200);
      assertThat(ask(passing, BOB, next.replace("resp_openai_early", id)).statusCode())
          .isEqualTo(400);
    }
  }
}
