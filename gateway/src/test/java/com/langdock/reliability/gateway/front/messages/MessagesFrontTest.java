package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesFrontTest {
  private static final String VALID =
      "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':'Hi'}]}";
  private static final AnswerFacts FACTS = new AnswerFacts("req_1", "p", 1, 2, 3);

  private final MessagesFront front =
      new MessagesFront(
          new ModelCatalog(
              Map.of(
                  "m",
                  new ModelFacts(OptionalLong.of(10), OptionalLong.empty(), false, false, null))),
          List.of(new Target("p", "m")));

  private Reading read(String path, String json, Map<String, String> headers) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    return front.read(new RequestHead(path, "", headers), Body.of(body), true);
  }

  private Exchange accepted(String json) {
    return ((Reading.Accepted) read("/v1/messages", json, Map.of())).exchange();
  }

  private ApiError refused(String json) {
    return ((Reading.Refused) read("/v1/messages", json, Map.of())).error();
  }

  @Nested
  class Requests {
    @Test
    void areReadWithTheHeadersOfTheFormat() {
      Map<String, String> headers = Map.of("anthropic-beta", "a,b", "anthropic-version", "v");
      Exchange exchange =
          ((Reading.Accepted)
                  read(
                      "/v1/messages",
                      VALID.replace(
                          "{'model'", "{'client_id':'me','preferred_provider':'p','model'"),
                      headers))
              .exchange();

      assertThat(exchange.model()).isEqualTo("m");
      assertThat(exchange.clientId()).isEqualTo("me");
      assertThat(exchange.preferredProvider()).isEqualTo("p");
      assertThat(exchange.payload().format()).isEqualTo(WireFormat.MESSAGES);
      assertThat(exchange.payload().headers()).isEqualTo(headers);
      assertThat(exchange.stream()).isFalse();
    }

    @Test
    void mayAskForThinkingAndASchema() {
      Exchange exchange =
          accepted(
              VALID.replace(
                  "{'model'",
                  "{'stream':true,'thinking':{'type':'adaptive'},'output_config':{'format':"
                      + "{'type':'json_schema','schema':{}}},'model'"));

      assertThat(exchange.stream()).isTrue();
      assertThat(exchange.answer().reasoning()).isTrue();
      assertThat(exchange.answer().structured()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'model':'m','max_tokens':0,'messages':[{'role':'user','content':'Hi'}]}",
          "{'model':'m','max_tokens':1,'messages':[{}],'context_management':{'edits':[{}]}}",
          "{'model':'m','max_tokens':1,'messages':[{}],'tools':[{'type':'advisor_20300101'}]}",
          "{'model':'m','max_tokens':1,'messages':[{'role':'system','content':'x'}]}",
        })
    void areNotJudgedByTheirDetails(String json) {
      assertThat(accepted(json).task()).isEqualTo(Exchange.Task.ANSWER);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "[] | invalid_json | ",
          "{ | invalid_json | ",
          "{'max_tokens':1,'messages':[{}]} | missing_field | model",
          "{'model':7,'max_tokens':1,'messages':[{}]} | invalid_value | model",
          "{'model':'m','max_tokens':1} | missing_field | messages",
          "{'model':'m','max_tokens':1,'messages':[]} | invalid_value | messages",
          "{'model':'m','messages':[{}]} | missing_field | max_tokens",
          "{'model':'m','messages':[{}],'max_tokens':-1} | invalid_value | max_tokens",
          "{'model':'m','messages':[{}],'max_tokens':'1'} | invalid_value | max_tokens",
          "{'model':'m','messages':[{}],'max_tokens':1,'stream':1} | invalid_value | stream",
          "{'model':'m','messages':[{}],'max_tokens':1,'client_id':1} | invalid_value | client_id",
        })
    void thatNoProviderCouldReadAreRefused(String json, String code, String param) {
      assertThat(refused(json).code()).isEqualTo(code);
      assertThat(refused(json).param()).isEqualTo(param);
      assertThat(refused(json).status()).isEqualTo(400);
    }

    @Test
    void forUnknownModelsNameTheModel() {
      ApiError error = refused(VALID.replace("'m'", "'claude-9'"));

      assertThat(error.status()).isEqualTo(404);
      assertThat(new String(front.error(error, "req_1"), UTF_8))
          .isEqualTo(
              "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":"
                  + "\"model: claude-9\"},\"request_id\":\"req_1\"}");
    }

    @Test
    void thatAreTooLongSayItInKnownWords() {
      String lots = VALID.replace("Hi", "x".repeat(100));

      assertThat(refused(lots).message()).matches("prompt is too long: \\d+ tokens > 10 maximum");
      assertThat(accepted(lots.replace("'m'", "'m[1m]'")).model()).isEqualTo("m");
      assertThat(read("/v1/messages", lots, Map.of("anthropic-beta", "a,context-1m-2025-08-07")))
          .isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void toCountTokensNeedNoLimit() {
      Reading reading =
          read("/v1/messages/count_tokens", VALID.replace("'max_tokens':9,", ""), Map.of());

      assertThat(((Reading.Accepted) reading).exchange().task())
          .isEqualTo(Exchange.Task.COUNT_TOKENS);
    }
  }

  @Nested
  class Answers {
    @Test
    void ofItsOwnFormatStayAsTheyAre() {
      byte[] json = "{\"id\":\"msg_1\" }".getBytes(UTF_8);
      WholeAnswer raw = new WholeAnswer.Raw(json, Exchanges.json("{}"), Usage.NONE, List::of);

      assertThat(front.answer(raw, accepted(VALID), FACTS)).isSameAs(json);
    }

    @Test
    void ofOtherFormatsAreMessages() {
      WholeAnswer neutral =
          new WholeAnswer.Neutral(
              List.of(
                  Events.started(),
                  new Piece.Opened(new Block.Thinking()),
                  new Piece.Thinking("\"hm\""),
                  new Piece.Signed(new Signature(WireFormat.MESSAGES, "s")),
                  new Piece.Closed(),
                  Piece.Text.of("Hi."),
                  new Piece.Opened(new Block.Call("c", "look", "{\"a\":1}")),
                  new Piece.Closed(),
                  new Piece.Opened(new Block.Call("d", "look", "[broken")),
                  new Piece.Closed(),
                  new Piece.Finished(FinishReason.TOOL_CALLS, null)),
              Events.report(new Usage(10, 4, 3)));

      String json = new String(front.answer(neutral, accepted(VALID), FACTS), UTF_8);

      assertThat(json)
          .isEqualTo(
              "{\"id\":\""
                  + MessageIds.message(Events.started())
                  + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"gpt-4\","
                  + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},"
                  + "{\"type\":\"text\",\"text\":\"Hi.\"},"
                  + "{\"type\":\"tool_use\",\"id\":\"c\",\"name\":\"look\",\"input\":{\"a\":1}},"
                  + "{\"type\":\"tool_use\",\"id\":\"d\",\"name\":\"look\","
                  + "\"input\":{\"_raw\":\"[broken\"}}],"
                  + "\"stop_reason\":\"tool_use\",\"stop_sequence\":null,"
                  + "\"usage\":{\"input_tokens\":6,\"cache_creation_input_tokens\":0,"
                  + "\"cache_read_input_tokens\":4,\"output_tokens\":3}}");
    }
  }

  @Nested
  class Errors {
    @ParameterizedTest
    @CsvSource({
      "400, 400, invalid_request_error",
      "401, 401, authentication_error",
      "403, 403, permission_error",
      "404, 404, not_found_error",
      "413, 413, request_too_large",
      "429, 429, rate_limit_error",
      "500, 500, api_error",
      "502, 502, api_error",
      "503, 529, overloaded_error",
      "504, 504, timeout_error",
    })
    void haveTheStatusAndTypeThatClientsKnow(int status, int expected, String type) {
      ApiError error = ApiError.invalid(status, "code", "No.", null);

      assertThat(front.status(error)).isEqualTo(expected);
      assertThat(new String(front.error(error, "r"), UTF_8)).contains("\"type\":\"" + type + "\"");
      assertThat(new String(front.streamError(error, "r", null), UTF_8))
          .startsWith("event: error\ndata: {\"type\":\"error\"")
          .endsWith("\"request_id\":\"r\"}\n\n");
    }

    @Test
    void aboutTheLengthAlwaysSaySo() {
      ApiError error = ApiError.invalid(400, "context_length_exceeded", "Too much.", "messages");

      assertThat(new String(front.error(error, "r"), UTF_8))
          .contains("prompt is too long: Too much.");
    }
  }
}
