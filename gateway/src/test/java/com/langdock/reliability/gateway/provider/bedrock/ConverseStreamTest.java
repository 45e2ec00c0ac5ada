package com.langdock.reliability.gateway.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.AwsFrames;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.PieceOrder;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseStreamTest {
  private final List<Piece> pieces = new ArrayList<>();
  private final TargetRequest request = Exchanges.of("{}", "claude", Exchanges.OLD);
  private final PieceReader reader =
      new ConverseFormat().readStream(request, Replies.head(200, Map.of("x-amzn-requestid", "r1")));

  private void event(String type, String json) {
    reader.read(AwsFrames.event(type, json.replace('\'', '"')), pieces::add);
  }

  private void failure(String word) {
    assertThat(pieces.getLast()).isInstanceOf(Piece.Failed.class);
    assertThat(((Piece.Failed) pieces.getLast()).failure().word()).isEqualTo(word);
  }

  @Test
  void blocksOfTextHaveNoStart() {
    event("messageStart", "{'role':'assistant'}");
    event("contentBlockDelta", "{'contentBlockIndex':0,'delta':{'text':''}}");
    event("contentBlockStop", "{'contentBlockIndex':0}");
    event("contentBlockDelta", "{'contentBlockIndex':2,'delta':{'text':'Hi'}}");
    event("messageStop", "{'stopReason':'end_turn'}");
    event("metadata", "{'usage':{'inputTokens':3,'outputTokens':1,'cacheReadInputTokens':4}}");

    assertThat(pieces).hasSize(7);
    assertThat(pieces.getFirst())
        .isInstanceOfSatisfying(
            Piece.Started.class, started -> assertThat(started.id()).isEqualTo("r1"));
    assertThat(PieceOrder.brokenBy(pieces.subList(0, 5))).isEmpty();
    assertThat(((Piece.Used) pieces.get(5)).tokens().usage().inputTokens()).isEqualTo(7);
    assertThat(pieces.getLast()).isInstanceOf(Piece.Ended.class);
  }

  @Test
  void aCallWithoutArgumentsHasAnEmptyObject() {
    event(
        "contentBlockStart",
        "{'contentBlockIndex':0,'start':{'toolUse':{'name':'f','toolUseId':'t'}}}");
    event("contentBlockStop", "{'contentBlockIndex':0}");
    event("messageStop", "{'stopReason':'tool_use'}");

    assertThat(pieces.get(2)).isEqualTo(new Piece.Arguments("\"{}\""));
    assertThat(pieces.getLast()).isEqualTo(new Piece.Finished(FinishReason.TOOL_CALLS, null));
  }

  @Test
  void callsOfBedrockItselfAreLeftOut() {
    event(
        "contentBlockStart",
        "{'contentBlockIndex':0,'start':{'toolUse':{'name':'f','toolUseId':'t',"
            + "'type':'server_tool_use'}}}");
    event("contentBlockDelta", "{'contentBlockIndex':0,'delta':{'toolUse':{'input':'{}'}}}");
    event("messageStop", "{'stopReason':'end_turn'}");

    assertThat(pieces).hasSize(2);
    assertThat(pieces.getLast()).isEqualTo(new Piece.Finished(FinishReason.STOP, null));
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, Too many requests, rate_limited",
    "internalServerException, no, server_error",
    "modelStreamErrorException, no, server_error",
    "serviceUnavailableException, no, overloaded",
    "validationException, no, request_rejected",
    "validationException, Input is too long for requested model., context_length_exceeded",
    "expiredTokenException, no, credential_rejected",
    "somethingNewException, no, server_error",
  })
  void exceptionsAreFailures(String type, String message, String word) {
    reader.read(AwsFrames.exception(type, "{\"message\":\"" + message + "\"}"), pieces::add);
    failure(word);
  }

  @Test
  void unmodelledErrorsAreFailures() {
    Map<String, String> headers =
        Map.of(":message-type", "error", ":error-code", "InternalFailure", ":error-message", "x\"");
    reader.read(AwsFrames.frame(headers, ""), pieces::add);
    failure("server_error");
    Failure.Answered failure = (Failure.Answered) ((Piece.Failed) pieces.getLast()).failure();
    assertThat(failure.reply().message()).isEqualTo("x\"");
  }

  @Test
  void damagedFramesAreFailures() {
    byte[] frame = AwsFrames.event("messageStart", "{}");
    frame[frame.length - 1] ^= 1;
    reader.read(frame, pieces::add);
    failure("malformed_response");
  }

  @Test
  void payloadsThatAreNoObjectsAreFailures() {
    event("contentBlockDelta", "[");
    failure("malformed_response");
  }

  @Test
  void aMalformedAnswerWithoutContentIsAFailure() {
    event("messageStop", "{'stopReason':'malformed_tool_use'}");
    failure("malformed_response");
  }
}
