package com.langdock.reliability.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.json.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every recorded error of every supported provider. */
class RecordedErrorsTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          openai/error-400-context-length-exceeded.http, context_length_exceeded
          openai/error-400-empty-messages.http, request_rejected
          openai/error-400-invalid-content-part.http, request_rejected
          openai/error-400-invalid-image-url.http, request_rejected
          openai/error-400-max-tokens-unsupported.http, request_rejected
          openai/error-400-missing-param.http, request_rejected
          openai/error-400-role-unsupported.http, request_rejected
          openai/error-400-stop-unsupported.http, request_rejected
          openai/error-400-temperature-below-min.http, request_rejected
          openai/error-401-invalid-api-key.http, credential_rejected
          openai/error-404-model-deprecated.http, model_not_found
          openai/error-404-model-not-found.http, model_not_found
          anthropic/error-400-effort-unsupported.http, request_rejected
          anthropic/error-400-invalid-shape.http, request_rejected
          anthropic/error-400-prompt-too-long.http, context_length_exceeded
          anthropic/error-401-authentication.http, credential_rejected
          anthropic/error-404-model.http, model_not_found
          azure/error-401.http, credential_rejected
          azure/error-404-deployment.http, model_not_found
          azure/error-404-resource.http, server_error
          azure/foundry-error-429.http, rate_limited
          deepseek/error-400-context.http, context_length_exceeded
          deepseek/error-401.http, credential_rejected
          gemini/error-400-bad-key.http, credential_rejected
          gemini/error-400-stream-bad-key.http, credential_rejected
          gemini/error-404-model.http, model_not_found
          gemini/error-429-exhausted.http, rate_limited
          gemini/error-429-quota.http, rate_limited
          vertex/error-400-context.http, context_length_exceeded
          vertex/error-400-role.http, request_rejected
          vertex/error-400-temperature.http, request_rejected
          vertex/error-404-model.http, model_not_found
          groq/error-400-tool-use-failed.http, request_rejected
          groq/error-404-model.http, model_not_found
          mistral/error-401.http, credential_rejected
          ollama/error-400-context.http, context_length_exceeded
          ollama/error-401.http, credential_rejected
          ollama/native-error-404.http, model_not_found
          openrouter/error-400-context.http, context_length_exceeded
          openrouter/error-401.http, credential_rejected
          openrouter/error-429-upstream.http, rate_limited
          perplexity/error-401.http, credential_rejected
          quoted-errors/anthropic-400-lone-surrogate.http, request_rejected
          quoted-errors/anthropic-413-request-too-large.http, request_rejected
          quoted-errors/anthropic-429-account.http, rate_limited
          quoted-errors/anthropic-429-server.http, rate_limited
          quoted-errors/anthropic-529-overloaded-request-id.http, overloaded
          quoted-errors/anthropic-529-overloaded.http, overloaded
          quoted-errors/azure-400-content-filter.http, content_policy
          quoted-errors/bedrock-429-throttling.http, rate_limited
          quoted-errors/gemini-503-overloaded.http, overloaded
          quoted-errors/openai-400-context-length-exceeded-chat.http, context_length_exceeded
          quoted-errors/openai-400-context-length-exceeded-with-completion.http, \
          context_length_exceeded
          quoted-errors/openai-429-insufficient-quota.http, quota_exhausted
          quoted-errors/openai-429-tokens-per-min.http, rate_limited
          quoted-errors/openai-500-server-error.http, server_error
          quoted-errors/openai-503-model-overloaded.http, overloaded
          quoted-errors/vllm-400-context-old.http, context_length_exceeded
          xai/error-400-bad-key.http, credential_rejected
          """)
  void isClassified(String name, String code) {
    Failure failure = failure(name);

    assertThat(failure.word()).isEqualTo(code);
    assertThat(failure.status()).hasValue(Recorded.http(name).head().status());
  }

  @Test
  void haveTheProvidersMessage() {
    for (String name : all()) {
      Failure.Answered answered = (Failure.Answered) failure(name);
      assertThat(answered.reply().message()).as(name).isNotBlank().doesNotStartWith("{");
    }
  }

  @Test
  void haveTheWaitThatTheProviderRequests() {
    Map<String, Long> waits = new TreeMap<>();
    for (String name : all()) {
      failure(name).retryAfterNanos().ifPresent(nanos -> waits.put(name, nanos));
    }

    assertThat(waits)
        .isEqualTo(
            Map.of(
                "azure/foundry-error-429.http", 1_000_000_000L,
                "gemini/error-429-quota.http", 48_000_000_000L));
  }

  private static List<String> all() {
    List<String> names = new ArrayList<>();
    Stream.of("openai", "anthropic", "azure", "deepseek", "groq", "mistral", "ollama")
        .forEach(folder -> names.addAll(Recorded.names(folder, ".http")));
    Stream.of("gemini", "openrouter", "perplexity", "quoted-errors", "vertex", "xai")
        .forEach(folder -> names.addAll(Recorded.names(folder, ".http")));
    return names;
  }

  private static Failure failure(String name) {
    Recorded.Answer answer = Recorded.http(name);
    return ErrorAnswer.failure(answer.head(), JsonBody.json(answer.body()));
  }
}
