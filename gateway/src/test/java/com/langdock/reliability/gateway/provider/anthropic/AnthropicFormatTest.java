package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicFormatTest {
  private static final String CALL =
      "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"f\",\"input\":{\"x\":1}}";

  private final AnthropicFormat format = new AnthropicFormat();

  @Test
  void sendsTheCredentialAsAnApiKey() {
    assertThat(format.headers("secret"))
        .containsEntry("x-api-key", "secret")
        .containsEntry("content-type", "application/json");
    assertThat(format.headers("")).doesNotContainKey("x-api-key");
  }

  @Test
  void sendsAVersionWithEveryTranslatedRequest() {
    Written written = format.write(Exchanges.ofOpus("{\"messages\":[]}"));

    assertThat(((Written.Request) written).outgoing().headers())
        .containsExactly(entry("anthropic-version", "2023-06-01"));
  }

  @Nested
  class Answers {
    @Test
    void usesFunctionCallForClientsWithFunctions() {
      TargetRequest legacy = Exchanges.ofOpus("{\"functions\":[{\"name\":\"f\"}]}");

      Decoded decoded = format.readWhole(legacy, Replies.head(200), body(CALL, "tool_use"));

      assertThat(new String(ChatReader.answer(decoded, legacy.exchange().payload()).json(), UTF_8))
          .contains("\"function_call\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}")
          .contains("\"finish_reason\":\"function_call\"")
          .doesNotContain("tool_calls");
    }

    @Test
    void restoresOnlyTheGatewaysOwnModelName() {
      TargetModel renamed = new TargetModel("opus", "claude-3-opus-20240229", Exchanges.OLD);
      TargetModel alias = new TargetModel("opus", "claude-3-opus-latest", Exchanges.OLD);

      assertThat(decodedFrom(renamed)).contains("\"model\":\"opus\"");
      assertThat(decodedFrom(alias)).contains("\"model\":\"claude-3-opus-20240229\"");
    }

    private String decodedFrom(TargetModel target) {
      TargetRequest request = new TargetRequest(Exchanges.request("{}"), target);
      return text(format.readWhole(request, Replies.head(200), body("", "end_turn")));
    }

    @ParameterizedTest
    @CsvSource({
      "end_turn, stop",
      "stop_sequence, stop",
      "pause_turn, stop",
      "max_tokens, length",
      "model_context_window_exceeded, length",
      "refusal, content_filter",
      "something_new, stop"
    })
    void translatesTheStopReason(String stopReason, String finishReason) {
      String json = text(decode(200, new String(body("", stopReason), UTF_8)));

      assertThat(json).contains("\"finish_reason\":\"" + finishReason + "\"");
    }

    @Test
    void haveTheFactsThatDetermineThePrice() {
      String usage =
          "{'input_tokens':10,'cache_read_input_tokens':20,'cache_creation_input_tokens':30,"
              + "'cache_creation':{'ephemeral_5m_input_tokens':18,'ephemeral_1h_input_tokens':12},"
              + "'output_tokens':4,'server_tool_use':{'web_search_requests':2},'speed':'fast'}";

      assertThat(used(usage))
          .isEqualTo(new Usage(60, 20, 4, new UsageDetails(18, 12, 0, 0, 2, Tier.PRIORITY)));
    }

    @Test
    void countCacheWritesOfUnknownLifetimeAsShort() {
      assertThat(used("{'input_tokens':1,'cache_creation_input_tokens':5,'output_tokens':1}"))
          .isEqualTo(new Usage(6, 0, 1, new UsageDetails(5, 0, 0, 0, 0, Tier.STANDARD)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "{}",
          "{'input_tokens':-1,'output_tokens':2}",
          "{'input_tokens':9e18,'output_tokens':2}",
          "{'input_tokens':1,'output_tokens':1e400}",
          "{'input_tokens':1,'cache_read_input_tokens':9223372036854775807,'output_tokens':1}"
        })
    void withImplausibleUsageAreEstimated(String usage) {
      assertThat(used(usage)).isEqualTo(new Usage(0, 0, 3));
    }

    private Usage used(String usage) {
      String body =
          "{'content':[{'type':'text','text':'123456789'}],'stop_reason':'end_turn','usage':%s}"
              .formatted(usage)
              .replace('\'', '"');
      return ChatReader.answer(decode(200, body)).usage();
    }

    private static byte[] body(String content, String stopReason) {
      return """
      {"type":"message","id":"msg_1","model":"claude-3-opus-20240229","content":[%s],\
      "stop_reason":"%s","usage":{"input_tokens":1,"output_tokens":2}}\
      """
          .formatted(content, stopReason)
          .getBytes(UTF_8);
    }
  }

  @Nested
  class Failures {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            200 |                                                            | EMPTY
            200 | <html>busy</html>                                          | NOT_JSON
            200 | {"type":"message"}                                         | NOT_JSON
            200 | [1]                                                        | NOT_JSON
            200 | {"content":"text"}                                         | NOT_JSON
            """)
    void anInvalidSuccessIsUnreadable(int status, String body, Failure.Unreadable.Why why) {
      assertThat(failure(status, body == null ? "" : body))
          .isEqualTo(new Failure.Unreadable(why, status));
    }

    @Test
    void classifiesAnErrorWithStatus200() {
      String body =
          "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}";

      assertThat(failure(200, body)).isInstanceOf(Failure.Overloaded.class);
    }
  }

  private Decoded decode(int status, String body) {
    return format.readWhole(Exchanges.ofOpus("{}"), Replies.head(status), body.getBytes(UTF_8));
  }

  private Failure failure(int status, String body) {
    return ((Decoded.Failed) decode(status, body)).failure();
  }

  private static String text(Decoded decoded) {
    return new String(ChatReader.answer(decoded).json(), UTF_8);
  }
}
