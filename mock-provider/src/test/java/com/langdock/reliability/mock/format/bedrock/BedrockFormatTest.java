package com.langdock.reliability.mock.format.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Output.Thinking;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Tool;
import com.langdock.reliability.mock.format.Tools.Choice;
import com.langdock.reliability.mock.format.Turn;
import com.langdock.reliability.mock.format.Turn.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BedrockFormatTest {
  private final BedrockFormat format = new BedrockFormat();

  @Test
  void readsTurnsWithCallsAndTheirResults() {
    ChatRequest request =
        format.read(
            new RawRequest(
                "/model/eu.amazon.nova-pro-v1%3A0/converse-stream",
                "",
                Map.of(),
                """
                {"system": [{"text": "Be kind."}],
                 "messages": [
                  {"role": "user", "content": [{"text": "Hel"}, {"text": "lo"}]},
                  {"role": "assistant", "content": [
                   {"toolUse": {"toolUseId": "a", "name": "weather", "input": {}}}]},
                  {"role": "user", "content": [
                   {"toolResult": {"toolUseId": "a", "content": [{"text": "12"}]}},
                   {"text": "And?"}]}],
                 "toolConfig": {"tools": [{"toolSpec": {"name": "weather"}},
                                          {"toolSpec": {"name": "news"}}],
                                "toolChoice": {"tool": {"name": "news"}}},
                 "inferenceConfig": {"maxTokens": 9}}
                """
                    .getBytes(UTF_8)));

    assertThat(request.model()).isEqualTo("eu.amazon.nova-pro-v1:0");
    assertThat(request.delivery()).isEqualTo(Delivery.AWS_EVENTS);
    assertThat(request.turns())
        .containsExactly(
            new Turn(Role.SYSTEM, "Be kind."),
            new Turn(Role.USER, "Hello"),
            new Turn(Role.ASSISTANT, ""),
            new Turn(Role.TOOL, "12"),
            new Turn(Role.USER, "And?"));
    assertThat(request.tools().choice()).isEqualTo(Choice.REQUIRED);
    assertThat(request.tools().offered()).extracting(Tool::name).containsExactly("news");
    assertThat(request.output().maxTokens()).isEqualTo(9);
    assertThat(request.output().thinking()).isEqualTo(Thinking.NONE);
  }
}
