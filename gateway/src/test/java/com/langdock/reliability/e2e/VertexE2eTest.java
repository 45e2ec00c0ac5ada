package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.LoginServer.Given;
import com.langdock.reliability.mock.log.SeenRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gemini and Claude at Google's cloud, before the same models elsewhere. */
@Tag("e2e")
class VertexE2eTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PATH = "/v1/projects/my-p/locations/europe-west1/publishers/";

  @TempDir Path folder;

  private final LoginServer login =
      new LoginServer(
          seen -> new Given(200, "{\"access_token\":\"ya29.t0ken\",\"expires_in\":3599}"));
  private GatewayFixture fixture;

  @BeforeEach
  void open() throws IOException {
    Path file = folder.resolve("adc.json");
    Files.writeString(
        file,
        "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\","
            + "\"refresh_token\":\"r\",\"quota_project_id\":\"payer\",\"token_uri\":\""
            + login.url()
            + "\"}");
    fixture =
        GatewayFixture.of(
            GatewayFixture.SHORT_TIMES,
            opened ->
                """
                providers:
                  - name: vertex
                    base_url: "%s"
                    project: my-p
                    location: europe-west1
                    credentials_file: "%s"
                    models:
                      claude-sonnet-4-5: claude-sonnet-4-5@20250929
                      gemini-2.5-flash: gemini-2.5-flash
                  - name: anthropic
                    base_url: "%s"
                    api_key: k
                    models: [claude-sonnet-4-5]
                    priority: 2
                """
                    .formatted(opened.gemini.url(), file, opened.anthropic.url()));
    fixture.gemini.configure("{\"strict\":true}");
    fixture.anthropic.configure("{\"strict\":true}");
  }

  @AfterEach
  void close() {
    fixture.close();
    login.close();
  }

  private SeenRequest last() {
    return fixture.gemini.requests().getLast();
  }

  private JsonNode body() {
    return JSON.readTree(Objects.requireNonNull(last().body()));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, false, anthropic/models/claude-sonnet-4-5@20250929:rawPredict",
    "claude-sonnet-4-5, true, anthropic/models/claude-sonnet-4-5@20250929:streamRawPredict",
    "gemini-2.5-flash, false, google/models/gemini-2.5-flash:generateContent",
    "gemini-2.5-flash, true, google/models/gemini-2.5-flash:streamGenerateContent",
  })
  void everyClientIsAnswered(String model, boolean stream, String path) {
    for (Client client : Client.all()) {
      Answer answer = client.ask(fixture, Question.of(model, stream, "Say hi"));
      assertThat(answer.text()).startsWith("This is a mock answer to “Say hi”.");
      assertThat(answer.finish()).isEqualTo(client.finish(false));
      assertThat(last().arrival().path()).isEqualTo(PATH + path);
      assertThat(last().arrival().headers())
          .containsEntry("authorization", "***17") // characters
          .containsEntry("x-goog-user-project", "payer")
          .doesNotContainKeys("x-api-key", "x-goog-api-key", "anthropic-version");
    }
    assertThat(login.requests).hasSize(1);
  }

  @Test
  void bytesOfAnAnthropicClientPassButForModelAndVersion() {
    String sent =
        "{\"model\":\"claude-sonnet-4-5\", \"max_tokens\":9,\"temperature\":0.50,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hi\"}]}";
    String answer = fixture.posting("/v1/messages", sent, "anthropic-beta", "a,b").join().body();
    assertThat(JSON.readTree(answer).path("model").asString()).isEqualTo("claude-sonnet-4-5");
    assertThat(last().body())
        .isEqualTo(
            "{\"max_tokens\":9,\"temperature\":0.50,\"messages\":[{\"role\":\"user\","
                + "\"content\":\"Say hi\"}],\"anthropic_version\":\"vertex-2023-10-16\"}");
    assertThat(last().arrival().headers()).containsEntry("anthropic-beta", "a,b");
  }

  @Test
  void tokensAreCountedAtTheModelsOwnPath() {
    String counted =
        fixture
            .posting(
                "/v1/messages/count_tokens",
                "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"Say hi\"}]}")
            .join()
            .body();
    assertThat(JSON.readTree(counted).path("input_tokens").asInt()).isPositive();
    String gemini =
        fixture
            .posting(
                "/v1beta/models/gemini-2.5-flash:countTokens",
                "{\"generateContentRequest\":{\"model\":\"models/gemini-2.5-flash\","
                    + "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}]}}")
            .join()
            .body();
    assertThat(JSON.readTree(gemini).path("totalTokens").asInt()).isPositive();
  }

  @Test
  void toolsAndThinkingGoRound() {
    for (Client client : Client.all()) {
      Question question =
          Question.of(
              "claude-sonnet-4-5",
              true,
              "The weather?",
              Question.Trait.TOOLS,
              Question.Trait.THINKING);
      Answer called = client.ask(fixture, question);
      assertThat(called.calls()).hasSize(1);
      Answer answer =
          client.ask(fixture, question.after(called, client.results(called.calls(), "sunny")));
      assertThat(answer.text()).contains("with the tool result “sunny”");
    }
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit, rate_limited, 429",
    "server_error, server_error, 500",
    "overloaded, overloaded, 503",
    "forbidden, credential_rejected, 403",
    "model_not_found, model_not_found, 404",
  })
  void errorsOfTheCloudMoveOn(String fault, String outcome, int status) {
    fixture.gemini.configure("{\"script\":[\"%s\",\"%s\",\"%s\"]}".formatted(fault, fault, fault));
    Reply reply = fixture.ask(GatewayFixture.chat("claude-sonnet-4-5"));
    reply.isAnsweredBy("anthropic");
    assertThat(reply.trail()).startsWith("vertex/claude-sonnet-4-5:" + status + " ");
    assertThat(
            fixture.metric(
                "gateway_attempts_total",
                Map.of("provider", "vertex", "model", "claude-sonnet-4-5", "outcome", outcome)))
        .isPositive();
  }

  @Test
  void aBrokenStreamGoesOnElsewhere() {
    fixture.gemini.configure("{\"script\":[\"stream_cut\"]}");
    StreamReply reply = fixture.stream(GatewayFixture.streamed("claude-sonnet-4-5")).isWhole();
    assertThat(reply.text()).contains("Each word of it is a chunk of its own");
  }

  @Test
  void anExpiredTokenIsRenewedInTheSameAttempt() throws InterruptedException {
    Thread.sleep(1_100); // tokens are fetched once a second at most
    fixture.gemini.configure("{\"script\":[\"auth\"]}");
    Reply reply = fixture.ask(GatewayFixture.chat("claude-sonnet-4-5")).isAnsweredBy("vertex");
    assertThat(reply.header("x-attempts")).isEqualTo("1");
    assertThat(fixture.gemini.requests()).hasSize(2);
    assertThat(login.requests).hasSize(2);
  }

  @Test
  void usageAndCostAreCounted() {
    fixture.ask(GatewayFixture.chat("gemini-2.5-flash")).isAnsweredBy("vertex");
    Map<String, String> ofModel = Map.of("provider", "vertex", "model", "gemini-2.5-flash");
    assertThat(fixture.metric("gateway_tokens_total", ofModel)).isPositive();
    assertThat(fixture.metric("gateway_cost_dollars_total", ofModel)).isPositive();
    assertThat(body().path("contents").isArray()).isTrue();
  }
}
