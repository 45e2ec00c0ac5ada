package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole answer for a client of the Messages API. */
class PassthroughAnswerTest {
  private static final TargetModel TARGET = new TargetModel("m", "claude-x", Exchanges.OLD);
  private static final String MESSAGE =
      "{'type':'message', 'model':'claude-x','content':[{'type':'thinking','thinking':'',"
          + "'signature':'s'},{'type':'text','text':'Bl'},{'type':'text','text':'ue'}],"
          + "'stop_reason':'end_turn','usage':{'input_tokens':3,'output_tokens':2},'new':1.50}";

  private final AnthropicFormat format = new AnthropicFormat();
  private final TargetRequest request = Exchanges.ofMessages("{}", Map.of(), TARGET);

  @Test
  void keepsItsBytesExceptForTheNameOfTheModel() {
    WholeAnswer.Raw answer = answer(request, MESSAGE);

    assertThat(answer.json()).asString(UTF_8).isEqualTo(json(MESSAGE.replace("claude-x", "m")));
    assertThat(answer.usage()).isEqualTo(new Usage(3, 0, 2));
  }

  @Test
  void keepsTheBytesOfEveryRecording() {
    List<String> names = new ArrayList<>(Recorded.names("anthropic", ".json"));
    names.addAll(Recorded.names("anthropic/messages", ".json"));
    names.removeIf(name -> name.contains(".request.") || name.contains("count-tokens"));

    assertThat(names)
        .hasSizeGreaterThan(15)
        .allSatisfy(name -> {
          byte[] body = Recorded.bytes(name);
          Decoded decoded = format.readWhole(request, Replies.head(200), body);
          assertThat(raw(decoded).json()).isSameAs(body);
        });
  }

  @Test
  void isAStreamWithItsUsageForAClientThatWantsOne() {
    List<Piece> pieces = answer(request, MESSAGE).pieces();

    assertThat(pieces.getFirst()).isInstanceOf(Piece.Started.class);
    assertThat(pieces).hasAtLeastOneElementOfType(Piece.Signed.class);
    assertThat(pieces.getLast()).isInstanceOf(Piece.Used.class);
  }

  @Test
  void mayBeANumberOfTokens() {
    TargetRequest count = Exchanges.ofMessages(Exchange.Task.COUNT_TOKENS, "{}", Map.of(), TARGET);

    WholeAnswer.Raw answer = answer(count, "{ 'input_tokens':14 }");

    assertThat(answer.json()).asString(UTF_8).isEqualTo("{ \"input_tokens\":14 }");
    assertThat(answer.usage()).isEqualTo(Usage.NONE);
    assertThat(failure(request, 200, "{'input_tokens':14}")).isInstanceOf(Failure.Unreadable.class);
  }

  /** Clients match the words of errors. */
  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, 'messages.1: `thinking`  blocks, please', RequestRejected",
    "413, request_too_large, Request exceeds the maximum size, RequestRejected",
    "404, not_found_error, 'model: claude-9', ModelNotFound",
    "429, rate_limit_error, Slow., RateLimited",
    "529, overloaded_error, Overloaded, Overloaded",
    "200, overloaded_error, Overloaded, Overloaded",
    "500, api_error, Internal, ServerError"
  })
  void anErrorKeepsItsTypeAndWords(int status, String type, String message, String failure) {
    String error = "{'type':'" + type + "','message':'" + message + "'}";
    for (String body :
        List.of(
            "{'error':" + error + "}",
            "{'type':'error','error':" + error + ",'request_id':'req_1'}",
            "{'type':'error','error':" + error.replace("}", ",'details':null}}"))) {
      Failure.Answered failed = (Failure.Answered) failure(request, status, body);

      assertThat(failed.getClass().getSimpleName()).isEqualTo(failure);
      assertThat(failed.reply()).isEqualTo(new ProviderReply(status, type, null, null, message));
    }
  }

  @Test
  void hasTheRateLimitsOfTheProvider() {
    Map<String, String> received =
        Map.of(
            "anthropic-ratelimit-requests-limit", "50",
            "anthropic-ratelimit-output-tokens-reset", "2026-11-23T09:00:00Z",
            "anthropic-organization-id", "our account",
            "request-id", "req_1",
            "retry-after", "3");

    assertThat(format.answerHeaders(request, Replies.head(200, received)))
        .containsOnly(
            entry("anthropic-ratelimit-requests-limit", "50"),
            entry("anthropic-ratelimit-output-tokens-reset", "2026-11-23T09:00:00Z"),
            entry("retry-after", "3"));
    assertThat(format.answerHeaders(Exchanges.ofOpus("{}"), Replies.head(200, received))).isEmpty();
  }

  private WholeAnswer.Raw answer(TargetRequest request, String json) {
    return raw(format.readWhole(request, Replies.head(200), json(json).getBytes(UTF_8)));
  }

  private Failure failure(TargetRequest request, int status, String json) {
    Decoded decoded = format.readWhole(request, Replies.head(status), json(json).getBytes(UTF_8));
    return ((Decoded.Failed) decoded).failure();
  }

  private static WholeAnswer.Raw raw(Decoded decoded) {
    return (WholeAnswer.Raw) ((Decoded.Answered) decoded).answer();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
