package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Unchanged bytes, translated requests, and the official client. */
@Tag("e2e")
class FormatsE2eTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GatewayFixture fixture = GatewayFixture.open();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aProviderOfTheSameFormatReceivesTheClientsBytes() {
    String kept =
        "\"temperature\" : 0 , \"top_p\":1.0,\"x_new\":{\"b\":1e2,\"a\":[]},"
            + "\"seed\":12345678901234567,"
            + " \"messages\":[{\"role\":\"user\",\"content\":\"h\\u00e9\"}],\"model\":\"gpt-4\"";
    fixture.ask("{\"preferred_provider\":\"openai\"," + kept + ",\"client_id\":\"me\" }");
    assertThat(fixture.openai.requests().getFirst().body()).isEqualTo("{" + kept + " }");
  }

  @Test
  void theAnswerHasTheGatewaysFields() {
    Reply reply = fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    JsonNode json = reply.json();
    assertThat(json.path("object").asString("")).isEqualTo("chat.completion");
    assertThat(json.path("model").asString("")).isEqualTo("gpt-4");
    assertThat(json.path("request_id").asString("")).isEqualTo(reply.header("x-request-id"));
    assertThat(json.path("attempts").asInt()).isEqualTo(1);
    assertThat(json.path("total_latency_ms").isIntegralNumber()).isTrue();
    assertThat(json.path("tokens_used")).isEqualTo(json.path("usage").path("total_tokens"));
    assertThat(json.path("content"))
        .isEqualTo(json.path("choices").path(0).path("message").path("content"));
    assertThat(json.path("created_at").asString("")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(reply.header("x-provider")).isEqualTo("openai");
    assertThat(reply.header("x-model")).isEqualTo("gpt-4");
    assertThat(reply.trail()).isEqualTo("openai/gpt-4:200");
  }

  @Test
  void aRequestForAnthropicIsTranslatedWithItsTools() {
    fixture.anthropic.configure("{\"tool_call\":true}");
    String body =
        """
        {"model":"claude-3-opus","temperature":0,"messages":[
          {"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"}],
         "tools":[{"type":"function","function":{"name":"weather",
           "parameters":{"type":"object","properties":{"n":{"type":"number","maximum":1.50}}}}}]}
        """;
    Reply reply = fixture.ask(body).isAnsweredBy("anthropic");
    String sent = fixture.anthropic.requests().getFirst().body();
    assertThat(sent).contains("1.50").isNotNull();
    JsonNode request = JSON.readTree(sent);
    assertThat(request.path("max_tokens").asInt()).isPositive();
    assertThat(request.path("messages")).hasSize(1);
    assertThat(request.path("tools").path(0).path("name").asString("")).isEqualTo("weather");
    JsonNode choice = reply.json().path("choices").path(0);
    assertThat(choice.path("finish_reason").asString("")).isEqualTo("tool_calls");
    JsonNode call = choice.path("message").path("tool_calls").path(0).path("function");
    assertThat(JSON.readTree(call.path("arguments").asString("")).isObject()).isTrue();
    JsonNode usage = reply.json().path("usage");
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(usage.path("prompt_tokens").asInt() + usage.path("completion_tokens").asInt());
  }

  @Test
  void unsupportedFieldsAreNamedAndNotSent() {
    String body = GatewayFixture.chat("claude-3-opus").replaceFirst("\\{", "{\"n\":2,");
    Reply reply = fixture.ask(body).isError(400, "invalid_value");
    assertThat(reply.error().path("param").asString("")).isEqualTo("n");
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @Test
  void thePreferredProviderIsTriedFirstIfItServesTheModel() {
    String body =
        GatewayFixture.chat("gpt-4").replaceFirst("\\{", "{\"preferred_provider\":\"anthropic\",");
    fixture.ask(body).isAnsweredBy("openai");
  }

  @Test
  void theOfficialClientGetsAnswersAndTypedErrors() {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().baseUrl(fixture.url("/v1").toString()).apiKey("any").build();
    ChatCompletion answer = client.chat().completions().create(asking("gpt-4"));
    assertThat(answer.choices().getFirst().message().content().orElse("")).contains("Say hi");
    assertThatThrownBy(() -> client.chat().completions().create(asking("gpt-99")))
        .isInstanceOf(NotFoundException.class);
    fixture.openai.configure("{\"script\":[\"bad_request\"]}");
    assertThatThrownBy(() -> client.chat().completions().create(asking("gpt-4")))
        .isInstanceOf(BadRequestException.class);
    client.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theOfficialClientAssemblesTheSameFromAStreamAsDirectly(boolean tools) {
    fixture.openai.configure("{\"tool_call\":" + tools + "}");
    ChatCompletion direct = assembled(fixture.openai.url() + "/v1", tools);
    ChatCompletion through = assembled(fixture.url("/v1").toString(), tools);
    assertThat(through.choices().getFirst().finishReason())
        .isEqualTo(direct.choices().getFirst().finishReason());
    assertThat(through.choices().getFirst().message().content())
        .isEqualTo(direct.choices().getFirst().message().content());
    assertThat(calls(through)).isEqualTo(calls(direct));
    assertThat(through.model()).isEqualTo(direct.model());
  }

  private static List<String> calls(ChatCompletion completion) {
    return completion.choices().getFirst().message().toolCalls().orElse(List.of()).stream()
        .map(call -> call.asFunction().function().name() + call.asFunction().function().arguments())
        .toList();
  }

  private static ChatCompletion assembled(String baseUrl, boolean tools) {
    OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey("any").build();
    ChatCompletionCreateParams.Builder params = asking("gpt-4").toBuilder();
    if (tools) {
      params.addFunctionTool(FunctionDefinition.builder().name("look").build());
    }
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params.build())) {
      stream.stream().forEach(accumulator::accumulate);
    }
    client.close();
    return accumulator.chatCompletion();
  }

  @Test
  void theOfficialClientDoesNotMultiplyOurRetries() {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().baseUrl(fixture.url("/v1").toString()).apiKey("any").build();
    fixture.openai.configure("{\"server_error_probability\":1}");
    assertThatThrownBy(() -> client.chat().completions().create(asking("gpt-3.5-turbo")))
        .isInstanceOf(InternalServerException.class);
    assertThat(fixture.openai.requests()).hasSize(3);
    client.close();
  }

  private static ChatCompletionCreateParams asking(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Say hi").build();
  }
}
