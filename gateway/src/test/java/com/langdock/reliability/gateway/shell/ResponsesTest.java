package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.responses.ResponseStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The responses API from the client's bytes to the provider's, and back. */
class ResponsesTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 1}
      streaming: {early_head: 2s}
      providers: [{name: a, type: openai, base_url: "http://a.test", models: [m]}]
      models: {m: {context_window: 50}}
      """;

  private final TestGateway gateway = TestGateway.of(CONFIG, TestParts.NONE);

  private HttpReply send(String method, String path, String json) {
    String body = json.replace('\'', '"');
    FakeClient client =
        gateway
            .client()
            .write(
                FakeClient.request(body)
                    .replace("POST /v1/chat/completions", method + " /v1/responses" + path));
    gateway.settle();
    return client.reply();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'previous_response_id':'resp_1' | previous_response_id",
        "'conversation':{'id':'conv_1'} | conversation",
        "'background':true | background",
      })
  void refusesStateByTheNameOfItsField(String field, String param) {
    HttpReply reply = send("POST", "", "{'model':'m','input':'Hi'," + field + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"param\":\"" + param + "\"");
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':'msg_1'} | input[0].id",
        "{'role':'user','content':'a'},{'type':'compaction_trigger'} | input[1].type",
        "{'type':'function_call_output','call_id':'c','output':'x'} | input",
        "{'type':'function_call','call_id':'c','name':'f','arguments':'{}'} | input",
        "{'type':'custom_tool_call_output','call_id':'c','output':'x'} | input",
      })
  void refusesItemsByTheirPath(String items, String param) {
    HttpReply reply = send("POST", "", "{'model':'m','input':[" + items + "]}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"param\":\"" + param + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'input':'a'} | missing_field | model",
        "{'model':'m'} | missing_field | input",
        "{'model':'m','input':[]} | invalid_value | input",
        "{'model':'m','input':'a','stream':'yes'} | invalid_value | stream",
        "{'model':'m','input':'a','max_output_tokens':0} | invalid_value | max_output_tokens",
        "{'model':'n','input':'a'} | model_not_found | model",
      })
  void refusesWhatEveryProviderWould(String body, String code, String param) {
    HttpReply reply = send("POST", "", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"code\":\"" + code + "\"", "\"param\":\"" + param + "\"");
  }

  @Test
  void refusesAPromptThatIsTooLong() {
    HttpReply reply = send("POST", "", "{'model':'m','input':'" + "word ".repeat(200) + "'}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("\"code\":\"context_length_exceeded\"", "\"input\"");
  }

  @Test
  void estimatesTokens() {
    HttpReply reply = send("POST", "/input_tokens", "{'model':'m','input':'12345678'}");

    assertThat(reply.body()).isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":3}");
    assertThat(reply.headers()).containsEntry("x-gateway-estimated", "input_tokens");
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /resp_1, Response with id 'resp_1' not found.",
    "DELETE, /resp_1, Response with id 'resp_1' not found.",
    "POST, /resp_1/cancel, Response with id 'resp_1' not found.",
    "GET, /resp_1/input_items, Response with id 'resp_1' not found.",
    "POST, /compact, No provider of this gateway compacts conversations."
  })
  void hasNoStoredResponses(String method, String path, String message) {
    HttpReply reply = send(method, path, "{}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.body()).contains("\"message\":\"" + message + "\"");
    gateway.assertNothingHeld();
  }

  @Test
  void failsInsideAStreamWhoseHeadWasSentEarly() {
    FakeProvider provider = gateway.provider("a");
    provider.otherwise(call -> {});
    FakeClient client =
        gateway
            .client()
            .write(
                FakeClient.request("{\"model\":\"m\",\"input\":\"Hi\",\"stream\":true}")
                    .replace("/v1/chat/completions", "/v1/responses"));
    gateway.settle();
    gateway.advance(Duration.ofSeconds(3));
    provider.lastCall().reset();
    gateway.settle();

    ResponseStream stream = ResponseStream.of(client.reply().body());
    assertThat(stream.error().path("code").asString("")).isEqualTo("provider_unreachable");
    assertThat(stream.response().path("status").asString("")).isEqualTo("failed");
    gateway.assertNothingHeld();
  }
}
