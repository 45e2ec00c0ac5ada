package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageRequestTest {
  private static final String HELLO = "{\"role\":\"user\",\"content\":\"Hello\"}";

  /** An unknown version of the old model. */
  private static final ModelFacts NEWER =
      new ModelCatalog(Map.of("claude", Exchanges.OLD)).factsOf("claude-20270101");

  private static final String TOOL =
      "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

  @Nested
  class WhatCannotBeSaid {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            n                       | "n":2
            logprobs                | "logprobs":true
            modalities              | "modalities":["text","audio"]
            web_search_options      | "web_search_options":{}
            moderation              | "moderation":{"model":"m"}
            tools[0].type           | "tools":[{"type":"web_search"}]
            tool_choice             | "tools":[{"type":"function","function":{"name":"f"}}],\
            "tool_choice":"sometimes"
            response_format.type    | "response_format":{"type":"grammar"}
            """)
    void isNamed(String field, String json) {
      assertThat(refusedField(HELLO, json)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            input_audio | {"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}}
            file        | {"type":"file","file":{"file_id":"file-1"}}
            file        | {"type":"file","file":{"file_data":"data:text/plain;base64,"}}
            file        | {"type":"file","file":{"file_data":"data:image/tiff;base64,AA=="}}
            image_url   | {"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,AA=="}}
            image_url   | {"type":"image_url","image_url":{"url":"file:///etc/passwd"}}
            type        | {"type":"hologram"}
            type        | {"type":"video_url","video_url":{"url":"https://example.org/v.mp4"}}
            type        | {"type":"audio_url","audio_url":{"url":"https://example.org/a.mp3"}}
            """)
    void isNamedInsideAMessage(String field, String part) {
      String message =
          "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}," + part + "]}";

      assertThat(refusedField(HELLO + "," + message, "\"n\":1"))
          .isEqualTo("messages[1].content[1]." + field);
    }

    @ParameterizedTest
    @CsvSource({"system", "developer", "assistant"})
    void isNamedWhereARoleTakesNoImages(String role) {
      String image = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://e.org/a.png\"}}";
      String message = "{\"role\":\"" + role + "\",\"content\":[" + image + "]}";

      assertThat(refusedField(message + "," + HELLO, "\"n\":1"))
          .isEqualTo("messages[0].content[0].image_url");
    }

    private static String refusedField(String messages, String more) {
      Written encoded = MessageRequest.write(Exchanges.ofOpus(request(messages, more)));
      assertThat(encoded).isInstanceOf(Written.Untranslatable.class);
      Written.Untranslatable refused = (Written.Untranslatable) encoded;
      assertThat(refused.failure().message()).contains(refused.failure().field());
      return refused.failure().field();
    }
  }

  @Nested
  class Numbers {
    @Test
    void keepTheirDigits() {
      String schema = "{\"type\": \"object\", \"maximum\": 1.0E+2, \"big\": 12345678901234567890}";
      String tool = "\"tools\":[{\"function\":{\"name\":\"f\",\"parameters\":" + schema + "}}]";

      assertThat(body(HELLO, "\"temperature\":0.70,\"top_p\":9e-1," + tool))
          .contains("\"temperature\":0.70")
          .contains("\"top_p\":9e-1")
          .contains("\"input_schema\":" + schema);
    }

    @ParameterizedTest
    @CsvSource({"1", "1.0", "1.5", "2"})
    void omitTemperaturesOfOneAndAbove(String temperature) {
      assertThat(body(HELLO, "\"temperature\":" + temperature)).doesNotContain("temperature");
    }

    @Test
    void sendAZeroTemperature() {
      assertThat(body(HELLO, "\"temperature\":0")).contains("\"temperature\":0");
    }

    @Test
    void theLimitIsTheClientsCappedToTheModels() {
      assertThat(body(HELLO, "\"max_tokens\":7")).contains("\"max_tokens\":7,");
      assertThat(body(HELLO, "\"max_tokens\":9999")).contains("\"max_tokens\":4096,");
      assertThat(bodyFor(NEWER, HELLO, "\"max_tokens\":9999")).contains("\"max_tokens\":9999,");
      assertThat(bodyFor(NEWER, HELLO, "\"n\":1")).contains("\"max_tokens\":4096,");
      assertThat(body(HELLO, "\"max_tokens\":null")).contains("\"max_tokens\":4096,");
      assertThat(bodyFor(ModelFacts.UNKNOWN, HELLO, "\"max_tokens\":9999"))
          .contains("\"max_tokens\":9999,");
    }
  }

  @Nested
  class ThinkingYieldsTo {
    private static final String EFFORT = "\"reasoning_effort\":\"high\",\"max_tokens\":9000";

    @Test
    void aForcedToolCall() {
      String forced = EFFORT + "," + TOOL + ",\"tool_choice\":\"required\"";

      assertThat(bodyFor(Exchanges.BUDGET, HELLO, forced)).doesNotContain("thinking");
      assertThat(bodyFor(Exchanges.EFFORT, HELLO, forced))
          .doesNotContain("thinking")
          .contains("\"effort\":\"high\"");
    }

    @Test
    void aPrefill() {
      String prefill = HELLO + ",{\"role\":\"assistant\",\"content\":\"Well,\"}";

      assertThat(bodyFor(Exchanges.BUDGET, prefill, EFFORT)).doesNotContain("thinking");
    }

    @Test
    void aToolLoopWithoutItsThinking() {
      String loop =
          HELLO
              + ",{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
              + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]},"
              + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"x\"}";

      assertThat(bodyFor(Exchanges.BUDGET, loop, EFFORT)).doesNotContain("thinking");
      assertThat(bodyFor(Exchanges.EFFORT, loop, EFFORT)).contains("adaptive");
    }

    @Test
    void aSmallTokenLimit() {
      String small = "\"reasoning_effort\":\"high\",\"max_tokens\":1024";

      assertThat(bodyFor(Exchanges.BUDGET, HELLO, small)).doesNotContain("thinking");
    }

    @Test
    void aModelWithoutReasoning() {
      assertThat(body(HELLO, EFFORT)).doesNotContain("thinking").doesNotContain("effort");
    }
  }

  private static String body(String messages, String more) {
    return bodyFor(Exchanges.OLD, messages, more);
  }

  private static String bodyFor(ModelFacts facts, String messages, String more) {
    Written encoded = MessageRequest.write(Exchanges.of(request(messages, more), "claude", facts));
    return new String(((Written.Request) encoded).outgoing().body(), UTF_8);
  }

  private static String request(String messages, String more) {
    return "{\"model\":\"m\",\"messages\":[%s],%s}".formatted(messages, more);
  }
}
