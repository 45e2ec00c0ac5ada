package com.langdock.reliability.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded answers of OpenAI and of compatible APIs. */
class RecordedAnswersTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> PROVIDERS =
      List.of(
          "openai",
          "azure",
          "groq",
          "deepseek",
          "openrouter",
          "together",
          "mistral",
          "vllm",
          "xai",
          "llamacpp",
          "cerebras");

  @Test
  void openAisOwnKeepTheirBytes() {
    for (String name : answers("openai")) {
      assertThat(answer(name).json()).as(name).isEqualTo(Recorded.bytes(name));
    }
  }

  @Test
  void haveStringContentAndAFinishReasonOfOpenAi() {
    for (String name : PROVIDERS.stream().flatMap(p -> answers(p).stream()).toList()) {
      JsonNode choice = JSON.readTree(answer(name).json()).path("choices").path(0);
      JsonNode content = choice.path("message").path("content");

      assertThat(content.isString() || content.isNull() || content.isMissingNode())
          .as(name)
          .isTrue();
      assertThat(JSON.readTree(ChatReader.content(answer(name))).asString(""))
          .isEqualTo(content.asString(""));
      assertThat(choice.path("finish_reason").asString())
          .as(name)
          .isIn("stop", "length", "tool_calls", "content_filter", "function_call");
    }
  }

  @Test
  void haveConsistentUsage() {
    for (String name : PROVIDERS.stream().flatMap(p -> answers(p).stream()).toList()) {
      long total = JSON.readTree(Recorded.bytes(name)).path("usage").path("total_tokens").asLong(0);

      assertThat(answer(name).usage().totalTokens()).as(name).isEqualTo(total);
    }
  }

  @Test
  void aFilteredPromptWithStatus200IsContentPolicy() {
    Decoded decoded = decode("azure/error-400-content-filter.json");

    assertThat(((Decoded.Failed) decoded).failure()).isInstanceOf(Failure.ContentPolicy.class);
  }

  private static List<String> answers(String provider) {
    List<String> names = new ArrayList<>();
    for (String name : Recorded.names(provider, ".json")) {
      boolean isAnswer = name.contains("chat-") && !name.contains(".request.");
      if (isAnswer) {
        names.add(name);
      }
    }
    assertThat(names).as(provider).isNotEmpty();
    return names;
  }

  private static WholeAnswer.Raw answer(String name) {
    Decoded decoded = decode(name);
    assertThat(decoded).as(name).isInstanceOf(Decoded.Answered.class);
    return ChatReader.answer(decoded);
  }

  private static Decoded decode(String name) {
    Recorded.Answer recorded = Recorded.success(name);
    TargetModel target = new TargetModel("ours", "theirs", Exchanges.OLD);
    TargetRequest request = new TargetRequest(Exchanges.request("{}"), target);
    return new OpenAiFormat(true).readWhole(request, recorded.head(), recorded.body());
  }
}
