package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.FunctionNames;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tools and options in requests of clients of other formats. */
class ForeignOptionsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ModelFacts FIXED =
      new ModelFacts(
          OptionalLong.of(400_000),
          OptionalLong.of(128_000),
          false,
          new ModelTraits(true, true, Sampling.NONE, Thinking.NONE, true),
          null,
          null);

  private static Written.Request written(TargetRequest request, Set<Feature> features) {
    Written written = new OpenAiFormat(features).write(request);
    assertThat(written).isInstanceOf(Written.Request.class);
    return (Written.Request) written;
  }

  private static JsonNode body(Written.Request written) {
    return JSON.readTree(written.outgoing().body());
  }

  private static Written.Request chat(String json, String model, ModelFacts facts) {
    return written(Foreign.of(json, model, facts), EnumSet.allOf(Feature.class));
  }

  private static void isRejected(Conversation conversation, String field) {
    Written written =
        new OpenAiFormat(true).write(Foreign.of(conversation, false, "m", Exchanges.OLD));
    assertThat(written).isInstanceOf(Written.Untranslatable.class);
    assertThat(((Written.Untranslatable) written).failure().field()).isEqualTo(field);
  }

  @Nested
  class Tools {
    private static final String TWO =
        "{\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"g\",\"strict\":true,"
            + "\"parameters\":{\"type\":\"object\",\"additionalProperties\":false}}}],"
            + "\"tool_choice\":{\"type\":\"allowed_tools\","
            + "\"allowed_tools\":{\"mode\":\"required\",\"tools\":[{\"type\":\"function\","
            + "\"function\":{\"name\":\"g\"}}]}}}";

    @Test
    void missingParametersAreAnEmptyObject() {
      JsonNode body = body(chat(TWO, "m", Exchanges.OLD));

      assertThat(body.at("/tools/0/function/parameters").toString())
          .isEqualTo("{\"type\":\"object\",\"properties\":{}}");
      assertThat(body.at("/tools/1/function/strict").asBoolean()).isTrue();
    }

    @Test
    void areStrictOnlyWithASchemaThatOpenAiTakesAsStrict() {
      Written.Request written =
          chat(TWO.replace("\"additionalProperties\":false", "\"title\":\"G\""), "m", FIXED);

      assertThat(body(written).at("/tools/1/function").has("strict")).isFalse();
      assertThat(written.changes().dropped()).containsExactly("tools[1].function.strict");
    }

    @Test
    void haveNamesOfAtMost64Characters() {
      String name = "mcp__" + "x".repeat(90);
      Tool function = new Tool.Function(name, null, null, null, null);
      Conversation offered =
          Foreign.conversation(
              List.of(
                  new Message(
                      Message.Role.ASSISTANT,
                      null,
                      List.of(new ContentBlock.ToolCall("1", name, "{}", null, null)),
                      null)),
              List.of(function));
      Conversation forced =
          new Conversation(
              offered.messages(),
              offered.tools(),
              new ToolChoice(ToolChoice.Mode.ONE, name, null, false, "choice"),
              offered.options(),
              offered.shape(),
              null,
              List.of());
      JsonNode body =
          body(written(Foreign.of(forced, false, "m", Exchanges.OLD), Set.of(Feature.JSON_SCHEMA)));
      String sent = new FunctionNames(List::of).sent(name);

      assertThat(sent).hasSize(64).startsWith("mcp__xxx");
      assertThat(body.at("/tools/0/function/name").asString()).isEqualTo(sent);
      assertThat(body.at("/tool_choice/function/name").asString()).isEqualTo(sent);
      assertThat(body.at("/messages/0/tool_calls/0/function/name").asString()).isEqualTo(sent);
    }

    @Test
    void onlyTheAllowedAreSentWhereTheChoiceIsUnknown() {
      JsonNode filtered = body(written(Foreign.of(TWO, "m", Exchanges.OLD), Set.of()));
      JsonNode chosen = body(chat(TWO, "m", Exchanges.OLD));

      assertThat(filtered.path("tools")).hasSize(1);
      assertThat(filtered.path("tool_choice").asString()).isEqualTo("required");
      assertThat(chosen.path("tools")).hasSize(2);
      assertThat(chosen.at("/tool_choice/allowed_tools/mode").asString()).isEqualTo("required");
    }

    @Test
    void anUnknownToolIsDroppedIfItIsMerelyOffered() {
      Tool function = new Tool.Function("f", null, null, null, null);
      Tool unknown = new Tool.Unknown("search", "tools[1].type");
      Conversation offered = Foreign.conversation(List.of(), List.of(function, unknown));
      Conversation forced =
          new Conversation(
              List.of(),
              List.of(function, unknown),
              new ToolChoice(ToolChoice.Mode.ONE, "search", null, false, "choice"),
              offered.options(),
              offered.shape(),
              null,
              List.of());
      RequestChanges changes =
          written(Foreign.of(offered, false, "m", Exchanges.OLD), Set.of()).changes();

      assertThat(changes.dropped()).containsExactly("tools[1].type");
      isRejected(Foreign.conversation(List.of(), List.of(unknown)), "tools[1].type");
      isRejected(forced, "tools[1].type");
    }
  }

  @Nested
  class Options {
    private static final String ALL =
        "{\"messages\":[],\"max_tokens\":500000,\"temperature\":0.50,\"top_p\":1,\"top_k\":4,"
            + "\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"],\"reasoning_effort\":\"minimal\","
            + "\"user\":\"u\"}";

    @Test
    void ofAReasoningModelOfOpenAiHaveNoSampling() {
      Written.Request written = chat(ALL, "gpt-5.6", FIXED);
      JsonNode body = body(written);

      assertThat(body.path("max_completion_tokens").asLong()).isEqualTo(128_000);
      assertThat(body.path("reasoning_effort").asString()).isEqualTo("none");
      assertThat(body.has("max_tokens") || body.has("temperature") || body.has("stop")).isFalse();
      assertThat(written.changes().dropped()).containsExactly("temperature", "stop");
      assertThat(written.changes().adjusted()).containsExactly("max_tokens", "reasoning_effort");
    }

    @Test
    void aLongUserIsShortened() {
      String user = "x".repeat(200);
      JsonNode one = body(chat(ALL.replace("\"u\"", "\"" + user + "1\""), "m", FIXED));
      JsonNode two = body(chat(ALL.replace("\"u\"", "\"" + user + "2\""), "m", FIXED));

      assertThat(one.path("user").asString()).hasSize(64).startsWith("xxx");
      assertThat(two.path("user")).isNotEqualTo(one.path("user"));
    }

    @Test
    void ofAnotherModelAreKept() {
      Written.Request written = chat(ALL, "m", ModelFacts.UNKNOWN);
      String json = new String(written.outgoing().body(), UTF_8);

      assertThat(json)
          .contains("\"max_tokens\":500000,\"temperature\":0.50,\"top_p\":1,\"top_k\":4,")
          .contains("\"stop\":[\"a\",\"b\",\"c\",\"d\"],\"user\":\"u\"");
      assertThat(written.changes().dropped()).containsExactly("stop", "reasoning_effort");
    }

    @Test
    void aSchemaGetsAName() {
      JsonNode format =
          body(chat(
                  "{\"messages\":[],\"response_format\":{\"type\":\"json_schema\","
                      + "\"json_schema\":{\"schema\":{\"type\":\"object\"}}}}",
                  "m",
                  Exchanges.OLD))
              .path("response_format");

      assertThat(format.at("/json_schema/name").asString()).isEqualTo("output");
      assertThat(format.at("/json_schema/schema/type").asString()).isEqualTo("object");
    }

    @Test
    void ofAStreamAskForItsUsage() {
      TargetRequest request = Foreign.of("{\"messages\":[],\"stream\":true}", "m", Exchanges.OLD);
      TargetRequest again =
          new TargetRequest(
              request.exchange(), request.target(), Set.of("stream_options"), false, null);

      assertThat(body(written(request, Set.of(Feature.STREAM_OPTIONS))).path("stream_options"))
          .hasToString("{\"include_usage\":true}");
      assertThat(body(written(again, Set.of(Feature.STREAM_OPTIONS))).has("stream_options"))
          .isFalse();
      assertThat(new OpenAiFormat(true).addedFields(request)).containsExactly("stream_options");
    }

    @Test
    void severalChoicesAndProbabilitiesAreRejected() {
      for (String field : List.of("\"n\":2", "\"logprobs\":true")) {
        Written written =
            new OpenAiFormat(true)
                .write(Foreign.of("{\"messages\":[]," + field + "}", "m", Exchanges.OLD));
        assertThat(written).isInstanceOf(Written.Untranslatable.class);
      }
    }
  }
}
