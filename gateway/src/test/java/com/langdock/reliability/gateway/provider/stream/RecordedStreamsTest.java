package com.langdock.reliability.gateway.provider.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.provider.Codec;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicCodec;
import com.langdock.reliability.gateway.provider.openai.OpenAiCodec;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every recorded stream, against what its own events say when they are read another way. */
class RecordedStreamsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> OPENAI_LIKE =
      List.of(
          "openai",
          "azure",
          "deepseek",
          "groq",
          "llamacpp",
          "mistral",
          "ollama",
          "openrouter",
          "together",
          "vllm",
          "xai");
  private static final Set<String> FAIL =
      Set.of("groq/stream-midstream-error.sse", "openrouter/stream-midstream-error.sse");

  private static Assembled assembled(String name, int pieces) {
    Codec codec = name.contains("anthropic") ? new AnthropicCodec() : new OpenAiCodec(true);
    StreamDecoder decoder =
        codec.stream(Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD), Replies.head(200));
    return Assembled.of(decoder, Recorded.bytes(name), pieces);
  }

  private static List<String> whole() {
    return OPENAI_LIKE.stream()
        .flatMap(folder -> Recorded.names(folder, ".sse").stream())
        .filter(name -> !FAIL.contains(name))
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
      Assembled stream = assembled(name, Integer.MAX_VALUE / 2);
      assertThat(stream.failure).as(name).isNull();
      assertThat(stream.finishReasons).as(name).hasSize(name.contains("-n2") ? 2 : 1);
      assertThat(stream.finishReasons).as(name).isSubsetOf("stop", "length", "tool_calls");
    }
  }

  @Test
  void haveTheTextThatTheirEventsHave() {
    for (String name : whole()) {
      StringBuilder text = new StringBuilder();
      for (JsonNode event : events(name)) {
        JsonNode choice = event.at("/choices/0");
        if (choice.path("index").asInt(0) == 0) {
          JsonNode content = choice.at("/delta/content");
          text.append(content.isArray() ? parts(content) : content.asString(""));
        }
      }
      Assembled stream = assembled(name, Integer.MAX_VALUE / 2);
      assertThat(stream.text).as(name).hasToString(text.toString());
      assertThat(stream.told).as(name).hasToString(text.toString());
    }
  }

  private static String parts(JsonNode content) {
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asString("")));
    return text.toString();
  }

  @Test
  void haveToolCallsWithArgumentsThatAreJson() {
    for (String name : whole()) {
      Assembled stream = assembled(name, Integer.MAX_VALUE / 2);
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

  @Test
  void readTheSameByteByByte() {
    List<String> anthropic = Recorded.names("anthropic", ".sse");
    for (String name : whole().isEmpty() ? anthropic : concat(whole(), anthropic)) {
      Assembled once = assembled(name, Integer.MAX_VALUE / 2);
      Assembled slowly = assembled(name, 1);
      assertThat(slowly.text).as(name).hasToString(once.text.toString());
      assertThat(slowly.chunks).as(name).hasSameSizeAs(once.chunks);
      assertThat(slowly.usage).as(name).isEqualTo(once.usage);
    }
  }

  private static List<String> concat(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  @Test
  void openAisOwnKeepTheirBytesButForUsage() {
    for (String name : Recorded.names("openai", ".sse")) {
      String all = new String(Recorded.bytes(name), UTF_8);
      for (StreamPart.Chunk chunk : assembled(name, Integer.MAX_VALUE / 2).chunks) {
        if (chunk.tokens() == null) {
          assertThat(all).as(name).contains("data: " + new String(chunk.json(), UTF_8));
        }
      }
    }
  }

  @Test
  void ofAnthropicHaveTheTextTheThinkingAndTheToolsOfTheirEvents() {
    for (String name : Recorded.names("anthropic", ".sse")) {
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
      Assembled stream = assembled(name, 7);
      assertThat(stream.text).as(name).hasToString(text.toString());
      assertThat(stream.reasoning).as(name).hasToString(thinking.toString());
      assertThat((long) stream.calls.size()).as(name).isEqualTo(tools);
      String arguments = input.isEmpty() && tools > 0 ? "{}" : input.toString();
      assertThat(String.join("", stream.calls.values())).as(name).endsWith(arguments);
      assertThat(stream.finishReasons).as(name).hasSize(1);
      assertThat(stream.ended).as(name).isTrue();
      assertThat(stream.usage).as(name).isNotNull();
    }
  }

  @Test
  void errorsInsideAreFailures() {
    assertThat(assembled("quoted-errors/anthropic-stream-overloaded.sse", 5).failure)
        .isInstanceOf(Failure.Overloaded.class);
    assertThat(assembled("quoted-errors/openai-stream-server-is-overloaded.sse", 5).failure)
        .isInstanceOf(Failure.Overloaded.class);
    assertThat(assembled("synthetic/openai-midstream-error.sse", 5).failure)
        .isInstanceOf(Failure.ServerError.class);
    assertThat(assembled("groq/stream-midstream-error.sse", 5).failure)
        .isInstanceOf(Failure.RequestRejected.class);
    assertThat(assembled("synthetic/openai-truncated-no-done.sse", 5).ended).isFalse();
  }
}
