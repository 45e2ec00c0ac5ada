package com.langdock.reliability.gateway.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every recorded stream, compared with an independent reading of its events. */
class RecordedStreamsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> OPENAI_LIKE =
      List.of(
          "openai",
          "azure",
          "deepseek",
          "groq",
          "huggingface",
          "llamacpp",
          "mistral",
          "ollama",
          "openrouter",
          "together",
          "vllm",
          "xai");
  private static final Set<String> FAIL =
      Set.of("groq/stream-midstream-error.sse", "openrouter/stream-midstream-error.sse");

  private static AssembledAnswer assembled(String name, int pieces) {
    boolean isAnthropic = name.contains("anthropic") || name.contains("claude");
    ProviderFormat format = isAnthropic ? new AnthropicFormat() : new OpenAiFormat(true);
    ChatReader decoder =
        new ChatReader(
            format, Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD), Replies.head(200));
    return AssembledAnswer.of(decoder, Recorded.bytes(name), pieces);
  }

  private static List<String> whole() {
    return OPENAI_LIKE.stream()
        .flatMap(folder -> Recorded.names(folder, ".sse").stream())
        .filter(name -> !FAIL.contains(name))
        .toList();
  }

  private static List<String> anthropic() {
    List<String> vertex = Recorded.names("vertex", ".sse");
    return Stream.concat(
            Recorded.names("anthropic", ".sse").stream(),
            vertex.stream().filter(name -> name.contains("claude")))
        .toList();
  }

  private static List<JsonNode> events(String name) {
    return new String(Recorded.bytes(name), UTF_8)
        .lines()
        .filter(line -> line.startsWith("data:") && line.contains("{"))
        .map(line -> JSON.readTree(line.substring("data:".length())))
        .toList();
  }

  @Test
  void haveOneFinishReasonForEachChoice() {
    for (String name : whole()) {
      AssembledAnswer stream = assembled(name, Integer.MAX_VALUE / 2);
      assertThat(stream.failure).as(name).isNull();
      assertThat(stream.finishReasons).as(name).hasSize(name.contains("-n2") ? 2 : 1);
      assertThat(stream.finishReasons).as(name).isSubsetOf("stop", "length", "tool_calls");
    }
  }

  @Test
  void haveTheTextOfTheirEvents() {
    for (String name : whole()) {
      StringBuilder text = new StringBuilder();
      for (JsonNode event : events(name)) {
        JsonNode choice = event.at("/choices/0");
        if (choice.path("index").asInt(0) == 0) {
          JsonNode content = choice.at("/delta/content");
          text.append(content.isArray() ? parts(content) : content.asString(""));
        }
      }
      AssembledAnswer stream = assembled(name, Integer.MAX_VALUE / 2);
      assertThat(stream.text).as(name).hasToString(text.toString());
      assertThat(stream.reported).as(name).hasToString(text.toString());
    }
  }

  private static String parts(JsonNode content) {
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asString("")));
    return text.toString();
  }

  @Test
  void haveTheToolCallsOfTheirEventsWithJsonArguments() {
    for (String name : whole()) {
      AssembledAnswer stream = assembled(name, Integer.MAX_VALUE / 2);
      assertThat(stream.calls).as(name).isEqualTo(calls(name));
      boolean calls = stream.finishReasons.contains("tool_calls");
      assertThat(stream.calls.isEmpty()).as(name).isNotEqualTo(calls);
      stream
          .calls
          .values()
          .forEach(call -> {
            String arguments = call.substring(call.indexOf('{'));
            assertThat(JSON.readTree(arguments).isObject()).as("%s: %s", name, call).isTrue();
          });
    }
  }

  private static Map<String, String> calls(String name) {
    Map<String, String> calls = new TreeMap<>();
    for (JsonNode event : events(name)) {
      for (JsonNode choice : event.path("choices")) {
        for (JsonNode call : choice.at("/delta/tool_calls")) {
          JsonNode function = call.path("function");
          calls.merge(
              choice.path("index").asInt() + "/" + call.path("index").asInt(),
              function.path("name").asString("") + function.path("arguments").asString(""),
              String::concat);
        }
      }
    }
    return calls;
  }

  @Test
  void doNotMixReasoningWithContent() {
    for (String name : whole()) {
      StringBuilder reasoning = new StringBuilder();
      for (JsonNode event : events(name)) {
        JsonNode delta = event.at("/choices/0/delta");
        reasoning.append(delta.path("reasoning").asString(""));
        reasoning.append(delta.path("reasoning_content").asString(""));
        for (JsonNode part : delta.path("content")) {
          reasoning.append(part.at("/thinking/0/text").asString(""));
        }
      }
      assertThat(assembled(name, 3).reasoning).as(name).hasToString(reasoning.toString());
    }
  }

  @Test
  void haveTheLastUsageOfTheirEvents() {
    for (String name : whole()) {
      List<JsonNode> reports =
          events(name).stream().map(RecordedStreamsTest::usage).filter(JsonNode::isObject).toList();
      AssembledAnswer stream = assembled(name, 9);
      if (reports.isEmpty()) {
        assertThat(stream.usage).as(name).isNull();
        continue;
      }
      JsonNode usage = JSON.readTree(stream.usageJson);
      long prompt = reports.getLast().path("prompt_tokens").asLong();
      long total = reports.getLast().path("total_tokens").asLong();
      assertThat(stream.usage).as(name).extracting(Usage::inputTokens).isEqualTo(prompt);
      assertThat(stream.usage).as(name).extracting(Usage::totalTokens).isEqualTo(total);
      assertThat(prompt + usage.path("completion_tokens").asLong()).as(name).isEqualTo(total);
    }
  }

  private static JsonNode usage(JsonNode event) {
    JsonNode usage = event.path("usage");
    return usage.isObject() ? usage : event.at("/x_groq/usage");
  }

  @Test
  void readTheSameByteByByte() {
    for (String name : Stream.concat(whole().stream(), anthropic().stream()).toList()) {
      AssembledAnswer once = assembled(name, Integer.MAX_VALUE / 2);
      AssembledAnswer slowly = assembled(name, 1);
      assertThat(slowly.ended).as(name).isEqualTo(once.ended);
      assertThat(bytes(slowly)).as(name).isEqualTo(bytes(once));
      assertThat(slowly.usageJson).as(name).isEqualTo(once.usageJson);
    }
  }

  private static String bytes(AssembledAnswer stream) {
    StringBuilder all = new StringBuilder();
    stream.chunks.forEach(chunk -> all.append(new String(chunk.bytes(), UTF_8)).append('\n'));
    return all.toString();
  }

  @Test
  void openAisOwnKeepTheirBytesButForUsage() {
    for (String name : Recorded.names("openai", ".sse")) {
      String all = new String(Recorded.bytes(name), UTF_8);
      for (Piece.Raw chunk : assembled(name, Integer.MAX_VALUE / 2).chunks) {
        if (chunk.tokens() == null) {
          assertThat(all).as(name).contains("data: " + new String(chunk.bytes(), UTF_8));
        }
      }
    }
  }

  @Test
  void ofAnthropicHaveTheTextTheThinkingAndTheToolsOfTheirEvents() {
    for (String name : anthropic()) {
      StringBuilder text = new StringBuilder();
      StringBuilder thinking = new StringBuilder();
      StringBuilder input = new StringBuilder();
      long tools = 0;
      for (JsonNode event : events(name)) {
        text.append(event.at("/delta/text").asString(""));
        thinking.append(event.at("/delta/thinking").asString(""));
        input.append(event.at("/delta/partial_json").asString(""));
        tools += event.at("/content_block/type").asString("").equals("tool_use") ? 1 : 0;
      }
      AssembledAnswer stream = assembled(name, 7);
      assertThat(stream.text).as(name).hasToString(text.toString());
      assertThat(stream.reasoning).as(name).hasToString(thinking.toString());
      assertThat((long) stream.calls.size()).as(name).isEqualTo(tools);
      String arguments = input.isEmpty() && tools > 0 ? "{}" : input.toString();
      assertThat(String.join("", stream.calls.values())).as(name).endsWith(arguments);
      assertThat(stream.finishReasons).as(name).hasSize(1);
      assertThat(stream.ended).as(name).isTrue();
    }
  }

  @Test
  void ofAnthropicHaveTheLargestUsageOfTheirEvents() {
    for (String name : anthropic()) {
      long input = 0;
      long output = 0;
      for (JsonNode event : events(name)) {
        for (JsonNode usage : List.of(event.at("/message/usage"), event.path("usage"))) {
          long cached =
              usage.path("cache_read_input_tokens").asLong(0)
                  + usage.path("cache_creation_input_tokens").asLong(0);
          input = Math.max(input, usage.path("input_tokens").asLong(0) + cached);
          output = Math.max(output, usage.path("output_tokens").asLong(0));
        }
      }
      JsonNode reported = JSON.readTree(assembled(name, 7).usageJson);
      assertThat(reported.path("prompt_tokens").asLong()).as(name).isEqualTo(input);
      assertThat(reported.path("completion_tokens").asLong()).as(name).isEqualTo(output);
      assertThat(reported.path("total_tokens").asLong()).as(name).isEqualTo(input + output);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          quoted-errors/anthropic-stream-overloaded.sse, overloaded
          quoted-errors/openai-stream-server-is-overloaded.sse, overloaded
          quoted-errors/vllm-stream-error-new.sse, context_length_exceeded
          synthetic/openai-midstream-error.sse, server_error
          synthetic/anthropic-midstream-overloaded.sse, overloaded
          synthetic/openai-truncated-no-done.sse, malformed_response
          groq/stream-midstream-error.sse, request_rejected
          openrouter/stream-midstream-error.sse, request_rejected
          """)
  void errorsInsideAreFailures(String name, String word) {
    for (int pieces : new int[] {1, Integer.MAX_VALUE / 2}) {
      Failure failure = assembled(name, pieces).failure;
      assertThat(failure).isNotNull().extracting(Failure::word).isEqualTo(word);
    }
  }
}
