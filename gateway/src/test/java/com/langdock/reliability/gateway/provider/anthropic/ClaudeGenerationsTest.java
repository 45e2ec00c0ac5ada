package com.langdock.reliability.gateway.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.gateway.config.ModelTable;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to each Claude model have only fields that its generation accepts, and lose nothing. */
class ClaudeGenerationsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
  private static final String SCHEMA =
      "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":"
          + "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"number\"}}}}}";
  private static final String PREFILL =
      "\"messages\":[{\"role\":\"user\",\"content\":\"Count\"},"
          + "{\"role\":\"assistant\",\"content\":\"one, \"}]";

  static List<String> models() {
    return ModelTable.shipped().names().stream()
        .filter(name -> name.startsWith("claude"))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void samplingParameters(String model) {
    Sent sent = Sent.to(model, "\"temperature\":0.20,\"top_p\":0.90," + HELLO);
    Sampling sampling = facts(model).traits().sampling();

    assertThat(sent.body.has("temperature")).isEqualTo(sampling != Sampling.NONE);
    assertThat(sent.body.has("top_p")).isEqualTo(sampling == Sampling.ANY);
    assertThat(sent.dropped.contains("temperature")).isEqualTo(sampling == Sampling.NONE);
    assertThat(sent.dropped.contains("top_p")).isEqualTo(sampling != Sampling.ANY);
  }

  @ParameterizedTest
  @MethodSource("models")
  void topPAlone(String model) {
    Sent sent = Sent.to(model, "\"top_p\":0.90," + HELLO);

    assertThat(sent.body.has("top_p"))
        .isEqualTo(facts(model).traits().sampling() != Sampling.NONE)
        .isNotEqualTo(sent.dropped.contains("top_p"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void effort(String model) {
    Sent sent = Sent.to(model, "\"reasoning_effort\":\"high\",\"temperature\":0.2," + HELLO);
    Thinking thinking = facts(model).traits().thinking();
    String type = sent.body.path("thinking").path("type").asString("none");
    String effort = sent.body.path("output_config").path("effort").asString("none");

    switch (thinking) {
      case NONE -> assertThat(sent.dropped).contains("reasoning_effort");
      case BUDGET -> {
        assertThat(type).isEqualTo("enabled");
        assertThat(sent.body.path("thinking").path("budget_tokens").asInt()).isPositive();
        assertThat(effort).isEqualTo("none");
      }
      case ADAPTIVE, EFFORT, BETWEEN, ALWAYS -> {
        assertThat(type).isEqualTo("adaptive");
        assertThat(effort).isEqualTo("high");
      }
      case BUDGET_ALWAYS, LEVEL, LEVEL_ALWAYS, LOW_OR_HIGH -> throw notOfClaude(thinking);
    }
    assertThat(sent.body.has("temperature")).isEqualTo(thinking == Thinking.NONE);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theHighestEfforts(String model) {
    Sent sent = Sent.to(model, "\"reasoning_effort\":\"xhigh\"," + HELLO);
    boolean lacksIt = facts(model).traits().thinking() == Thinking.ADAPTIVE;

    assertThat(sent.adjusted.contains("reasoning_effort")).isEqualTo(lacksIt);
    if (facts(model).traits().thinking().byEffort()) {
      assertThat(sent.body.path("output_config").path("effort").asString(""))
          .isEqualTo(lacksIt ? "high" : "xhigh");
    }
  }

  private static AssertionError notOfClaude(Thinking thinking) {
    return new AssertionError("No Claude model thinks by " + thinking);
  }

  @ParameterizedTest
  @MethodSource("models")
  void noEffort(String model) {
    Sent sent = Sent.to(model, "\"reasoning_effort\":\"none\"," + HELLO);
    String type = sent.body.path("thinking").path("type").asString("unsaid");

    Thinking thinking = facts(model).traits().thinking();
    switch (thinking) {
      case NONE, BUDGET, ADAPTIVE -> assertThat(type).isEqualTo("unsaid");
      case EFFORT -> assertThat(type).isEqualTo(facts(model).reasoning() ? "disabled" : "unsaid");
      case BETWEEN -> assertThat(type).isEqualTo("between_tools");
      case ALWAYS -> {
        assertThat(type).isEqualTo("unsaid");
        assertThat(sent.body.path("output_config").path("effort").asString("")).isEqualTo("low");
        assertThat(sent.adjusted).contains("reasoning_effort");
      }
      case BUDGET_ALWAYS, LEVEL, LEVEL_ALWAYS, LOW_OR_HIGH -> throw notOfClaude(thinking);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void structuredOutput(String model) {
    Sent sent = Sent.to(model, SCHEMA + "," + HELLO);
    boolean isNative = facts(model).traits().structuredOutput();

    assertThat(sent.body.path("output_config").has("format")).isEqualTo(isNative);
    assertThat(sent.body.path("tool_choice").path("type").asString("none"))
        .isEqualTo(isNative ? "none" : "tool");
    assertThat(sent.adjusted).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void allAtOnce(String model) {
    Sent sent =
        Sent.to(
            model,
            "\"temperature\":0.2,\"top_p\":0.9,\"reasoning_effort\":\"medium\","
                + SCHEMA
                + ","
                + PREFILL);

    assertThat(sent.broken).isEmpty();
    assertThat(sent.speaksLast()).isEqualTo("user");
  }

  @ParameterizedTest
  @MethodSource("models")
  void aLastAssistantTurn(String model) {
    assertThat(Sent.to(model, PREFILL).speaksLast())
        .isEqualTo(facts(model).prefill() ? "assistant" : "user");
  }

  private static ModelFacts facts(String model) {
    return ModelTable.shipped().catalog().factsOf(model);
  }

  /** A request to a model and its reported changes. */
  private record Sent(
      JsonNode body, List<String> broken, List<String> dropped, List<String> adjusted) {
    String speaksLast() {
      return body.path("messages").path(body.path("messages").size() - 1).path("role").asString("");
    }

    static Sent to(String model, String fields) {
      String json = "{\"model\":\"m\"," + fields + "}";
      Written encoded = MessageRequest.write(Exchanges.of(json, model, facts(model)));
      assertThat(encoded).isInstanceOf(Written.Request.class);
      Written.Request body = (Written.Request) encoded;
      return new Sent(
          JSON.readTree(body.outgoing().body()),
          MessageRules.brokenBy(body.outgoing().body()),
          body.changes().dropped(),
          body.changes().adjusted());
    }
  }
}
