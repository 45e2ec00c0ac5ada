package com.langdock.reliability.mock.format.gemini;

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

class GeminiFormatTest {
  private final GeminiFormat format = new GeminiFormat();

  @Test
  void readsTurnsWithCallsAndTheirResults() {
    ChatRequest request =
        read(
            "/v1beta/models/gemini-3-pro:streamGenerateContent",
            """
            {"systemInstruction": {"parts": [{"text": "Be kind."}]},
             "contents": [
              {"parts": [{"text": "Hel"}, {"text": "lo"}]},
              {"role": "model", "parts": [
               {"text": "Hmm", "thought": true},
               {"functionCall": {"name": "weather", "args": {}}},
               {"functionCall": {"name": "news", "args": {}}}]},
              {"role": "user", "parts": [
               {"functionResponse": {"name": "weather", "response": {"output": "12"}}},
               {"functionResponse": {"name": "news", "response": {"a": 1}}},
               {"text": "And?"}]}],
             "tools": [{"functionDeclarations": [{"name": "weather"}, {"name": "news"}]}],
             "toolConfig": {"functionCallingConfig": {
              "mode": "ANY", "allowedFunctionNames": ["news"]}},
             "generationConfig": {"maxOutputTokens": 9, "thinkingConfig": {"thinkingBudget": 0}}}
            """);

    assertThat(request.model()).isEqualTo("gemini-3-pro");
    assertThat(request.delivery()).isEqualTo(Delivery.JSON_ARRAY);
    assertThat(request.turns())
        .containsExactly(
            new Turn(Role.SYSTEM, "Be kind."),
            new Turn(Role.USER, "Hello"),
            new Turn(Role.ASSISTANT, ""),
            new Turn(Role.TOOL, "12"),
            new Turn(Role.TOOL, "{\"a\":1}"),
            new Turn(Role.USER, "And?"));
    assertThat(request.tools().choice()).isEqualTo(Choice.REQUIRED);
    assertThat(request.tools().offered()).extracting(Tool::name).containsExactly("news");
    assertThat(request.output().maxTokens()).isEqualTo(9);
    assertThat(request.output().thinking()).isEqualTo(Thinking.NONE);
  }

  @Test
  void takesTaggedTextForTheOperators() {
    ChatRequest request =
        read(
            "/v1beta/models/gemini-3-pro:generateContent",
            """
            {"contents": [{"parts": [
             {"text": "Hello"}, {"text": "<system>\\nBe kind.\\n</system>"}]}]}
            """);

    assertThat(request.turns())
        .containsExactly(
            new Turn(Role.SYSTEM, "<system>\nBe kind.\n</system>"), new Turn(Role.USER, "Hello"));
  }

  @Test
  void knowsItsPathsUnderAnyPrefix() {
    assertThat(format.isChat("/v1/publishers/google/models/g@1:generateContent")).isTrue();
    assertThat(format.isChat("/v1beta/models/g:countTokens")).isFalse();
    assertThat(format.isChat("/v1beta/models")).isFalse();
    assertThat(format.serves("/v1beta/models/g:countTokens")).isTrue();
  }

  private ChatRequest read(String path, String body) {
    return format.read(new RawRequest(path, "", Map.of(), body.getBytes(UTF_8)));
  }
}
