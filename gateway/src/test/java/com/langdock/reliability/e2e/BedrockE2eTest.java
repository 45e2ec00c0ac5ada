package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.LoginServer.Given;
import com.langdock.reliability.mock.log.SeenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Bedrock with keys that a container's endpoint gives, before the same model at Anthropic. */
@Tag("e2e")
class BedrockE2eTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CLAUDE = "claude-sonnet-4-5";
  private static final String PATH = "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/";

  private final AtomicInteger issued = new AtomicInteger();
  private final LoginServer login =
      new LoginServer(seen ->
          new Given(
              200,
              "{\"AccessKeyId\":\"ASIA%d\",\"SecretAccessKey\":\"s3cret\",\"Token\":\"t0ken\","
                      .formatted(issued.incrementAndGet())
                  + "\"Expiration\":\""
                  + Instant.now().plus(Duration.ofHours(1))
                  + "\"}"));
  private GatewayFixture fixture;

  @BeforeEach
  void open() {
    fixture =
        GatewayFixture.searching(
            Map.of(
                "HOME",
                "/nowhere",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                login.url() + "/v1/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                "pod"),
            opened ->
                """
                providers:
                  - name: bedrock
                    base_url: "%1$s"
                    region: eu-west-1
                    models: {claude-sonnet-4-5: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"}
                  - name: aws-openai
                    type: bedrock-openai
                    base_url: "%2$s"
                    region: eu-west-1
                    models: {gpt-oss: openai.gpt-oss-120b-1:0}
                  - name: anthropic
                    base_url: "%3$s"
                    api_key: k
                    models: [claude-sonnet-4-5]
                    priority: 2
                """
                    .formatted(opened.bedrock.url(), opened.openai.url(), opened.anthropic.url()));
    fixture.bedrock.configure("{\"strict\":true}");
  }

  @AfterEach
  void close() {
    fixture.close();
    login.close();
  }

  private SeenRequest last() {
    return fixture.bedrock.requests().getLast();
  }

  @ParameterizedTest
  @CsvSource({
    "false, invoke, converse",
    "true, invoke-with-response-stream, converse-stream",
  })
  void everyClientIsAnswered(boolean stream, String ofMessages, String ofOthers) {
    for (Client client : Client.all()) {
      Answer answer = client.ask(fixture, Question.of(CLAUDE, stream, "Say hi"));
      assertThat(answer.text()).startsWith("This is a mock answer to “Say hi”.");
      assertThat(answer.finish()).isEqualTo(client.finish(false));
      String method = client instanceof MessagesClient ? ofMessages : ofOthers;
      assertThat(last().arrival().path()).isEqualTo(PATH + method);
      assertThat(last().arrival().headers())
          .containsKeys("authorization", "x-amz-date", "x-amz-security-token");
    }
    assertThat(login.header("authorization", "/v1/credentials")).containsExactly("pod"); // for both
  }

  @Test
  void tokensAreCounted() {
    String counted =
        fixture
            .posting(
                "/v1/messages/count_tokens",
                "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\","
                    + "\"content\":\"Say hi\"}]}")
            .join()
            .body();
    assertThat(JSON.readTree(counted).path("input_tokens").asInt()).isPositive();
  }

  @Test
  void toolsAndThinkingGoRound() {
    Client client = new MessagesClient();
    Question question =
        Question.of(CLAUDE, true, "The weather?", Question.Trait.TOOLS, Question.Trait.THINKING);
    Answer called = client.ask(fixture, question);
    assertThat(called.calls()).hasSize(1);
    Answer answer =
        client.ask(fixture, question.after(called, client.results(called.calls(), "sunny")));
    assertThat(answer.text()).contains("with the tool result “sunny”");
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rate_limit, 429", "server_error, 500", "forbidden, 403", "model_not_found, 404"})
  void errorsMoveOn(String fault, int status) {
    fixture.bedrock.configure("{\"script\":[\"%s\",\"%s\"]}".formatted(fault, fault));
    Answer answer = new MessagesClient().ask(fixture, Question.of(CLAUDE, false, "Say hi"));
    assertThat(answer.text()).endsWith("Finished by anthropic/claude-sonnet-4-5.");
    assertThat(
            fixture.metric(
                "gateway_attempts_total", Map.of("provider", "anthropic", "outcome", "success")))
        .isEqualTo(1);
    assertThat(status).isPositive();
  }

  @Test
  void aBrokenStreamGoesOnElsewhere() {
    fixture.bedrock.configure("{\"script\":[\"stream_cut\"]}");
    Answer answer = new MessagesClient().ask(fixture, Question.of(CLAUDE, true, "Say hi"));
    assertThat(answer.text()).contains("Each word of it is a chunk of its own");
    assertThat(fixture.anthropic.requests()).hasSize(1);
  }

  @Test
  void unknownKeysAreFetchedAgainInTheSameAttempt() throws InterruptedException {
    Thread.sleep(1_100); // keys are fetched once a second at most
    fixture.bedrock.configure("{\"script\":[\"auth\"]}");
    Reply reply = fixture.ask(GatewayFixture.chat(CLAUDE)).isAnsweredBy("bedrock");
    assertThat(reply.header("x-attempts")).isEqualTo("1");
    assertThat(fixture.bedrock.requests()).hasSize(2);
  }

  @Test
  void itsApiInOpenAisFormatIsSignedToo() {
    fixture.ask(GatewayFixture.chat("gpt-oss")).isAnsweredBy("aws-openai");
    SeenRequest seen = fixture.openai.requests().getLast();
    assertThat(seen.arrival().path()).isEqualTo("/openai/v1/chat/completions");
    assertThat(seen.arrival().headers())
        .containsKeys("authorization", "x-amz-date", "x-amz-security-token");
  }

  @Test
  void usageAndCostAreCounted() {
    new MessagesClient().ask(fixture, Question.of(CLAUDE, true, "Say hi"));
    Map<String, String> ofModel = Map.of("provider", "bedrock", "model", CLAUDE);
    assertThat(fixture.metric("gateway_tokens_total", ofModel)).isPositive();
    assertThat(fixture.metric("gateway_cost_dollars_total", ofModel)).isPositive();
  }
}
