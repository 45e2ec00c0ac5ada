package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.messages.MessageStream;
import com.langdock.reliability.mock.log.SeenRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of the messages API in front of providers of both formats. */
@Tag("e2e")
class MessagesE2eTest {
  private static final String MESSAGES = "/v1/messages?beta=true";

  private final GatewayFixture fixture = GatewayFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String request(String model, String more) {
    return ("{'model':'"
            + model
            + "','max_tokens':100,"
            + more
            + "'messages':[{'role':'user','content':'Say hi'}]}")
        .replace('\'', '"');
  }

  private static String streamed(String model) {
    return request(model, "'stream':true,");
  }

  private HttpResponse<String> post(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(fixture.url(path))
            .header("content-type", "application/json")
            .header("anthropic-version", "2023-06-01")
            .header("anthropic-beta", "one,two")
            .POST(BodyPublishers.ofString(body))
            .build();
    return fixture.client.sendAsync(request, BodyHandlers.ofString()).join();
  }

  @ParameterizedTest
  @CsvSource({"claude-3-opus, anthropic", "gpt-4, openai"})
  void everyProviderAnswersWithAMessage(String model, String provider) {
    HttpResponse<String> response = post(MESSAGES, request(model, "'system':'Be brief.',"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"type\":\"message\"", "\"role\":\"assistant\"", "\"type\":\"text\"")
        .contains("\"stop_reason\":\"end_turn\"", "\"model\":\"" + model + "\"")
        .doesNotContain("tokens_used");
    assertThat(response.headers().firstValue("x-provider")).contains(provider);
    assertThat(response.headers().firstValue("request-id"))
        .isEqualTo(response.headers().firstValue("x-request-id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-3-opus", "gpt-4"})
  void everyProviderStreamsAMessage(String model) {
    MessageStream stream = MessageStream.whole(post(MESSAGES, streamed(model)).body());

    assertThat(stream.text()).contains("mock answer");
    assertThat(stream.start().path("model").asString("")).isEqualTo(model);
    assertThat(stream.delta().path("usage").path("output_tokens").asInt()).isPositive();
  }

  @Test
  void aProviderOfTheFormatGetsTheBytesAndTheHeaders() {
    String body = request("claude-3-opus", "'context_management':{'edits':[]},'x_new':1.50,");
    post(MESSAGES, body);

    SeenRequest sent = fixture.anthropic.requests().getFirst();
    assertThat(sent.body()).isEqualTo(body);
    assertThat(sent.arrival().headers().toString()).contains("one,two");
  }

  @ParameterizedTest
  @CsvSource({"gpt-4, openai", "claude-3-sonnet, anthropic"})
  void aStreamThatBreaksGoesOnAtTheOtherProvider(String model, String first) {
    (first.equals("openai") ? fixture.openai : fixture.anthropic)
        .configure("{\"script\":[\"stream_cut\",\"server_error\",\"server_error\"]}");

    MessageStream stream = MessageStream.whole(post(MESSAGES, streamed(model)).body());

    assertThat(stream.types()).containsExactly("text");
    assertThat(stream.text()).startsWith("This is a mock answer to");
    assertThat(stream.comments()).isNotEmpty();
  }

  @Test
  void tokensAreCountedOrEstimated() {
    String path = "/v1/messages/count_tokens";
    String body = request("gpt-4", "").replace("\"max_tokens\":100,", "");

    HttpResponse<String> response = post(path, body);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).matches("\\{\"input_tokens\":[1-9]\\d*}");
  }

  @Test
  void errorsHaveTheShapeOfTheApi() {
    HttpResponse<String> response = post(MESSAGES, request("claude-99", ""));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .startsWith(
            "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\","
                + "\"message\":\"model: claude-99\"},\"request_id\":\"req_");
  }
}
