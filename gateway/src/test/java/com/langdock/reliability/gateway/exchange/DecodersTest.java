package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.StreamPart.Chunk;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicCodec;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodersTest {
  private static StreamDecoder decoder(Codec codec, String request) {
    TargetModel model = new TargetModel("ours", "theirs", Exchanges.OLD);
    return codec.stream(new TargetRequest(Exchanges.request(request), model), Replies.head(200));
  }

  private static StreamPart read(StreamDecoder decoder, String event) {
    return decoder.read(event.replace('\'', '"').getBytes(UTF_8));
  }

  private static Usage usage(StreamPart part) {
    return Objects.requireNonNull(((Chunk) part).tokens()).usage();
  }

  private static String json(StreamPart part) {
    return new String(((Chunk) part).json(), UTF_8).replace('"', '\'');
  }

  @Nested
  class OpenAi {
    private final StreamDecoder decoder = decoder(new OpenAiCodec(true), "{\"messages\":[]}");

    private StreamPart delta(String delta) {
      return read(decoder, "{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}");
    }

    @Test
    void undoesOurRenamingAndKeepsAllElse() {
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
    void seesWhatAClientSees(String delta, Content content) {
      assertThat(((Chunk) delta(delta)).content()).isEqualTo(content);
    }

    @Test
    void probabilitiesAndOtherChoicesAreNothingToGoOnFrom() {
      String logprobs = "{'choices':[{'index':0,'delta':{'content':'a'},'logprobs':{}}]}";
      assertThat(((Chunk) read(decoder, logprobs)).content()).isEqualTo(Content.OTHER);
      Chunk second = (Chunk) read(decoder, "{'choices':[{'index':1,'delta':{'content':'a'}}]}");
      assertThat(second.content()).isEqualTo(Content.OTHER);
      assertThat(second.text()).isEmpty();
    }

    @Test
    void tellsUsageApart() {
      Chunk chunk =
          (Chunk)
              read(
                  decoder,
                  "{'choices':[{'index':0,'delta':{}}],"
                      + "'usage':{'prompt_tokens':1,'completion_tokens':2}}");
      assertThat(json(chunk)).isEqualTo("{'choices':[{'index':0,'delta':{}}]}");
      assertThat(chunk.tokens()).isNotNull();
      assertThat(read(decoder, "{'choices':[],'usage':{'prompt_tokens':7}}"))
          .isEqualTo(new StreamPart.Tokens(new Usage(7, 0, 0), "{\"prompt_tokens\":7}"));
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
    void reasoningThatOnlyTheTotalHasIsPutOutToo() {
      String usage = "{'prompt_tokens':10,'completion_tokens':2,'total_tokens':19,'cost':0.10}";
      assertThat(read(decoder, "{'choices':[],'usage':" + usage + "}"))
          .isEqualTo(
              new StreamPart.Tokens(
                  new Usage(10, 0, 9), usage.replace(":2,", ":9,").replace('\'', '"')));
    }

    @Test
    void aChunkWithoutChoicesSaysNothing() {
      assertThat(read(decoder, "{'choices':[],'id':''}")).isSameAs(StreamPart.NOTHING);
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
      StreamPart part = delta("{'content':'','images':[{'image_url':" + image + "}]}");
      assertThat(((Chunk) part).content()).isEqualTo(Content.OTHER);
      assertThat(json(part)).contains("'images':[{'image_url':" + image);
    }

    @Test
    void aLargeChunkIsContentWhateverItsFieldIsCalled() {
      Chunk large = (Chunk) delta("{'invented_tomorrow':'" + "x".repeat(70_000) + "'}");
      assertThat(large.content()).isEqualTo(Content.OTHER);
      assertThat(((Chunk) delta("{'invented_tomorrow':'x'}")).content()).isEqualTo(Content.NONE);
    }

    private String call(String call) {
      return json(delta("{'tool_calls':[" + call + "]}"));
    }

    @Test
    void aNewCallUnderAnIndexThatIsTakenGetsItsOwn() {
      assertThat(call("{'index':0,'id':'a','function':{'name':'f'}}")).contains("'index':0,'id'");
      assertThat(call("{'index':0,'function':{'arguments':'{'}}")).contains("'index':0,'function'");
      assertThat(call("{'index':0,'id':'b','function':{'name':'f'}}")).contains("'index':1,'id'");
      assertThat(call("{'index':0,'function':{'arguments':'{'}}")).contains("'index':1,'function'");
      assertThat(call("{'index':0,'id':'a','function':{}}")).contains("'index':0,'id':'a'");
      assertThat(call("{'index':1,'id':'c','function':{'name':'g'}}")).contains("'index':2,'id'");
    }

    @Test
    void anotherIdWithoutANameIsThePieceOfTheSameCall() {
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
      StreamPart first = read(decoder, finish);
      assertThat(((Chunk) first).finished()).isEqualTo(1);
      assertThat(json(first)).contains("'finish_reason':'stop'");
      assertThat(read(decoder, finish)).isSameAs(StreamPart.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{'type':'ping'}", "{'x':1}", "{'choices':null}"})
    void whatIsNoChunkIsSkipped(String event) {
      assertThat(read(decoder, event)).isSameAs(StreamPart.NOTHING);
    }

    @Test
    void anErrorThatOnlyItsTypeNamesIsAFailure() {
      assertThat(read(decoder, "{'type':'error','message':'no'}"))
          .isInstanceOf(StreamPart.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{'choices':[", "[]", "7"})
    void whatCannotBeReadIsAFailure(String event) {
      assertThat(read(decoder, event))
          .isInstanceOfSatisfying(
              StreamPart.Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unreadable.class));
    }

    @Test
    void endsWithItsWord() {
      assertThat(read(decoder, "[DONE]")).isInstanceOf(StreamPart.End.class);
    }

    @Test
    void aChoiceCanFailAlone() {
      String choice = "{'choices':[{'index':0,'delta':{},'finish_reason':'error'}]}";
      assertThat(read(decoder, choice)).isInstanceOf(StreamPart.Failed.class);
    }
  }

  @Nested
  class Anthropic {
    private static final String START =
        "{'type':'content_block_start','content_block':"
            + "{'type':'tool_use','id':'t','name':'f','input':{}}}";
    private static final String PIECE =
        "{'type':'content_block_delta','delta':{'type':'input_json_delta','partial_json':'{'}}";

    private List<StreamPart> read(String request, String... events) {
      StreamDecoder decoder = decoder(new AnthropicCodec(), request);
      List<StreamPart> parts = new ArrayList<>();
      parts.add(
          DecodersTest.read(
              decoder,
              "{'type':'message_start','message':{'id':'m1','model':'theirs',"
                  + "'usage':{'input_tokens':3,'output_tokens':1,'cache_read_input_tokens':2}}}"));
      for (String event : events) {
        parts.add(DecodersTest.read(decoder, event));
      }
      return parts;
    }

    private StreamPart last(String... events) {
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
      StreamPart part =
          last("{'type':'content_block_delta','delta':{'type':'text_delta','text':'\\ud83d \\n'}}");
      assertThat(json(part)).contains("'delta':{'content':'\\ud83d \\n'}");
    }

    @Test
    void thinkingIsNoContent() {
      StreamPart part =
          last("{'type':'content_block_delta','delta':{'type':'thinking_delta','thinking':'a'}}");
      assertThat(json(part)).contains("'delta':{'reasoning_content':'a'}");
      assertThat(((Chunk) part).text()).isEmpty();
    }

    @Test
    void aToolWithoutArgumentsGetsAnEmptyObject() {
      String stop = "{'type':'content_block_stop'}";
      List<StreamPart> parts = read("{\"messages\":[]}", START, stop, START);
      assertThat(json(parts.get(1)))
          .contains("{'index':0,'id':'t','type':'function','function':")
          .contains("{'name':'f','arguments':''}}");
      assertThat(json(parts.get(2))).contains("{'index':0,'function':{'arguments':'{}'}}");
      assertThat(json(parts.get(3))).contains("{'index':1,'id':'t'");
    }

    @Test
    void callsInTheOldDialectWhereTheClientSpeaksIt() {
      String end = "{'type':'message_delta','delta':{'stop_reason':'tool_use'}}";
      String request = "{\"messages\":[],\"functions\":[{\"name\":\"f\"}]}";
      List<StreamPart> parts = read(request, START, PIECE, end);
      assertThat(json(parts.get(1))).contains("{'function_call':{'name':'f','arguments':''}}");
      assertThat(json(parts.get(2))).contains("{'function_call':{'arguments':'{'}}");
      assertThat(json(parts.get(3))).contains("'finish_reason':'function_call'");
    }

    @Test
    void aRefusalIsARefusal() {
      StreamPart part = last("{'type':'message_delta','delta':{'stop_reason':'refusal'}}");
      assertThat(json(part)).contains("'refusal':'", "'finish_reason':'content_filter'");
      assertThat(((Chunk) part).content()).isEqualTo(Content.OTHER);
    }

    @Test
    void theLargerUsageCounts() {
      StreamPart part =
          last(
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                  + "'usage':{'input_tokens':0,'cache_read_input_tokens':1,'output_tokens':9}}");
      assertThat(usage(part)).isEqualTo(new Usage(5, 2, 9));
    }

    @Test
    void theLatestUsageCountsAndTheFirstFillsItUp() {
      StreamPart part =
          last(
              "{'type':'message_delta','delta':{'stop_reason':'end_turn'},"
                  + "'usage':{'output_tokens':9}}");
      assertThat(usage(part)).isEqualTo(new Usage(5, 2, 9));
    }

    @Test
    void whatThePromptCostIsKnownFromTheStart() {
      assertThat(usage(last())).isEqualTo(new Usage(5, 2, 1));
      assertThat(json(last())).doesNotContain("usage");
    }

    @Test
    void inputOfWhatIsNoToolOfTheClientsIsSkipped() {
      String search =
          "{'type':'content_block_start','content_block':{'type':'server_tool_use','id':'s'}}";
      String stop = "{'type':'content_block_stop'}";
      assertThat(read("{\"messages\":[]}", search, PIECE, stop).subList(1, 4))
          .containsOnly(StreamPart.NOTHING);
      assertThat(read("{\"messages\":[]}", START, stop, search, PIECE).getLast())
          .isSameAs(StreamPart.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'content_block_start','content_block':{'type':'text','text':'a'}}",
          "{'type':'content_block_delta','delta':{'type':'text_delta','text':'a'}}",
          "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}",
          START
        })
    void whatComesBeforeTheStartIsAFailure(String event) {
      StreamDecoder decoder = decoder(new AnthropicCodec(), "{\"messages\":[]}");
      assertThat(DecodersTest.read(decoder, "{'type':'ping'}")).isSameAs(StreamPart.NOTHING);
      assertThat(DecodersTest.read(decoder, event)).isInstanceOf(StreamPart.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'ping'}",
          "{'type':'invented_tomorrow'}",
          "{'type':'content_block_delta','delta':{'type':'signature_delta','signature':'a'}}",
          "{}",
          "null",
          "{'typ':1}"
        })
    void whatIsNotForTheClientIsSkipped(String event) {
      assertThat(last(event)).isSameAs(StreamPart.NOTHING);
      StreamDecoder decoder = decoder(new AnthropicCodec(), "{\"messages\":[]}");
      boolean early = !event.contains("content_block");
      assertThat(early ? DecodersTest.read(decoder, event) : StreamPart.NOTHING)
          .isSameAs(StreamPart.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'type':'content_block_start','content_block':{'type':'thinking','thinking':''}}",
          "{'type':'content_block_start','content_block':{'type':'redacted_thinking','data':'a'}}"
        })
    void aBlockOfThinkingTellsThatTheModelThinks(String event) {
      assertThat(last(event)).isSameAs(StreamPart.THINKS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[1]"})
    void whatCannotBeReadIsAFailure(String event) {
      assertThat(last(event)).isInstanceOf(StreamPart.Failed.class);
    }

    @Test
    void endsWithItsWord() {
      assertThat(last("{'type':'message_stop'}")).isInstanceOf(StreamPart.End.class);
    }
  }
}
