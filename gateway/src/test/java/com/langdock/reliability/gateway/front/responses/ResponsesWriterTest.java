package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.ApiError;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesWriterTest {
  private static final Piece.Started STARTED = new Piece.Started("chatcmpl-1", "gpt-4", 7);

  private final ResponsesWriter writer =
      new ResponsesWriter(
          Responses.request(
              "{'instructions':'Be brief.','tools':[{'type':'custom','name':'patch'},"
                  + "{'type':'namespace','name':'ns','tools':[{'type':'function','name':'f'}]},"
                  + "{'type':'tool_search','execution':'client'}]}"));

  private ResponseStream written(Piece... pieces) {
    List.of(pieces).forEach(writer::write);
    return end();
  }

  private ResponseStream end() {
    writer.end(new Usage(9, 4, 7), null);
    return ResponseStream.whole(new String(writer.drain(), UTF_8));
  }

  @Test
  void repeatsTheRequestOnceInFull() {
    ResponseStream stream = written(STARTED, Piece.Text.of("Hi"));

    assertThat(stream.created().path("tools")).isEmpty();
    assertThat(stream.created().path("instructions").isNull()).isTrue();
    assertThat(stream.response().path("tools")).hasSize(3);
    assertThat(stream.response().path("instructions").asString("")).isEqualTo("Be brief.");
    assertThat(stream.response().path("store").asBoolean(true)).isFalse();
  }

  private static Piece.Event event(
      String type, int number, String fields, @Nullable Piece meaning) {
    String json = "{'type':'" + type + "','sequence_number':" + number + "," + fields + "}";
    return new Piece.Event(
        type, json.replace('\'', '"').getBytes(UTF_8), number < 2 ? -1 : 0, meaning, null);
  }

  private void passTheBeginning() {
    String response = "'response':{'id':'resp_1','status':'in_progress','output':[]}";
    String item = "'item_id':'msg_1','output_index':0,'content_index':0,";
    writer.write(event("response.created", 0, response, new Piece.Started("resp_1", "gpt-4", 7)));
    writer.write(event("response.in_progress", 1, response, null));
    writer.write(
        event(
            "response.output_item.added",
            2,
            "'output_index':0,'item':{'id':'msg_1','type':'message','status':'in_progress',"
                + "'role':'assistant','content':[]}",
            new Piece.Opened(new Block.Text())));
    writer.write(
        event(
            "response.content_part.added",
            3,
            item + "'part':{'type':'output_text','text':''}",
            null));
    writer.write(
        event("response.output_text.delta", 4, item + "'delta':'One'", Piece.Text.of("One")));
  }

  @Test
  void goesOnFromAProvidersOwnEvents() {
    passTheBeginning();
    writer.resume(new Piece.Started("other", "claude", 8), null);
    writer.resume(Piece.Text.of(", two"), null);
    writer.resume(new Piece.Finished(FinishReason.STOP, null), null);
    ResponseStream stream = end();

    assertThat(stream.response().path("id").asString("")).isEqualTo("resp_1");
    assertThat(stream.items()).hasSize(1);
    assertThat(stream.items().getFirst().path("id").asString("")).isEqualTo("msg_1");
    assertThat(stream.items().getFirst().at("/content/0/text").asString("")).isEqualTo("One, two");
    assertThat(stream.response().at("/usage/total_tokens").asInt()).isEqualTo(16);
  }

  @Test
  void failsAfterAProvidersOwnEvents() {
    passTheBeginning();
    String begun = new String(writer.drain(), UTF_8);
    ApiError error = ApiError.unavailable("provider_error", "Broken.", OptionalLong.empty());

    ResponseStream stream =
        ResponseStream.of(begun + new String(writer.fail(error, "req_1"), UTF_8));

    assertThat(stream.response().path("id").asString("")).isEqualTo("resp_1");
    assertThat(stream.response().path("status").asString("")).isEqualTo("failed");
  }

  @Test
  void countsEachKindOfToken() {
    writer.write(STARTED);
    writer.end(Usage.NONE, new TokenReport(new Usage(9, 4, 7), OptionalLong.of(3), null));

    assertThat(
            ResponseStream.whole(new String(writer.drain(), UTF_8))
                .response()
                .path("usage")
                .toString())
        .isEqualTo(
            "{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4,"
                + "\"cache_write_tokens\":0},\"output_tokens\":7,\"output_tokens_details\":"
                + "{\"reasoning_tokens\":3},\"total_tokens\":16}");
  }

  @Test
  void leadsCallsBackToTheirTools() {
    ResponseStream stream =
        written(
            STARTED,
            new Piece.Opened(new Block.Call("1", "patch", "")),
            new Piece.Arguments("\"{\\\"input\\\":\""),
            new Piece.Arguments("\"\\\"+ x\\\"}\""),
            new Piece.Closed(),
            new Piece.Opened(new Block.Call("2", "ns__f", "{\"a\":1}")),
            new Piece.Closed(),
            new Piece.Opened(new Block.Call("3", "tool_search", "{\"q\":1}")),
            new Piece.Closed(),
            new Piece.Opened(new Block.Call("", "f", "")),
            new Piece.Closed());

    assertThat(stream.itemTypes())
        .containsExactly("custom_tool_call", "function_call", "tool_search_call", "function_call");
    assertThat(stream.items().get(0).path("input").asString("")).isEqualTo("+ x");
    assertThat(stream.items().get(1).path("namespace").asString("")).isEqualTo("ns");
    assertThat(stream.items().get(1).path("name").asString("")).isEqualTo("f");
    assertThat(stream.items().get(2).at("/arguments/q").asInt()).isEqualTo(1);
    assertThat(stream.items().get(3).path("arguments").asString("")).isEqualTo("{}");
    assertThat(stream.items().get(3).path("call_id").asString("")).startsWith("call_");
  }

  @Test
  void keepsSignaturesInEnvelopes() {
    Signature signature = new Signature(WireFormat.GEMINI, "abc");
    ResponseStream stream =
        written(
            STARTED,
            new Piece.Opened(new Block.Thinking()),
            new Piece.Thinking("\"hm\""),
            new Piece.Signed(new Signature(WireFormat.MESSAGES, "abc")),
            new Piece.Closed(),
            new Piece.Opened(new Block.Call("1", "f", "{}", signature)));

    assertThat(stream.itemTypes()).containsExactly("reasoning", "reasoning", "function_call");
    assertThat(stream.items().get(0).path("encrypted_content").asString(""))
        .isEqualTo("gw1.messages.YWJj");
    assertThat(stream.items().get(1).path("encrypted_content").asString(""))
        .isEqualTo("gw1.gemini.YWJj");
    assertThat(stream.items().get(1).path("summary")).isEmpty();
  }

  @Test
  void writesTextsInARowAsOneMessage() {
    assertThat(
            written(
                    STARTED,
                    new Piece.Opened(new Block.Text()),
                    Piece.Text.of("a"),
                    new Piece.Closed(),
                    new Piece.Opened(new Block.Text()),
                    Piece.Text.of("b"))
                .itemTypes())
        .containsExactly("message");
  }

  @Test
  void goesOnInTheOpenMessageWithoutOtherThinking() {
    writer.write(STARTED);
    writer.write(Piece.Text.of("Hel"));
    writer.resume(new Piece.Started("other", "m", 9), null);
    writer.resume(new Piece.Thinking("\"again\""), null);
    writer.resume(Piece.Text.of("Hello"), "lo");
    writer.resume(Piece.Text.of(" you"), null);
    ResponseStream stream = end();

    assertThat(stream.itemTypes()).containsExactly("message");
    assertThat(ResponseStream.content(stream.items().getFirst())).isEqualTo("Hello you");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, , completed",
    "TOOL_CALLS, , completed",
    "LENGTH, , incomplete",
    "CONTENT_FILTER, , incomplete",
    "CONTENT_FILTER, No., completed",
  })
  void saysWhetherTheAnswerIsWhole(FinishReason reason, String refusal, String status) {
    ResponseStream stream =
        written(STARTED, Piece.Text.of("a"), new Piece.Finished(reason, refusal));

    assertThat(stream.response().path("status").asString("")).isEqualTo(status);
    assertThat(stream.items().getLast().path("status").asString("")).isEqualTo(status);
    assertThat(stream.response().path("incomplete_details").isNull())
        .isEqualTo(status.equals("completed"));
  }

  @ParameterizedTest
  @CsvSource({
    "rate_limit_exceeded, provider_error, rate_limit_exceeded",
    "quota_exhausted, provider_error, insufficient_quota",
    "provider_overloaded, provider_error, server_is_overloaded",
    "context_length_exceeded, invalid_request_error, context_length_exceeded",
    "content_policy_violation, invalid_request_error, invalid_prompt",
    "provider_timeout, timeout_error, server_error",
  })
  void failsInTheWordsThatClientsKnow(String code, String type, String told) {
    ApiError error =
        new ApiError(
            502,
            type,
            code,
            "Broken.",
            null,
            List.of(),
            OptionalLong.of(1_500_000_000),
            null,
            null);
    writer.write(STARTED);
    writer.write(Piece.Text.of("Hel"));
    ResponseStream stream = ResponseStream.of(new String(writer.fail(error, "req_1"), UTF_8));

    assertThat(stream.error().path("code").asString("")).isEqualTo(code);
    assertThat(stream.error().path("request_id").asString("")).isEqualTo("req_1");
    assertThat(stream.response().at("/error/code").asString("")).isEqualTo(told);
    assertThat(stream.response().at("/error/message").asString(""))
        .isEqualTo(
            told.equals("rate_limit_exceeded") ? "Broken. Please try again in 1.5s." : "Broken.");
  }

  @Test
  void failsLegallyBeforeAnythingCame() {
    byte[] events =
        writer.fail(ApiError.unavailable("circuit_open", "Later.", OptionalLong.empty()), "r");

    assertThat(ResponseStream.of(new String(events, UTF_8)).response().path("output")).isEmpty();
  }

  @Test
  void startsOver() {
    writer.write(STARTED);
    writer.write(Piece.Text.of("lost"));
    writer.startOver();
    writer.write(new Piece.Started("chatcmpl-2", "gpt-4", 8));
    writer.write(Piece.Text.of("kept"));

    assertThat(ResponseStream.content(end().items().getFirst())).isEqualTo("kept");
  }
}
