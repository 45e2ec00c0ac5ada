package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.json.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedTextTest {
  /** What is expected after a chunk; null if nothing is. */
  private static @Nullable RepeatedText after(String json) {
    byte[] data = json.replace('\'', '"').getBytes(UTF_8);
    List<Piece> pieces = new ArrayList<>();
    new OpenAiFormat(true)
        .readStream(Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD), Replies.head(200))
        .read(data, pieces::add);
    return RepeatedText.of(
        (Piece.Raw) pieces.getFirst(), data, Objects.requireNonNull(JsonBody.json(data)));
  }

  private static Piece.Raw next(String before, String json) {
    byte[] data = json.replace('\'', '"').getBytes(UTF_8);
    return Objects.requireNonNull(Objects.requireNonNull(after(before)).read(data));
  }

  @Test
  void readsTheTextOfTheNextChunk() {
    Piece.Raw next =
        next(
            "{'id':'1','choices':[{'index':0,'delta':{'content':'a'}}],'obfuscation':'xy'}",
            "{'id':'1','choices':[{'index':0,'delta':{'content':'b\\n'}}],'obfuscation':'z'}");

    assertThat(next.text()).isEqualTo("b\n");
    assertThat(next.content()).isEqualTo(Content.TEXT);
  }

  @Test
  void readsTheNextThinking() {
    Piece.Raw next =
        next(
            "{'choices':[{'delta':{'content':null,'reasoning_content':'a'}}]}",
            "{'choices':[{'delta':{'content':null,'reasoning_content':'b'}}]}");

    assertThat(next.text()).isEmpty();
    assertThat(next.content()).isEqualTo(Content.THINKING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'choices':[{'delta':{'role':'assistant','content':''}}]}",
        "{'choices':[{'delta':{'content':'a'},'finish_reason':'stop'}]}",
        "{'choices':[{'delta':{'content':'a'},'finish_reason':''}]}",
        "{'choices':[{'delta':{'content':'a'}}],'usage':{'total_tokens':1}}",
        "{'choices':[{'delta':{'content':'a'}},{'index':1,'delta':{}}]}",
        "{'choices':[{'index':1,'delta':{'content':'a'}}]}",
        "{'choices':[{'delta':{'content':'a','reasoning':'b'}}]}",
        "{'choices':[{'delta':{'content':[{'type':'text','text':'a'}]}}]}",
        "{'choices':[{'delta':{'content':'a','tool_calls':[{'id':'c'}]}}]}"
      })
  void expectsNothingAfterAChunkOfAnotherKind(String chunk) {
    assertThat(after(chunk)).isNull();
  }

  @Test
  void readsNoChunkWithoutText() {
    RepeatedText expected = after("{'choices':[{'delta':{'content':'a'}}]}");

    byte[] empty = "{\"choices\":[{\"delta\":{\"content\":\"\"}}]}".getBytes(UTF_8);
    assertThat(Objects.requireNonNull(expected).read(empty)).isNull();
  }
}
