package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pieces of Gemini's responses. */
class GenerateStreamTest {
  private static final Piece TEXT = new Piece.Opened(new Piece.Block.Text());
  private static final Piece THINKING = new Piece.Opened(new Piece.Block.Thinking());
  private static final Piece CLOSED = new Piece.Closed();
  private static final Piece STOPPED = new Piece.Finished(FinishReason.STOP, null);

  private final GeminiFormat format = new GeminiFormat();

  /** The pieces of responses with these parts, without the start. */
  private List<Piece> pieces(String... responses) {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request("{}"), Replies.head(200));
    for (String response : responses) {
      reader.read(response.replace('\'', '"').getBytes(UTF_8), pieces::add);
    }
    pieces.removeIf(Piece.Started.class::isInstance);
    return pieces;
  }

  private static TargetRequest request(String json) {
    return Exchanges.of(json, "gemini", GeminiModels.LEVEL);
  }

  private static String parts(String parts, String after) {
    return "{'candidates':[{'content':{'parts':[" + parts + "]}" + after + "}]}";
  }

  private static Piece signed(String value) {
    return new Piece.Signed(new Signature(WireFormat.GEMINI, value));
  }

  private Decoded whole(String body) {
    return format.readWhole(
        request("{}"), Replies.head(200), body.replace('\'', '"').getBytes(UTF_8));
  }

  @Test
  void signsTheThinkingBeforeAText() {
    assertThat(
            pieces(
                parts("{'text':'t','thought':true}", ""),
                parts("{'text':'a','thoughtSignature':'s'}", ""),
                parts("{'text':'b'}", ",'finishReason':'STOP'")))
        .containsExactly(
            THINKING,
            new Piece.Thinking("\"t\""),
            signed("s"),
            CLOSED,
            TEXT,
            Piece.Text.of("a"),
            Piece.Text.of("b"),
            CLOSED,
            STOPPED);
  }

  @Test
  void keepsASignatureAfterTheText() {
    assertThat(
            pieces(
                parts("{'text':'a'}", ""),
                parts("{'text':'','thoughtSignature':'s'}", ",'finishReason':'STOP'")))
        .containsExactly(TEXT, Piece.Text.of("a"), CLOSED, THINKING, signed("s"), CLOSED, STOPPED);
  }

  @Test
  void finishesOnceAndIgnoresWhatFollows() {
    assertThat(
            pieces(
                parts("{'text':'a'}", ",'finishReason':'STOP'"),
                parts("{'text':'b'}", ",'finishReason':'STOP'")))
        .containsExactly(TEXT, Piece.Text.of("a"), CLOSED, STOPPED);
  }

  @Test
  void givesACallTheIdThatGeminiGaveOrAStableOne() {
    String call =
        parts("{'functionCall':{'name':'f','args':{}}},{'functionCall':{'id':'x','name':'f'}}", "");
    List<String> ids = ids(pieces(call));

    assertThat(ids).hasSize(2).endsWith("x").isEqualTo(ids(pieces(call)));
    assertThat(ids.getFirst()).matches("call_[0-9a-f]{24}");
  }

  @Test
  void givesEqualCallsDifferentIds() {
    String call = "{'functionCall':{'name':'f','args':{}}}";
    assertThat(ids(pieces(parts(call + "," + call, "")))).doesNotHaveDuplicates().hasSize(2);
  }

  private static List<String> ids(List<Piece> pieces) {
    return pieces.stream()
        .flatMap(piece -> call(piece).stream())
        .map(Piece.Block.Call::id)
        .toList();
  }

  private static List<Piece.Block.Call> call(Piece piece) {
    return piece instanceof Piece.Opened(Piece.Block.Call call) ? List.of(call) : List.of();
  }

  @Test
  void callsAFunctionByTheClientsName() {
    String tools = "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a b\"}}]}";
    List<Piece> pieces = new ArrayList<>();
    String call = parts("{'functionCall':{'name':'" + ToolNames.sent("a b") + "'}}", "");
    format
        .readStream(request(tools), Replies.head(200))
        .read(call.replace('\'', '"').getBytes(UTF_8), pieces::add);

    assertThat(call(pieces.get(1)))
        .singleElement()
        .extracting(Piece.Block.Call::name)
        .isEqualTo("a b");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, STOP, TOOL_CALLS",
    "MAX_TOKENS, LENGTH, LENGTH",
    "SAFETY, CONTENT_FILTER, CONTENT_FILTER",
    "MODEL_ARMOR, CONTENT_FILTER, CONTENT_FILTER",
    "OTHER, STOP, TOOL_CALLS",
    "OF_TOMORROW, STOP, TOOL_CALLS",
    "MALFORMED_FUNCTION_CALL, STOP, TOOL_CALLS",
  })
  void convertsFinishReasons(String reason, FinishReason withText, FinishReason withCall) {
    String end = parts("", ",'finishReason':'" + reason + "'");

    assertThat(pieces(parts("{'text':'a'}", ""), end).getLast())
        .isEqualTo(new Piece.Finished(withText, null));
    assertThat(pieces(parts("{'functionCall':{'name':'f'}}", ""), end).getLast())
        .isEqualTo(new Piece.Finished(withCall, null));
  }

  @Test
  void isAFailureIfOnlyAMalformedCallCame() {
    List<Piece> pieces =
        pieces(
            parts("{'text':'t','thought':true}", ""),
            parts("{'functionCall':{'name':'f'}}", ",'finishReason':'UNEXPECTED_TOOL_CALL'"));
    assertThat(pieces.getLast()).isInstanceOf(Piece.Failed.class);
  }

  @Test
  void skipsHeartbeatsAndFailsOnWhatIsNotJson() {
    assertThat(pieces("{}", "{'usageMetadata':{'trafficType':'ON_DEMAND'}}")).isEmpty();
    assertThat(pieces("<html>")).singleElement().isInstanceOf(Piece.Failed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          malformed_response | {}
          malformed_response | []
          malformed_response | ` `
          malformed_response | <html>
          malformed_response | {'usageMetadata':{'promptTokenCount':1}}
          stream_broken      | [{'candidates':[{'content':{'parts':[{'text':'a'}]}}]}]
          overloaded         | [{'error':{'code':503,'status':'UNAVAILABLE','message':'m'}}]
          overloaded         | {'error':{'code':503,'status':'UNAVAILABLE','message':'m'}}
          """)
  void failsOnASuccessWithoutAnAnswer(String word, String body) {
    Decoded decoded = whole(body);

    assertThat(decoded).isInstanceOf(Decoded.Failed.class);
    assertThat(((Decoded.Failed) decoded).failure().word()).isEqualTo(word);
  }

  @Test
  void readsAWholeAnswerWithoutAFinishReason() {
    Decoded decoded = whole("{'candidates':[{'content':{'parts':[{'text':'a'}]}}]}");

    assertThat(decoded).isInstanceOf(Decoded.Answered.class);
    assertThat(((Decoded.Answered) decoded).answer().pieces()).endsWith(CLOSED, STOPPED);
  }
}
