package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls without arguments in a stream of OpenAI's format. */
class MissingArgumentsTest {
  private final ChatReader decoder =
      new ChatReader(
          new OpenAiFormat(true), Exchanges.of("{}", "m", Exchanges.OLD), Replies.head(200));

  private Piece delta(String delta) {
    return read("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}");
  }

  private Piece read(String event) {
    return Objects.requireNonNull(decoder.read(event.replace('\'', '"').getBytes(UTF_8)));
  }

  private static String json(Piece part) {
    return new String(((Piece.Raw) part).bytes(), UTF_8).replace('"', '\'');
  }

  private Piece ending(String delta) {
    return read("{'choices':[{'index':0,'delta':" + delta + ",'finish_reason':'tool_calls'}]}");
  }

  @Test
  void missingArgumentsBecomeAnEmptyObjectAtTheEnd() {
    delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}");
    delta("{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':''}}]}");
    delta("{'tool_calls':[{'index':1,'function':{'arguments':'{}'}}]}");
    delta("{'tool_calls':[{'index':2,'id':'c','function':{'name':'h'}}]}");
    Piece end = ending("{}");
    assertThat(json(end))
        .contains(
            "'delta':{'tool_calls':[{'index':0,'function':{'arguments':'{}'}},"
                + "{'index':2,'function':{'arguments':'{}'}}]}");
    assertThat(((Piece.Raw) end).content()).isEqualTo(Content.OTHER);
    assertThat(((Piece.Raw) end).finishes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{'content':null,'tool_calls':null}", "{'tool_calls':[]}"})
  void missingArgumentsAreAddedToTheFinalChunk(String delta) {
    delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}");
    assertThat(json(ending(delta)))
        .contains("'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]");
  }

  @Test
  void emptyArgumentsInTheLastChunkBecomeAnEmptyObject() {
    String call = "{'index':0,'id':'a','function':{'name':'f','arguments':''}}";
    assertThat(json(ending("{'tool_calls':[" + call + "]}")))
        .contains("{'name':'f','arguments':'{}'}");
  }

  @Test
  void receivedArgumentsAreUnchanged() {
    delta("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':''}}]}");
    delta("{'tool_calls':[{'index':0,'function':{'arguments':'{}'}}]}");
    assertThat(json(ending("{}"))).contains("'delta':{}");
  }
}
