package com.langdock.reliability.gateway.provider.cohere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CohereFormatTest {
  private static final String USER = "'messages':[{'role':'user','content':'Hi'}]";
  private static final String TOOL =
      "'tools':[{'type':'function','function':{'name':'a','parameters':{'type':'object'}}},"
          + "{'type':'function','function':{'name':'b'}}]";

  private final CohereFormat format = new CohereFormat();

  private static TargetRequest request(String fields) {
    return Exchanges.of(("{" + fields + "}").replace('\'', '"'), "command", Exchanges.OLD);
  }

  private Written.Request written(String fields) {
    return (Written.Request) format.write(request(fields));
  }

  private String sent(String fields) {
    return new String(written(fields).outgoing().body(), UTF_8).replace('"', '\'');
  }

  @Test
  void namesOptionsAsCohereDoes() {
    assertThat(
            sent(
                USER
                    + ",'max_completion_tokens':9,'temperature':0.5,'top_p':0.7,'stop':['x'],"
                    + "'response_format':{'type':'json_object'}"))
        .contains("'max_tokens':9", "'temperature':0.5", "'p':0.7", "'stop_sequences':['x']")
        .contains("'response_format':{'type':'json_object'}", "'citation_options':{'mode':'OFF'}")
        .contains("'stream':false")
        .doesNotContain("top_p", "max_completion_tokens");
    assertThat(written(USER).outgoing().path()).isEqualTo("/chat");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'auto' | ``",
        "'none' | 'tool_choice':'NONE'",
        "'required' | 'tool_choice':'REQUIRED'",
        "{'type':'function','function':{'name':'b'}} | 'tool_choice':'REQUIRED'",
      })
  void choosesToolsByMode(String choice, String expected) {
    String sent = sent(USER + "," + TOOL + ",'tool_choice':" + choice);

    assertThat(sent).contains(expected);
    assertThat(sent.contains("'name':'a'")).isEqualTo(!choice.contains("'b'"));
    assertThat(sent.contains("'tool_choice'")).isEqualTo(!expected.isEmpty());
  }

  @Test
  void sendsWhatWasSaidBesideCallsAsThePlan() {
    String sent =
        sent(
            "'messages':[{'role':'user','content':'Hi'},{'role':'assistant','content':'I look',"
                + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'a',"
                + "'arguments':'{}'}}]},{'role':'tool','tool_call_id':'c1','content':'sunny'}],"
                + TOOL);

    assertThat(sent)
        .contains("'tool_plan':'I look'", "'id':'c1'")
        .contains("{'role':'tool','tool_call_id':'c1','content':'sunny'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'n':2 | n",
        "'logprobs':true | logprobs",
        "'response_format':{'type':'json_object'},'tools':[{'type':'function','function':"
            + "{'name':'a'}}] | response_format",
      })
  void refusesByNameWhatCohereCannotDo(String fields, String field) {
    Written written = format.write(request(USER + "," + fields));

    assertThat(((Written.Untranslatable) written).failure().field()).startsWith(field);
  }

  @Test
  void refusesAudioAndFilesByName() {
    String audio =
        "'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'input_audio',"
            + "'input_audio':{'data':'AAAA','format':'wav'}}]}]";

    Written written = format.write(request(audio));

    assertThat(((Written.Untranslatable) written).failure().field())
        .startsWith("messages[0].content[1]");
  }

  @Test
  void readsARecordedAnswer() {
    WholeAnswer answer = answer("cohere/chat-basic.json");

    assertThat(answer.pieces()).contains(Piece.Text.of("2 + 2 equals 4."));
    assertThat(answer.usage()).isEqualTo(new Usage(8, 0, 8));
  }

  @Test
  void readsRecordedCallsAfterTheirPlan() {
    List<Piece> pieces = answer("cohere/chat-tool-call.json").pieces();

    assertThat(pieces).filteredOn(piece -> piece instanceof Piece.Thinking).hasSize(1);
    assertThat(calls(pieces)).containsExactly("get_time", "get_weather");
  }

  private WholeAnswer answer(String name) {
    Decoded decoded = format.readWhole(request(USER), Replies.head(200), Recorded.bytes(name));
    return ((Decoded.Answered) decoded).answer();
  }

  private static List<String> calls(List<Piece> pieces) {
    List<String> names = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Opened opened && opened.block() instanceof Piece.Block.Call call) {
        names.add(call.name());
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100_000})
  void readsRecordedStreamsHoweverTheyAreSplit(int size) {
    List<Piece> cited = stream("cohere/stream-citations.sse", size);
    List<Piece> called = stream("cohere/stream-tool-call.sse", size);

    assertThat(cited).filteredOn(Piece.Thinking.class::isInstance).isNotEmpty();
    assertThat(cited).filteredOn(Piece.Text.class::isInstance).isNotEmpty();
    assertThat(cited.getLast()).isInstanceOf(Piece.Ended.class);
    assertThat(cited).noneMatch(Piece.Failed.class::isInstance);
    assertThat(calls(called)).containsExactly("get_time", "get_weather");
    assertThat(called).filteredOn(piece -> piece.finishes() > 0).hasSize(1);
  }

  private List<Piece> stream(String name, int size) {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request(USER), Replies.head(200));
    SseReader frames = new SseReader(frame -> reader.read(frame, pieces::add));
    byte[] bytes = Recorded.bytes(name);
    for (int from = 0; from < bytes.length; from += size) {
      byte[] some = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size));
      frames.read(some);
    }
    frames.end();
    return pieces;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | Unreadable",
        "`` | Unreadable",
        "{'message':'internal'} | ServerError",
        "{'message':{'content':[]},'finish_reason':'COMPLETE'} | Unreadable",
        "{'message':{'content':[]},'finish_reason':'ERROR'} | ServerError",
      })
  void failsWhereThereIsNoAnswer(String body, String failure) {
    Decoded decoded =
        format.readWhole(request(USER), Replies.head(200), body.replace('\'', '"').getBytes(UTF_8));

    Failure failed = ((Decoded.Failed) decoded).failure();
    assertThat(failed.getClass().getSimpleName()).isEqualTo(failure);
  }
}
