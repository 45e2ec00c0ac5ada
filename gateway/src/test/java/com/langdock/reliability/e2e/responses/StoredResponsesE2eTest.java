package com.langdock.reliability.e2e.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
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

/** Responses that a provider stores: only it goes on from them, shows, deletes and cancels them. */
@Tag("e2e")
class StoredResponsesE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOOLS =
      ",'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object',"
          + "'properties':{}}}}],'messages':[{'role':'user','content':'Hi'}]";

  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        GatewayFixture.of(
            GatewayFixture.with("circuit_breaker: {threshold: 1000, minimum_calls: 1000}"),
            opened ->
                """
                providers:
                  - {name: openai, base_url: '%s', api_key: k, formats: [chat, responses],
                     models: [gpt-5.2, gpt-5.6], priority: 1}
                  - {name: responses, type: openai, base_url: '%s', api_key: k,
                     formats: [responses],
                     models: [gpt-5.2], priority: 2}
                  - {name: anthropic, base_url: '%s', api_key: k,
                     models: [claude-sonnet-4-5], priority: 3}
                fallbacks:
                  gpt-5.2: [claude-sonnet-4-5]
                """
                    .formatted(
                        opened.openai.url(), opened.responses.url(), opened.anthropic.url()));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    for (String provider : List.of("openai", "responses", "anthropic")) {
      fixture.provider(provider).reset();
      fixture.provider(provider).configure("{\"strict\":true}");
    }
  }

  private static HttpResponse<String> send(String method, String path, String body) {
    return fixture.send(
        HttpRequest.newBuilder(fixture.url(path))
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
            .build());
  }

  private static HttpResponse<String> ask(String fields) {
    return send("POST", "/v1/responses", "{'model':'gpt-5.2','input':'Hi'" + fields + "}");
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private static List<SeenRequest> seen(String provider) {
    return fixture.provider(provider).requests();
  }

  /** The id of a response that the second provider has, since the first was down. */
  private static String ofTheSecond(boolean stream) {
    fixture.openai.configure("{\"server_error_probability\":1}");
    HttpResponse<String> first = ask(stream ? ",'stream':true" : "");
    fixture.openai.reset();
    fixture.responses.reset();
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    JsonNode response =
        stream
            ? JSON.readTree(first.body().lines().skip(1).findFirst().orElseThrow().substring(6))
                .path("response")
            : json(first);
    return response.path("id").asString("");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areContinuedWhereTheyAre(boolean stream) {
    String id = ofTheSecond(stream);
    HttpResponse<String> next = ask(",'previous_response_id':'" + id + "'");

    assertThat(id).startsWith("resp_responses_");
    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    assertThat(next.headers().firstValue("x-provider")).contains("responses");
    assertThat(seen("openai")).isEmpty();
    assertThat(json(next).path("previous_response_id").asString("")).isEqualTo(id);
  }

  @Test
  void areContinuedNowhereElse() {
    String id = ofTheSecond(false);
    fixture.responses.configure("{\"server_error_probability\":1}");
    HttpResponse<String> next = ask(",'previous_response_id':'" + id + "'");

    assertThat(next.statusCode()).isEqualTo(502);
    assertThat(seen("openai")).isEmpty();
    assertThat(seen("anthropic")).isEmpty();
  }

  /** After a restart nothing is known of earlier responses. */
  @Test
  void areFoundWhereTheyAre() {
    HttpResponse<String> next = ask(",'previous_response_id':'resp_responses_early'");

    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    assertThat(next.headers().firstValue("x-provider")).contains("responses");
    assertThat(seen("openai")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "gpt-5.2, 'previous_response_id':'resp_nobody', previous_response_id",
        "gpt-5.2, 'previous_response_id':'resp_gw0123456789abcdef0123456789abcdef,"
            + " previous_response_id",
        "claude-sonnet-4-5, 'previous_response_id':'resp_1', previous_response_id",
        "claude-sonnet-4-5, 'conversation':'conv_1', conversation",
        "claude-sonnet-4-5, 'background':true, background",
        "claude-sonnet-4-5, 'input':[{'type':'item_reference'#'id':'msg_1'}], input[0].type",
      })
  void areRefusedByNameWhereNobodyHasThem(String model, String field, String param) {
    String closed = field.contains("gw") ? field + "'" : field.replace('#', ',');
    String input = field.contains("'input'") ? "" : "'input':'Hi',";
    HttpResponse<String> response =
        send("POST", "/v1/responses", "{'model':'" + model + "'," + input + closed + "}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(json(response).at("/error/param").asString("")).isEqualTo(param);
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "DELETE, ''", "POST, /cancel", "GET, /input_items"})
  void areShownDeletedAndCancelledWhereTheyAre(String method, String rest) {
    String id = json(ask("")).path("id").asString("");
    HttpResponse<String> response = send(method, "/v1/responses/" + id + rest + "?after=x", "");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).path("asked").asString(""))
        .isEqualTo("/v1/responses/" + id + rest + "?after=x");
    assertThat(seen("responses")).isEmpty();
  }

  @Test
  void areNotFoundWhereTheyAreNot() {
    HttpResponse<String> own =
        send("GET", "/v1/responses/resp_gw0123456789abcdef0123456789abcdef", "");
    HttpResponse<String> unknown = send("GET", "/v1/responses/resp_nobody", "");

    assertThat(own.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("Response with id 'resp_nobody' not found.");
    assertThat(send("PUT", "/v1/responses/resp_openai_1", "").statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({"low, /v1/responses", "none, /v1/chat/completions"})
  void toolsOfAModelThatNeedsItGoThere(String effort, String path) {
    String fields = ",'reasoning_effort':'" + effort + "'";
    HttpResponse<String> response =
        send("POST", "/v1/chat/completions", "{'model':'gpt-5.6'" + TOOLS + fields + "}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).path("object").asString("")).isEqualTo("chat.completion");
    SeenRequest sent = seen("openai").getLast();
    assertThat(sent.arrival().path()).isEqualTo(path);
    assertThat(Objects.requireNonNull(sent.body())).contains("gpt-5.6");
  }
}
