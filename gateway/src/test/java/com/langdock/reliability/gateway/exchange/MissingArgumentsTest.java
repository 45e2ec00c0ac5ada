package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.StreamPart.Chunk;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls in a stream of OpenAI's format whose provider sends no arguments. */
class MissingArgumentsTest {
  private final StreamDecoder decoder =
      new OpenAiCodec(true).stream(Exchanges.of("{}", "m", Exchanges.OLD), Replies.head(200));

  private StreamPart delta(String delta) {
    return read("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}");
  }

  private StreamPart read(String event) {
    return decoder.read(event.replace('\'', '"').getBytes(UTF_8));
  }

  private static String json(StreamPart part) {
    return new String(((Chunk) part).json(), UTF_8).replace('"', '\'');
  }

  private StreamPart ending(String delta) {
    return read("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':'tool_calls'}]}");
  }

  @Test
  void argumentsThatNeverCameAreAnEmptyObjectAtTheEnd() {
    delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}");
    delta("{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':''}}]}");
    delta("{'tool_calls':[{'index':1,'function':{'arguments':'{}'}}]}");
    delta("{'tool_calls':[{'index':2,'id':'c','function':{'name':'h'}}]}");
    StreamPart end = ending("{}");
    assertThat(json(end))
        .contains(
            "'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{}'}},"
                + "{'index':2,'function':{'arguments':'{}'}}]}");
    assertThat(((Chunk) end).content()).isEqualTo(Content.OTHER);
    assertThat(((Chunk) end).finished()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{'content':null,'tool_calls':null}", "{'tool_calls':[]}"})
  void argumentsThatNeverCameAreAddedToWhateverEndsTheChoice(String delta) {
    delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}");
    assertThat(json(ending(delta)))
        .contains("'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]");
  }

  @Test
  void argumentsThatAreEmptyInTheLastChunkAreAnEmptyObject() {
    String call = "{'index':0,'id':'a','function':{'name':'f','arguments':''}}";
    assertThat(json(ending("{'tool_calls':[" + call + "]}")))
        .contains("{'name':'f','arguments':'{}'}");
  }

  @Test
  void argumentsThatCameStayAsTheyAre() {
    delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}");
    delta("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}");
    assertThat(json(ending("{}"))).contains("'delta':{}");
  }
}
