package com.langdock.reliability.gateway.provider.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.PieceOrder;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream for a client of another format. */
class ResponseStreamTest {
  private static final String CREATED =
      "{'type':'response.created','response':{'id':'r','model':'m','created_at':7}}";

  private static List<Piece> read(String... events) {
    PieceReader reader =
        new ResponsesFormat()
            .readStream(
                Foreign.of("{\"messages\":[]}", "m", Requests.REASONING), Replies.head(200));
    List<Piece> pieces = new ArrayList<>();
    reader.read(CREATED.replace('\'', '"').getBytes(UTF_8), pieces::add);
    for (String event : events) {
      reader.read(event.replace('\'', '"').getBytes(UTF_8), pieces::add);
    }
    assertThat(PieceOrder.brokenBy(pieces)).isIn("", "a block stays open");
    return pieces;
  }

  private static String added(int index, String item) {
    return "{'type':'response.output_item.added','output_index':"
        + index
        + ",'item':{"
        + item
        + "}}";
  }

  private static String done(int index, String item) {
    return "{'type':'response.output_item.done','output_index':"
        + index
        + ",'item':{"
        + item
        + "}}";
  }

  private static String event(String type, int index, String fields) {
    return "{'type':'response." + type + "','output_index':" + index + "," + fields + "}";
  }

  private static String completed() {
    return "{'type':'response.completed','response':{'output':[]}}";
  }

  @Test
  void putsItemsThatOverlapOneAfterTheOther() {
    String call = "'type':'function_call','call_id':'%s','name':'f'";
    List<Piece> pieces =
        read(
            added(0, call.formatted("a")),
            added(1, call.formatted("b")),
            event("function_call_arguments.delta", 1, "'delta':'{1'"),
            event("function_call_arguments.delta", 0, "'delta':'{0'"),
            done(1, call.formatted("b")),
            done(0, call.formatted("a")),
            completed());

    assertThat(pieces.subList(1, pieces.size()))
        .containsExactly(
            new Piece.Opened(new Piece.Block.Call("a", "f", "")),
            new Piece.Arguments("\"{0\""),
            new Piece.Closed(),
            new Piece.Opened(new Piece.Block.Call("b", "f", "")),
            new Piece.Arguments("\"{1\""),
            new Piece.Closed(),
            new Piece.Finished(FinishReason.TOOL_CALLS, null),
            new Piece.Ended());
  }

  @Test
  void readsContentThatOnlyTheEndOfAnItemHas() {
    String message = "'type':'message','content':[{'type':'output_text','text':'All'}]";
    List<Piece> pieces = read(added(0, "'type':'message'"), done(0, message), done(1, message));

    assertThat(pieces.subList(1, pieces.size()))
        .containsExactly(
            new Piece.Opened(new Piece.Block.Text()),
            Piece.Text.of("All"),
            new Piece.Closed(),
            new Piece.Opened(new Piece.Block.Text()),
            Piece.Text.of("All"),
            new Piece.Closed());
  }

  @Test
  void readsAnAnswerThatOnlyTheLastEventHas() {
    String output = "[{'type':'message','content':[{'type':'refusal','refusal':'No.'}]}]";
    List<Piece> pieces = read("{'type':'response.completed','response':{'output':" + output + "}}");

    assertThat(pieces).contains(new Piece.Finished(FinishReason.STOP, "No."));
  }

  @Test
  void readsThinkingInParagraphsWithItsLastSignature() {
    List<Piece> pieces =
        read(
            added(0, "'type':'reasoning','encrypted_content':'short'"),
            event("reasoning_summary_part.added", 0, "'summary_index':0"),
            event("reasoning_summary_text.delta", 0, "'delta':'First'"),
            event("reasoning_summary_part.added", 0, "'summary_index':1"),
            event("reasoning_summary_text.delta", 0, "'delta':'Then'"),
            done(0, "'type':'reasoning','encrypted_content':'whole'"));

    assertThat(pieces.subList(1, pieces.size()))
        .containsExactly(
            new Piece.Opened(new Piece.Block.Thinking()),
            new Piece.Thinking("\"First\""),
            new Piece.Thinking("\"\\n\\n\""),
            new Piece.Thinking("\"Then\""),
            new Piece.Signed(new Signature(WireFormat.RESPONSES, "whole")),
            new Piece.Closed());
  }

  @Test
  void skipsWhatTheProviderDid() {
    List<Piece> pieces =
        read(
            added(0, "'type':'web_search_call'"),
            event("web_search_call.searching", 0, "'x':1"),
            done(0, "'type':'web_search_call'"),
            "{'type':'response.incomplete','response':{'incomplete_details':"
                + "{'reason':'content_filter'}}}");

    assertThat(pieces.subList(1, pieces.size()))
        .containsExactly(new Piece.Finished(FinishReason.CONTENT_FILTER, null), new Piece.Ended());
  }
}
