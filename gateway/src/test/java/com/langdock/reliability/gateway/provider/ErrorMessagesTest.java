package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Error messages that identify a failure which neither code nor status identifies. */
class ErrorMessagesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "request (4267 tokens) exceeds the available context size (4096 tokens), try increasing it",
        "the request exceeds the available context size, try increasing it",
        "Context size has been exceeded.",
        "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's maximum context "
            + "length is 2048 tokens and your request has 1000 input tokens",
        "You passed 4097 input tokens and requested 1 output tokens. However, the model's context "
            + "length is only 4096 tokens.",
        "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
        "The input (61709 tokens) is longer than the model's context length (40960 tokens).",
        "Requested token count exceeds the model's maximum context length of 202752 tokens.",
        "Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens).",
        "Trying to keep the first 111490 tokens when context the overflows. However, the model is",
        "The number of tokens to keep from the initial prompt is greater than the context length.",
        "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)",
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000",
        "too many tokens: size limit exceeded by 25836 tokens.",
        "The model returned the following errors: Input Tokens Exceeded: Number of input tokens",
        "Input is too long for requested model.",
      })
  void theContextIsTooLong(String message) {
    assertThat(word(400, message)).isEqualTo("context_length_exceeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Your credit balance is too low to access the Anthropic API. Please go to Plans
          400 | You have reached your specified API usage limits. You will regain access on 2025-06
          400 | You have reached your specified workspace API usage limits. You will regain access
          403 | Your team 16f2 has either used all available credits or reached its monthly spending
          429 | Your team 16f2 has either used all available credits or reached its monthly spending
          429 | You exceeded your current quota, please check your plan and billing details.
          429 | Insufficient balance or no resource package. Please recharge.
          402 | Insufficient Balance
          403 | Sorry, your account balance is insufficient
          403 | Key limit exceeded (total limit). Manage it using the settings
          412 | Account x is suspended, possibly due to reaching the monthly spending limit
          400 | Access denied, please make sure your account is in good standing.
          403 | The free tier of the model has been exhausted. If you wish to continue
          429 | You are using a Trial key, which is limited to 1000 API calls / month.
          """)
  void theQuotaIsExhausted(int status, String message) {
    assertThat(word(status, message)).isEqualTo("quota_exhausted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | Incorrect API key provided. You can obtain an API key from the console.
          401 | Invalid API Key
          400 | API key not valid. Please pass a valid API key.
          400 | API key expired. Please renew the API key.
          403 | Your API key does not have permission to use the specified resource.
          400 | This organization has been disabled.
          403 | Your organization must be verified to use the model `o3`.
          403 | You don't have access to the model with the specified model ID.
          403 | You have insufficient permissions for this operation.
          403 | You do not have permission to access this resource.
          403 | Project `proj_abcdefghijkl` does not have access to model `gpt-4`
          403 | Permission denied: Consumer has been suspended.
          403 | The caller does not have permission
          403 | Country, region, or territory not supported
          400 | User location is not supported for the API use.
          400 | Gemini API free tier is not available in your country. Please enable billing.
          403 | Access denied due to Virtual Network/Firewall rules.
          """)
  void theCredentialIsRejected(int status, String message) {
    assertThat(word(status, message)).isEqualTo("credential_rejected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The provided model identifier is invalid.",
        "Model Not Exist",
        "Invalid model: mistral-huge",
        "openai/gpt-99 is not a valid model ID",
      })
  void theModelIsUnknown(String message) {
    assertThat(word(400, message)).isEqualTo("model_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This model does not support assistant message prefill. The conversation must end with a",
        "Prefilling assistant messages is not supported for this model.",
        "Your API request included an `assistant` message in the final position, which would",
        "messages: final assistant content cannot end with trailing whitespace",
        "A conversation must end with a user message. Try again with a conversation that",
        "Expected last role User or Tool (or Assistant with prefix True) for serving but got",
        "Assistant response prefill is incompatible with enable_thinking.",
        "Cannot have 2 or more assistant messages at the end of the list.",
        "Please ensure that multiturn requests end with a user role or a function response.",
        "The last message of deepseek-reasoner must be a user message, or an assistant message",
      })
  void aPrefillIsRejected(String message) {
    assertThat(word(400, message)).isEqualTo("prefill_rejected");
  }

  @Test
  void anAnswerIsBlocked() {
    assertThat(word(400, "Output blocked by content filtering policy")).isEqualTo("content_policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Invalid value: 'Your credit balance is too low to access'. Use another.",
        "messages.1: 'API key not valid. Please pass a valid API key.' is no text",
        "Invalid token in JSON at position 4",
        "User messages are not allowed here",
        "Key 'x' is not allowed",
        "'context size has been exceeded' is not one of the enum's values",
        "The last message must not be empty",
      })
  void textThatMayQuoteARequestIsIgnored(String message) {
    assertThat(word(400, message)).isEqualTo("request_rejected");
  }

  @ParameterizedTest
  @CsvSource({"500, context_length_exceeded", "503, overloaded", "502, server_error"})
  void messagesOfServerErrorsCountOnlyForA500(int status, String word) {
    assertThat(word(status, "Context size has been exceeded.")).isEqualTo(word);
  }

  private static String word(int status, String message) {
    String body = "{\"error\":{\"message\":" + JsonText.quote(message) + "}}";
    return ErrorAnswer.failure(Replies.head(status), JsonBody.json(body.getBytes(UTF_8))).word();
  }
}
