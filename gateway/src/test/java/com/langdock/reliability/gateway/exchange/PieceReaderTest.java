package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceReaderTest {
  private static ChatReader decoder(ProviderFormat format, String request) {
    TargetModel model = new TargetModel("ours", "theirs", Exchanges.OLD);
    return new ChatReader(
        format, new TargetRequest(Exchanges.request(request), model), Replies.head(200));
  }

  private static @Nullable Piece read(ChatReader decoder, String event) {
    return decoder.read(event.replace('\'', '"').getBytes(UTF_8));
  }

  private static Piece.Raw raw(@Nullable Piece part) {
    return (Piece.Raw) Objects.requireNonNull(part);
  }

  private static Usage usage(@Nullable Piece part) {
    return Objects.requireNonNull(raw(part).tokens()).usage();
  }

  private static String json(@Nullable Piece part) {
    return new String(raw(part).bytes(), UTF_8).replace('"', '\'');
  }

  @Nested
  class OpenAi {
    private final ChatReader decoder = decoder(new OpenAiFormat(true), "{\"messages\":[]}");

    private @Nullable Piece delta(String delta) {
      return read(decoder, "{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}");
    }

    @Test
    void restoresTheModelNameAndKeepsAllElse() {
      String chunk = "{ 'model':'theirs', 'x': 1.0,'choices':[{'index':0,'delta':{}}]}";
      assertThat(json(read(decoder, chunk))).isEqualTo(chunk.replace("theirs", "ours"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{'role':'assistant','content':''} | NONE",
          "{'content':'a'} | TEXT",
          "{'reasoning_content':'a'} | THINKING",
          "{'reasoning':'a'} | THINKING",
          "{'reasoning':'a','content':'b'} | TEXT",
          "{'content':'','images':[{'type':'image_url','image_url':{'url':'data:'}}]} | OTHER",
          "{'content':null,'images':[]} | NONE",
          "{'refusal':'a'} | OTHER",
          "{'refusal':null,'content':null} | NONE",
          "{'tool_calls':[{'index':0,'id':'a'}]} | OTHER",
          "{'function_call':{'name':'a'}} | OTHER",
          "{'audio':{'id':'a'}} | OTHER"
        })
    void findsTheKindOfContent(String delta, Content content) {
      assertThat(raw(delta(delta)).content()).isEqualTo(content);
    }

    @Test
    void cannotContinueLogprobsAndOtherChoices() {
      String logprobs = "{'choices':[{'index':0,'delta':{'content':'a'},'logprobs':{}}]}";
      assertThat(raw(read(decoder, logprobs)).content()).isEqualTo(Content.OTHER);
      Piece.Raw second = raw(read(decoder, "{'choices':[{'index':1,'delta':{'content':'a'}}]}"));
      assertThat(second.content()).isEqualTo(Content.OTHER);
      assertThat(second.text()).isEmpty();
    }

    @Test
    void reportsUsageSeparately() {
      Piece.Raw chunk =
          raw(
              read(
                  decoder,
                  "{'choices':[{'index':0,'delta':{}}],"
                      + "'usage':{'prompt_tokens':1,'completion_tokens':2}}"));
      assertThat(json(chunk)).isEqualTo("{'choices':[{'index':0,'delta':{}}]}");
      assertThat(chunk.tokens()).isNotNull();
      assertThat(read(decoder, "{'choices':[],'usage':{'prompt_tokens':7}}"))
          .isEqualTo(new Piece.Used(TokenReport.raw(new Usage(7, 0, 0), "{\"prompt_tokens\":7}")));
    }

    @Test
    void theLatestUsageCounts() {
      String chunk =
          "{'choices':[{'index':0,'delta':{'content':'a'}}],"
              + "'usage':{'prompt_tokens':1,'completion_tokens':%d,'total_tokens':%d}}";
      assertThat(usage(read(decoder, chunk.formatted(1, 2)))).isEqualTo(new Usage(1, 0, 1));
      assertThat(usage(read(decoder, chunk.formatted(2, 3)))).isEqualTo(new Usage(1, 0, 2));
    }

    @Test
    void countsReasoningThatIsOnlyInTheTotal() {
      String usage = "{'prompt_tokens':10,'completion_tokens':2,'total_tokens':19,'cost':0.10}";
      assertThat(read(decoder, "{'choices':[],'usage':" + usage + "}"))
          .isEqualTo(
              new Piece.Used(
                  TokenReport.raw(
                      new Usage(10, 0, 9), usage.replace(":2,", ":9,").replace('\'', '"'))));
    }

    @Test
    void skipsAChunkWithoutChoices() {
      assertThat(read(decoder, "{'choices':[],'id':''}")).isNull();
    }

    @Test
    void numbersToolCallsThatHaveNoIndex() {
      assertThat(json(delta("{'tool_calls':[{'id':'a'},{'id':'b'}]}")))
          .contains("{'id':'a','index':0}", "{'id':'b','index':1}");
      assertThat(json(delta("{'tool_calls':[{'function':{'arguments':{'x':1}}}]}")))
          .contains("'index':1", "'arguments':'{\\'x\\':1}'");
    }

    @Test
    void anImageOfAnySizeIsContent() {
      String image = "{'url':'data:image/png;base64," + "QUJD".repeat(400_000) + "'}";
      @Nullable Piece part = delta("{'content':'','images':[{'image_url':" + image + "}]}");
      assertThat(raw(part).content()).isEqualTo(Content.OTHER);
      assertThat(json(part)).contains("'images':[{'image_url':" + image);
    }

    @Test
    void aLargeChunkWithUnknownFieldsIsContent() {
      Piece.Raw large = raw(delta("{'invented_tomorrow':'" + "x".repeat(70_000) + "'}"));
      assertThat(large.content()).isEqualTo(Content.OTHER);
      assertThat(raw(delta("{'invented_tomorrow':'x'}")).content()).isEqualTo(Content.NONE);
    }

    private String call(String call) {
      return json(delta("{'tool_calls':[" + call + "]}"));
    }

    @Test
    void aNewCallWithAUsedIndexGetsItsOwn() {
      assertThat(call("{'index':0,'id':'a','function':{'name':'f'}}")).contains("'index':0,'id'");
      assertThat(call("{'index':0,'function':{'arguments':'{'}}")).contains("'index':0,'function'");
      assertThat(call("{'index':0,'id':'b','function':{'name':'f'}}")).contains("'index':1,'id'");
      assertThat(call("{'index':0,'function':{'arguments':'{'}}")).contains("'index':1,'function'");
      assertThat(call("{'index':0,'id':'a','function':{}}")).contains("'index':0,'id':'a'");
      assertThat(call("{'index':1,'id':'c','function':{'name':'g'}}")).contains("'index':2,'id'");
    }

    @Test
    void anotherIdWithoutANameBelongsToTheSameCall() {
      assertThat(call("{'index':0,'id':'a','function':{'name':'f'}}")).contains("'index':0,'id'");
      assertThat(call("{'index':0,'id':'b','function':{'arguments':'{}'}}"))
          .contains("'index':0,'id':'b'");
    }

    @Test
    void eachChoiceHasItsOwnCalls() {
      String second = "{'choices':[{'index':1,'delta':{'tool_calls':[{'id':'b','function':{}}]}}]}";
      call("{'index':0,'id':'a','function':{'name':'f'}}");
      assertThat(json(read(decoder, second))).contains("'function':{},'index':0");
    }

    @Test
    void aChoiceFinishesOnce() {
      String finish = "{'choices':[{'index':0,'delta':{},'finish_reason':'eos'}]}";
      Piece first = read(decoder, finish);
      assertThat(raw(first).finishes()).isEqualTo(1);
      assertThat(json(first)).contains("'finish_reason':'stop'");
      assertThat(read(decoder, finish)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{'type':'ping'}", "{'x':1}", "{'choices':null}"})
    void skipsEventsThatAreNotChunks(String event) {
      assertThat(read(decoder, event)).isNull();
    }

    @Test
    void anErrorIdentifiedByTypeIsAFailure() {
      assertThat(read(decoder, "{'type':'error','message':'no'}")).isInstanceOf(Piece.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{'choices':[", "[]", "7"})
    void anUnreadableEventIsAFailure(String event) {
      assertThat(read(decoder, event))
          .isInstanceOfSatisfying(
              Piece.Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unreadable.class));
    }

    @Test
    void endsWithItsFinalEvent() {
      assertThat(read(decoder, "[DONE]")).isInstanceOf(Piece.Ended.class);
    }

    @Test
    void aFailedChoiceIsAFailure() {
      String choice = "{'choices':[{'index':0,'delta':{},'finish_reason':'error'}]}";
      assertThat(read(decoder, choice)).isInstanceOf(Piece.Failed.class);
    }
  }

  @Nested
  class Anthropic {
    private static final String START =
        "{'type':'content_block_start','content_block':"
            + "{'type':'tool_use','id':'t','name':'f','input':{}}}";
    private static final String PIECE =
        "{'type':'content_block_delta','delta':{'type':'input_json_delta','partial_json':'{'}}";

    private List<@Nullable Piece> read(String request, String... events) {
      ChatReader decoder = decoder(new AnthropicFormat(), request);
      List<@Nullable Piece> parts = new ArrayList<>();
      parts.add(
          PieceReaderTest.read(
              decoder,
              "{'type':'message_start','message':{'id':'m1','model':'theirs',"
                  + "'usage':{'input_tokens':3,'output_tokens':1,'cache_read_input_tokens':2}}}"));
      for (String event : events) {
        parts.add(PieceReaderTest.read(decoder, event));
      }
      return parts;
    }

    private @Nullable Piece last(String... events) {
      return read("{\"messages\":[]}", events).getLast();
    }

    @Test
    void beginsWithARole() {
      assertThat(json(last()))
          .startsWith("{'id':'m1','object':'chat.completion.chunk','created':")
          .contains("'model':'ours'", "'delta':{'role':'assistant','content':'','refusal':null}");
    }

    @Test
    void textKeepsItsSpelling() {
      @Nullable Piece part =
          last("{'type':'content_block_delta','delta':{'type':'text_delta','text':'\\ud83d \\n'}}");
      assertThat(json(part)).contains("'delta':{'content':'\\ud83d \\n'}");
    }

    @Test
    void thinkingIsNotContent() {
      @Nullable Piece part =
          last("{'type':'content_block_delta','delta':{'type':'thinking_delta','thinking':'a'}}");
      assertThat(json(part)).contains("'delta':{'reasoning_content':'a'}");
      assertThat(raw(part).text()).isEmpty();
    }

    @Test
    void thinkingInsideABlockOfTextIsThinkingAllTheSame() {
      String text = "{'type':'content_block_start','content_block':{'type':'text','text':''}}";
      String delta =
          "{'type':'content_block_delta','delta':{'type':'thinking_delta','thinking':'a'}}";
      assertThat(json(read("{\"messages\":[]}", text, delta).getLast()))
          .contains("'delta':{'reasoning_content':'a'}");
    }

    @Test
    void aToolWithoutArgumentsGetsAnEmptyObject() {
      String stop = "{'type':'content_block_stop'}";
      List<@Nullable Piece> parts = read("{\"messages\":[]}", START, stop, START);
      assertThat(json(parts.get(1)))
          .contains("{'index':0,'id':'t','type':'function','function':")
          .contains("{'name':'f','arguments':''}}");
      assertThat(json(parts.get(2))).contains("{'index':0,'function':{'arguments':'{}'}}");
      assertThat(json(parts.get(3))).contains("{'index':1,'id':'t'");
    }

    @Test
    void usesFunctionCallForClientsWithFunctions() {
      String end = "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}";
      String request = "{\"messages\":[],\"functions\":[{\"name\":\"f\"}]}";
      List<@Nullable Piece> parts = read(request, START, PIECE, end);
      assertThat(json(parts.get(1))).contains("{'function_call':{'name':'f','arguments':''}}");
      assertThat(json(parts.get(2))).contains("{'function_call':{'arguments':'{'}}");
      assertThat(json(parts.get(3))).contains("'finish_reason':'function_call'");
    }

    @Test
    void aRefusalIsARefusal() {
      @Nullable Piece part = last("{'type':'message_delta','delta':{'stop_reason':'refusal'}}");
      assertThat(json(part)).contains("'refusal':'", "'finish_reason':'content_filter'");
      assertThat(raw(part).content()).isEqualTo(Content.OTHER);
    }

    @Test
    void theLargerUsageCounts() {
      @Nullable Piece part =
          last(
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                  + "'usage':{'input_tokens':0,'cache_read_input_tokens':1,'output_tokens':9}}");
      assertThat(usage(part)).isEqualTo(new Usage(5, 2, 9));
    }

    @Test
    void theLatestUsageCountsAndTheFirstCompletesIt() {
      @Nullable Piece part =
          last(
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                  + "'usage':{'output_tokens':9}}");
      assertThat(usage(part)).isEqualTo(new Usage(5, 2, 9));
    }

    @Test
    void theInputUsageIsKnownFromTheStart() {
      assertThat(usage(last())).isEqualTo(new Usage(5, 2, 1));
      assertThat(json(last())).doesNotContain("usage");
    }

    @Test
    void skipsTheInputOfServerTools() {
      String search =
          "{'type':'content_block_start','content_block':{'type':'server_tool_use','id':'s'}}";
      String stop = "{'type':'content_block_stop'}";
      assertThat(read("{\"messages\":[]}", search, PIECE, stop).subList(1, 4)).containsOnlyNulls();
      assertThat(read("{\"messages\":[]}", START, stop, search, PIECE).getLast()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'content_block_start','content_block':{'type':'text','text':'a'}}",
          "{'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}}",
          "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}",
          START
        })
    void anEventBeforeTheStartIsAFailure(String event) {
      ChatReader decoder = decoder(new AnthropicFormat(), "{\"messages\":[]}");
      assertThat(PieceReaderTest.read(decoder, "{'type':'ping'}")).isNull();
      assertThat(PieceReaderTest.read(decoder, event)).isInstanceOf(Piece.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'ping'}",
          "{'type':'invented_tomorrow'}",
          "{'type':'content_block_delta','delta':{'type':'invented_delta','text':'a'}}",
          "{}",
          "null",
          "{'typ':1}"
        })
    void skipsEventsThatTheClientDoesNotNeed(String event) {
      assertThat(last(event)).isNull();
      ChatReader decoder = decoder(new AnthropicFormat(), "{\"messages\":[]}");
      boolean early = !event.contains("content_block");
      assertThat(early ? PieceReaderTest.read(decoder, event) : null).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'content_block_start','content_block':{'type':'thinking','thinking':''}}",
          "{'type':'content_block_start','content_block':{'type':'redacted_thinking','data':'a'}}"
        })
    void aThinkingBlockShowsThatTheModelIsThinking(String event) {
      assertThat(last(event)).isEqualTo(new Piece.Opened(new Piece.Block.Thinking()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[1]"})
    void anUnreadableEventIsAFailure(String event) {
      assertThat(last(event)).isInstanceOf(Piece.Failed.class);
    }

    @Test
    void endsWithItsFinalEvent() {
      assertThat(last("{'type':'message_stop'}")).isInstanceOf(Piece.Ended.class);
    }
  }
}
