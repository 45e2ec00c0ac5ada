package com.langdock.reliability.mock.format.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiFormatTest {
  private final OpenAiFormat format = new OpenAiFormat();

  @Test
  void readsTurnsWithTextOrParts() {
    ChatRequest request =
        read(
            """
            {"model": "gpt-4", "stream": true, "stream_options": {"include_usage": true},
             "max_tokens": 5, "max_completion_tokens": 9, "n": 2,
             "tools": [{"type": "function", "function": {"name": "weather"}}],
             "messages": [
              {"role": "developer", "content": "Be kind."},
              {"role": "user", "content": [{"type": "text", "text": "Hel"}, {"text": "lo"}]},
              {"role": "assistant", "content": null, "tool_calls": []},
              {"role": "tool", "content": "12", "tool_call_id": "c"}]}
            """);

    assertThat(request.turns())
        .containsExactly(
            new Turn(Role.SYSTEM, "Be kind."),
            new Turn(Role.USER, "Hello"),
            new Turn(Role.ASSISTANT, ""),
            new Turn(Role.TOOL, "12"));
    assertThat(request.streamed()).isTrue();
    assertThat(request.delivery()).isEqualTo(Delivery.EVENTS_WITH_USAGE);
    assertThat(request.output().maxTokens()).isEqualTo(9);
    assertThat(request.output().choices()).isEqualTo(2);
    assertThat(request.tools().offered()).extracting(Tool::name).containsExactly("weather");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "nonsense                                          | null             | null",
        "[]                                                | null             | null",
        "''                                                | null             | null",
        "{\"messages\":[]}                                 | null             | null",
        "{\"model\":5,\"messages\":[]}                     | null             | null",
        "{\"model\":\"m\"}                       | messages | missing_required_parameter",
        "{\"model\":\"m\",\"messages\":[]}                 | messages         | empty_array",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"x\"}]} | messages[0].role | invalid_value",
        "{\"model\":\"m\",\"messages\":[7]}                | messages[0].role | invalid_value",
        "{\"model\":\"m\",\"n\":0,\"messages\":[{\"role\":\"user\"}]} | n      | invalid_value",
      })
  void refusesWhatOpenAiRefuses(String body, String param, String code) {
    InvalidRequest problem = catchThrowableOfType(InvalidRequest.class, () -> read(body));

    assertThat(problem.param()).isEqualTo(param);
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.message()).isNotBlank();
  }

  private ChatRequest read(String body) {
    return format.read(new RawRequest("", "", Map.of(), body.getBytes(UTF_8)));
  }
}
