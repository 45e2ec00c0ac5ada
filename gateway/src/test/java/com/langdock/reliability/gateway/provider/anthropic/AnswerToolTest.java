package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.json.JsonFields;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers to a schema that are given as the input of a tool, which is hidden from the client. */
class AnswerToolTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"number\"}}}";
  private final TargetRequest asked = asked("", SCHEMA);
  private final TargetRequest withTools =
      asked("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}],", SCHEMA);

  private final AnthropicFormat format = new AnthropicFormat();

  private static TargetRequest asked(String fields, String schema) {
    return Exchanges.ofOpus(
        "{\"model\":\"m\",%s\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],%s}"
            .formatted(
                fields,
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                    + "{\"name\":\"person\",\"schema\":"
                    + schema
                    + "}}"));
  }

  @Nested
  class Whole {
    @Test
    void isContent() {
      String json =
          answer(
              asked,
              "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"person\","
                  + "\"input\":{\"age\": 1.50}}");

      assertThat(json)
          .contains("\"content\":\"{\\\"age\\\": 1.50}\"")
          .contains("\"finish_reason\":\"stop\"")
          .doesNotContain("tool_calls");
    }

    @Test
    void isNotMixedWithTextBeforeIt() {
      String json =
          answer(
              asked,
              "{\"type\":\"text\",\"text\":\"Here:\"},"
                  + "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"person\",\"input\":{}}");

      assertThat(json).contains("\"content\":\"{}\"");
    }

    @Test
    void isACallWhereTheModelChoseTheClientsTool() {
      String json =
          answer(
              withTools,
              "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"look\"," + "\"input\":{\"at\":1}}");

      assertThat(json)
          .contains("\"content\":null")
          .contains("\"tool_calls\":[{\"id\":\"t\"")
          .contains("\"finish_reason\":\"tool_calls\"");
    }

    private String answer(TargetRequest request, String blocks) {
      String body =
          "{\"id\":\"m\",\"model\":\"c\",\"content\":["
              + blocks
              + "],\"stop_reason\":\"tool_use\"}";
      Decoded decoded = format.readWhole(request, Replies.head(200), body.getBytes(UTF_8));
      return new String(ChatReader.answer(decoded).json(), UTF_8);
    }
  }

  @Nested
  class Streamed {
    @Test
    void isContent() {
      Read read = new Read(asked);
      read.event(
          "{'type':'content_block_start','content_block':"
              + "{'type':'tool_use','id':'t','name':'person','input':{}}}");
      read.event(
          "{'type':'content_block_delta','delta':"
              + "{'type':'input_json_delta','partial_json':'{\\'age\\':'}}");
      read.event(
          "{'type':'content_block_delta','delta':"
              + "{'type':'input_json_delta','partial_json':' 1.50}'}}");
      read.end();

      assertThat(read.text.toString()).isEqualTo("{\"age\": 1.50}");
      assertThat(read.json.toString())
          .contains("\"delta\":{\"content\":\" 1.50}\"}")
          .contains("\"finish_reason\":\"stop\"")
          .doesNotContain("tool_calls");
    }

    @Test
    void isAnEmptyObjectWithoutInput() {
      Read read = new Read(asked);
      read.event(
          "{'type':'content_block_start','content_block':"
              + "{'type':'tool_use','id':'t','name':'person','input':{}}}");
      read.end();

      assertThat(read.text.toString()).isEqualTo("{}");
    }

    @Test
    void isReadFromInputInTheFirstEvent() {
      Read read = new Read(asked);
      read.event(
          "{'type':'content_block_start','content_block':"
              + "{'type':'tool_use','id':'t','name':'person','input':{'age':2}}}");
      read.end();

      assertThat(read.text.toString()).isEqualTo("{\"age\":2}");
    }

    @Test
    void isACallWhereTheModelChoseTheClientsTool() {
      Read read = new Read(withTools);
      read.event(
          "{'type':'content_block_start','content_block':"
              + "{'type':'tool_use','id':'t','name':'look','input':{}}}");
      read.end();

      assertThat(read.text.toString()).isEmpty();
      assertThat(read.json.toString())
          .contains("\"arguments\":\"{}\"")
          .contains("\"finish_reason\":\"tool_calls\"");
    }

    /** One stream and its result. */
    private final class Read {
      private final ChatReader decoder;
      private final StringBuilder text = new StringBuilder();
      private final StringBuilder json = new StringBuilder();

      Read(TargetRequest request) {
        decoder = new ChatReader(format, request, Replies.head(200));
        event("{'type':'message_start','message':{'id':'m','model':'c'}}");
      }

      void event(String event) {
        String data = event.replace("\\'", "\\\"").replace('\'', '"');
        if (decoder.read(data.getBytes(UTF_8)) instanceof Piece.Raw chunk) {
          text.append(chunk.text());
          json.append(new String(chunk.bytes(), UTF_8));
        }
      }

      void end() {
        event("{'type':'content_block_stop'}");
        event("{'type':'message_delta','delta':{'stop_reason':'tool_use'},'usage':{}}");
      }
    }
  }

  /**
   * Schemas that structured output cannot express use a tool even for models with structured
   * output.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | {"type":"object","properties":{"x":{"type":"number","minimum":1}}}
          true  | {"type":"object","properties":{"x":{"$ref":"#/$defs/x"}},\
          "$defs":{"x":{"enum":[1]}}}
          true  | {"type":"object","properties":{},"additionalProperties":false}
          true  | {"anyOf":[{"type":"object","properties":{"x":{}}}]}
          false | {"type":"object"}
          false | {"type":"object","properties":{"m":{"type":"object","additionalProperties":\
          {"type":"string"}}}}
          false | {"type":"object","patternProperties":{"^x":{}}}
          false | {"type":"object","properties":{"more":{"$ref":"#"}}}
          false | {"type":"object","properties":{"x":{"$ref":"#/$defs/x"}},\
          "$defs":{"x":{"anyOf":[{"type":"null"},{"type":"array","items":{"$ref":"#/$defs/x"}}]}}}
          false | {"type":"object","properties":{"x":{"$ref":"https://e.org/schema"}}}
          """)
  void isUsedForSchemasThatCannotBeExpressed(boolean isNative, String schema) {
    String json = new String(asked("", schema).exchange().payload().body().bytes(), UTF_8);
    Written encoded = format.write(Exchanges.of(json, "claude", Exchanges.BUDGET));
    String body = new String(((Written.Request) encoded).outgoing().body(), UTF_8);

    assertThat(body.contains("output_config")).as(body).isEqualTo(isNative);
    assertThat(body.contains("tool_choice")).as(body).isNotEqualTo(isNative);
  }

  /** Each level refers to the next one twice: a naive check would visit a billion schemas. */
  @Test
  void isFoundQuicklyForSchemasThatReferToEachOther() {
    StringBuilder defs = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String next = "{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}";
      String level =
          "{\"type\":\"object\",\"properties\":{\"a\":%s,\"b\":%s},\"anyOf\":[%s,%s]}"
              .formatted(next, next, next, next);
      defs.append("\"d").append(i).append("\":").append(level).append(',');
    }
    defs.append("\"d30\":{\"type\":\"object\",\"properties\":{\"x\":{}}}");
    String schema = "{\"anyOf\":[{\"$ref\":\"#/$defs/d0\"}],\"$defs\":{" + defs + "}}";
    String json = new String(asked("", schema).exchange().payload().body().bytes(), UTF_8);

    assertThat(format.write(Exchanges.ofOpus(json))).isInstanceOf(Written.Request.class);
    assertThat(format.write(Exchanges.of(json, "claude", Exchanges.BUDGET)))
        .isInstanceOf(Written.Request.class);
  }

  @Test
  void isNotUsedBesideAForcedToolOfTheClient() {
    String forced =
        new String(withTools.exchange().payload().body().bytes(), UTF_8)
            .replace("\"tools\"", "\"tool_choice\":\"required\",\"tools\"");
    Written encoded = format.write(Exchanges.ofOpus(forced));
    byte[] body = ((Written.Request) encoded).outgoing().body();

    assertThat(
            JsonFields.array(
                Objects.requireNonNull(Exchanges.json(new String(body, UTF_8))), "tools"))
        .hasSize(1);
  }
}
