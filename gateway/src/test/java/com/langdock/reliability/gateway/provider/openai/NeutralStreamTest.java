package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.PieceOrder;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NeutralStreamTest {
  private static final Piece CLOSED = new Piece.Closed();

  private final PieceReader reader =
      new OpenAiFormat(true)
          .readStream(Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD), Replies.head(200));
  private final List<Piece> pieces = new ArrayList<>();

  private void event(String json) {
    reader.read(json.replace('\'', '"').getBytes(UTF_8), pieces::add);
  }

  private void delta(String delta) {
    event("{'id':'a1','created':7,'model':'m','choices':[{'index':0,'delta':{" + delta + "}}]}");
  }

  private void finish(String reason) {
    event("{'choices':[{'index':0,'delta':{},'finish_reason':'" + reason + "'}]}");
  }

  private void call(long index, String id, String name, String arguments) {
    delta(
        "'tool_calls':[{'index':%d,'id':'%s','function':{'name':'%s','arguments':'%s'}}]"
            .formatted(index, id, name, arguments));
  }

  private List<Piece> afterStart() {
    assertThat(PieceOrder.brokenBy(pieces)).isEmpty();
    assertThat(pieces.getFirst()).isEqualTo(new Piece.Started("a1", "m", 7));
    return pieces.subList(1, pieces.size());
  }

  private static Piece opened(String id, String name) {
    return new Piece.Opened(new Piece.Block.Call(id, name, ""));
  }

  private static Piece arguments(String literal) {
    return new Piece.Arguments(literal);
  }

  private static Piece finished(FinishReason reason) {
    return new Piece.Finished(reason, null);
  }

  @Test
  void aShortenedNameIsTheClientsAgain() {
    String name = "x".repeat(90);
    Conversation asked =
        Foreign.conversation(List.of(), List.of(new Tool.Function(name, null, null, null, null)));
    PieceReader reader =
        new OpenAiFormat(true)
            .readStream(Foreign.of(asked, true, "m", Exchanges.OLD), Replies.head(200));
    String call =
        "{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'c','function':{'name':'"
            + new FunctionNames(List::of).sent(name)
            + "'}}]}}]}";
    reader.read(call.replace('\'', '"').getBytes(UTF_8), pieces::add);

    assertThat(pieces).contains(opened("c", name));
  }

  @Test
  void thinkingAndTextAreBlocks() {
    delta("'role':'assistant','content':''");
    delta("'reasoning_content':'hm','reasoning':'hm'");
    delta("'reasoning':'.'");
    delta("'content':'a'");
    delta("'content':'b'");
    finish("length");
    event(
        "{'choices':[],'usage':{'prompt_tokens':3,'completion_tokens':5,"
            + "'completion_tokens_details':{'reasoning_tokens':2}}}");
    event("[DONE]");

    List<Piece> all = afterStart();
    assertThat(all.subList(0, 9))
        .containsExactly(
            new Piece.Opened(new Piece.Block.Thinking()),
            new Piece.Thinking("\"hm\""),
            new Piece.Thinking("\".\""),
            CLOSED,
            new Piece.Opened(new Piece.Block.Text()),
            Piece.Text.of("a"),
            Piece.Text.of("b"),
            CLOSED,
            finished(FinishReason.LENGTH));
    assertThat(all.get(9)).isInstanceOf(Piece.Used.class);
    Piece.Used used = (Piece.Used) all.get(9);
    assertThat(used.tokens().usage().outputTokens()).isEqualTo(5);
    assertThat(used.tokens().thinkingTokens()).isEqualTo(OptionalLong.of(2));
    assertThat(used.tokens().raw()).isNull();
    assertThat(all.getLast()).isEqualTo(new Piece.Ended());
  }

  @Test
  void aCompleteCallIsClosedWhenTheNextBegins() {
    call(0, "c1", "f", "{}");
    call(1, "c2", "g", "");
    call(1, "", "", "{}");
    assertThat(pieces).contains(opened("c2", "g"), arguments("\"{}\""));
    finish("tool_calls");

    assertThat(afterStart())
        .containsExactly(
            opened("c1", "f"),
            arguments("\"{}\""),
            CLOSED,
            opened("c2", "g"),
            arguments("\"{}\""),
            CLOSED,
            finished(FinishReason.TOOL_CALLS));
  }

  @Test
  void mixedCallsAreHeldBack() {
    call(0, "c1", "f", "[");
    call(1, "c2", "g", "[1");
    call(0, "c1", "f", "2]");
    call(1, "c2", "g", "]");
    finish("stop");

    assertThat(afterStart())
        .containsExactly(
            opened("c1", "f"),
            arguments("\"[\""),
            arguments("\"2]\""),
            CLOSED,
            opened("c2", "g"),
            arguments("\"[1\""),
            arguments("\"]\""),
            CLOSED,
            finished(FinishReason.TOOL_CALLS));
  }

  @Test
  void aCallWithoutIdAndArgumentsGetsThem() {
    delta("'tool_calls':[{'index':0,'id':'','function':{'name':'f'}}]");
    finish("stop");

    assertThat(afterStart())
        .containsExactly(
            opened("call_a1_0", "f"),
            arguments("\"{}\""),
            CLOSED,
            finished(FinishReason.TOOL_CALLS));
  }

  @Test
  void textClosesTheCalls() {
    call(0, "c1", "f", "{}");
    delta("'content':'so'");
    finish("stop");

    assertThat(afterStart())
        .containsExactly(
            opened("c1", "f"),
            arguments("\"{}\""),
            CLOSED,
            new Piece.Opened(new Piece.Block.Text()),
            Piece.Text.of("so"),
            CLOSED,
            finished(FinishReason.TOOL_CALLS));
  }

  @Test
  void argumentsOfAClosedCallAreAFailure() {
    call(0, "c1", "f", "[");
    delta("'content':'so'");
    call(0, "c1", "f", "]");

    assertThat(pieces.getLast()).isInstanceOf(Piece.Failed.class);
  }

  @Test
  void aRefusalIsPartOfTheFinish() {
    delta("'refusal':'I '");
    delta("'refusal':'cannot.'");
    finish("stop");

    assertThat(afterStart()).containsExactly(new Piece.Finished(FinishReason.STOP, "I cannot."));
  }

  @Test
  void signaturesOfGoogleBelongToCalls() {
    delta(
        "'extra_content':{'google':{'thought_signature':'of message'}},'tool_calls':["
            + "{'index':0,'id':'c1','function':{'name':'f','arguments':'{}'}},"
            + "{'index':1,'id':'c2','function':{'name':'g','arguments':'{}'},'extra_content':"
            + "{'google':{'thought_signature':'of call'}}}]");
    finish("stop");

    List<ContentBlock.Signature> signatures = new ArrayList<>();
    for (Piece piece : afterStart()) {
      if (piece instanceof Piece.Opened(Piece.Block.Call call)) {
        signatures.add(call.signature());
      }
    }
    assertThat(signatures)
        .containsExactly(
            new ContentBlock.Signature(WireFormat.GEMINI, "of message"),
            new ContentBlock.Signature(WireFormat.GEMINI, "of call"));
  }

  @Test
  void contentAfterTheFinishIsIgnored() {
    delta("'content':'a'");
    finish("stop");
    event("{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'stop'}]}");

    assertThat(afterStart().getLast()).isEqualTo(finished(FinishReason.STOP));
  }

  @Test
  void anErrorIsAFailure() {
    event("{'error':{'message':'no','type':'server_error'}}");

    assertThat(pieces).hasSize(1).hasOnlyElementsOfType(Piece.Failed.class);
  }
}
