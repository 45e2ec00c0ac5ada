package com.langdock.reliability.mock.format.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFormatTest {
  private final AnthropicFormat format = new AnthropicFormat();

  @Test
  void readsTurnsWithToolCallsAndTheirResults() {
    ChatRequest request =
        read(
            """
            {"model": "claude", "max_tokens": 9, "system": [{"type": "text", "text": "Be kind."}],
             "tools": [{"name": "weather", "input_schema": {"type": "object"}}],
             "messages": [
              {"role": "user", "content": "Hello"},
              {"role": "assistant", "content": [
               {"type": "tool_use", "id": "t1", "name": "weather", "input": {}}]},
              {"role": "user", "content": [
               {"type": "tool_result", "tool_use_id": "t1", "content": "12"}]}]}
            """);

    assertThat(request.turns())
        .containsExactly(
            new Turn(Role.SYSTEM, "Be kind."),
            new Turn(Role.USER, "Hello"),
            new Turn(Role.ASSISTANT, ""),
            new Turn(Role.TOOL, "12"));
    assertThat(request.output().maxTokens()).isEqualTo(9);
    assertThat(request.tools().offered()).extracting(Tool::name).containsExactly("weather");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense                                                     | not valid JSON",
        "[]                                                           | valid dictionary",
        "{'max_tokens':1,'messages':[]}                               | model: Field required",
        "{'model':'c','messages':[]}                                  | max_tokens: Field required",
        "{'model':'c','max_tokens':'1','messages':[]}                 | max_tokens: Input should",
        "{'model':'c','max_tokens':1}                                 | messages: Field required",
        "{'model':'c','max_tokens':1,'messages':[]}                   | at least one message",
        "{'model':'c','max_tokens':1,'temperature':1.5,'messages':[]} | temperature: range",
      })
  void refusesFieldsThatAnthropicRefuses(String body, String message) {
    assertThat(problem(body.replace('\'', '"'))).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'tool','content':'x'}                                    | Unexpected role",
        "{'role':'user'}                                                  | expected shape",
        "{'role':'user','content':[{'type':'text','text':' '}]}           | must be non-empty",
        "{'role':'assistant','content':'half a '}                         | trailing whitespace",
        "{'role':'assistant','content':[{'type':'tool_use','id':'t'}]}    | without `tool_result`",
        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]} | unexpected `tool",
      })
  void refusesTurnsThatAnthropicRefuses(String last, String message) {
    String body =
        "{'model':'c','max_tokens':1,'messages':[{'role':'user','content':'Hi'}," + last + "]}";

    assertThat(problem(body.replace('\'', '"'))).contains(message);
  }

  private String problem(String body) {
    return catchThrowableOfType(InvalidRequest.class, () -> read(body)).message();
  }

  private ChatRequest read(String body) {
    return format.read(new RawRequest("", "", Map.of(), body.getBytes(UTF_8)));
  }
}
