package com.langdock.reliability.gateway.provider.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every recorded answer of Anthropic becomes an equivalent chat completion. */
class RecordedAnswersTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> FINISH_REASONS =
      Set.of("stop", "length", "tool_calls", "content_filter");

  @Test
  void hasTheSameText() {
    for (String name : answers()) {
      String text = String.join("", strings(source(name), "text", "text"));
      JsonNode content = message(name).path("content");

      assertThat(content.asString("")).as(name).isEqualTo(text);
      assertThat(JSON.readTree(ChatReader.content(answer(name)))).as(name).isEqualTo(content);
    }
  }

  @Test
  void hasTheSameToolCalls() {
    for (String name : answers()) {
      List<JsonNode> inputs = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (JsonNode call : message(name).path("tool_calls")) {
        inputs.add(JSON.readTree(call.path("function").path("arguments").asString()));
        ids.add(call.path("id").asString());
      }

      assertThat(ids).as(name).isEqualTo(strings(source(name), "tool_use", "id"));
      assertThat(inputs).as(name).isEqualTo(blocks(source(name), "tool_use", "input"));
    }
  }

  @Test
  void doesNotMixThinkingWithContent() {
    for (String name : answers()) {
      String thinking = String.join("", strings(source(name), "thinking", "thinking"));

      assertThat(message(name).path("reasoning_content").asString("")).as(name).isEqualTo(thinking);
    }
  }

  @Test
  void countsTheSameTokens() {
    for (String name : answers()) {
      JsonNode block = source(name).path("usage");
      JsonNode usage = JSON.readTree(answer(name).json()).path("usage");
      long cached = block.path("cache_read_input_tokens").asLong(0);
      long prompt =
          block.path("input_tokens").asLong()
              + cached
              + block.path("cache_creation_input_tokens").asLong(0);

      assertThat(usage.path("prompt_tokens").asLong()).as(name).isEqualTo(prompt);
      assertThat(usage.path("completion_tokens").asLong())
          .as(name)
          .isEqualTo(block.path("output_tokens").asLong());
      assertThat(answer(name).usage().inputTokens()).as(name).isEqualTo(prompt);
      assertThat(answer(name).usage().cachedInputTokens()).as(name).isEqualTo(cached);
      assertThat(answer(name).usage().totalTokens())
          .as(name)
          .isEqualTo(usage.path("total_tokens").asLong());
    }
  }

  @Test
  void hasAFinishReasonOfOpenAi() {
    for (String name : answers()) {
      JsonNode choice = JSON.readTree(answer(name).json()).path("choices").path(0);

      assertThat(choice.path("finish_reason").asString()).as(name).isIn(FINISH_REASONS);
    }
  }

  private static List<String> answers() {
    List<String> names = new ArrayList<>(Recorded.names("anthropic", ".json"));
    names.removeIf(name -> name.contains(".request.") || name.contains("count-tokens"));
    assertThat(names).hasSizeGreaterThan(15);
    return names;
  }

  private static WholeAnswer.Raw answer(String name) {
    Recorded.Answer recorded = Recorded.success(name);
    Decoded decoded =
        new AnthropicFormat().readWhole(Exchanges.ofOpus("{}"), recorded.head(), recorded.body());
    assertThat(decoded).as(name).isInstanceOf(Decoded.Answered.class);
    return ChatReader.answer(decoded);
  }

  private static JsonNode message(String name) {
    return JSON.readTree(answer(name).json()).path("choices").path(0).path("message");
  }

  private static JsonNode source(String name) {
    return JSON.readTree(Recorded.bytes(name));
  }

  private static List<String> strings(JsonNode source, String type, String field) {
    return blocks(source, type, field).stream().map(JsonNode::asString).toList();
  }

  private static List<JsonNode> blocks(JsonNode source, String type, String field) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode block : source.path("content")) {
      if (block.path("type").asString().equals(type)) {
        found.add(block.path(field));
      }
    }
    return found;
  }
}
