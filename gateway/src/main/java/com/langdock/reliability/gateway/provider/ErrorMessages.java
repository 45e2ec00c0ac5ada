package com.langdock.reliability.gateway.provider;

import static com.langdock.reliability.gateway.provider.ErrorKind.CONTENT_POLICY;
import static com.langdock.reliability.gateway.provider.ErrorKind.CONTEXT_LENGTH;
import static com.langdock.reliability.gateway.provider.ErrorKind.CREDENTIAL;
import static com.langdock.reliability.gateway.provider.ErrorKind.MODEL;
import static com.langdock.reliability.gateway.provider.ErrorKind.PREFILL;
import static com.langdock.reliability.gateway.provider.ErrorKind.QUOTA;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises failures that a provider reports only in the error message: a prompt that is too long,
 * an account without credit, an unsupported prefill, a blocked answer.
 *
 * <p>With {@link SignatureMessages} the only place that reads the text of messages. Each pattern
 * must match from the message's first character, so that text quoted from a request cannot match by
 * accident. If a provider changes its wording, the error counts as a rejected request, which is the
 * safe classification. Each pattern comes from a recorded response, the provider's source code, or
 * a public issue.
 */
final class ErrorMessages {
  private record MessagePattern(ErrorKind kind, Pattern pattern) {}

  private static final List<MessagePattern> PATTERNS =
      List.of(
          // Anthropic: "prompt is too long: 3333404 tokens > 200000 maximum"
          // Bedrock: "The model returned the following errors: prompt is too long: …"
          pattern(
              CONTEXT_LENGTH,
              "(The model returned the following errors: )?prompt is too long: \\d+ tokens > \\d+"
                  + " maximum"),
          // Anthropic: "input length and `max_tokens` exceed context limit: 178959 + 64000 > …"
          pattern(
              CONTEXT_LENGTH,
              "input length and `max_tokens` exceed context limit: \\d+ \\+ \\d+ >"),
          // DeepSeek, vLLM: "This model's maximum context length is 131072 tokens. However, …"
          // OpenRouter: "This endpoint's maximum context length is 200000 tokens. However, …"
          pattern(CONTEXT_LENGTH, "This (model|endpoint)'s maximum context length is \\d+ tokens"),
          // vLLM: "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's …"
          pattern(
              CONTEXT_LENGTH,
              "'max_tokens' or 'max_completion_tokens' is too large: \\d+\\. This model's maximum"),
          // vLLM: "You passed 4097 input tokens and requested 1 output tokens. However, the …"
          pattern(CONTEXT_LENGTH, "You passed \\d+ input tokens"),
          // vLLM: "The decoder prompt (length 5000) is longer than the maximum model length of …"
          pattern(
              CONTEXT_LENGTH,
              "The (\\w+ )?prompt \\((total )?length \\d+\\) is (longer than|too long)"),
          // SGLang: "The input (61709 tokens) is longer than the model's context length (40960 …"
          pattern(
              CONTEXT_LENGTH,
              "The input \\(\\d+ tokens\\) is longer than the model's context length"),
          // SGLang: "Requested token count exceeds the model's maximum context length of 202752 …"
          pattern(
              CONTEXT_LENGTH,
              "Requested token count exceeds the model's maximum context length of \\d+"),
          // SGLang: "Input length (160062 tokens) exceeds the maximum allowed length (59862 …"
          pattern(CONTEXT_LENGTH, "Input length \\(\\d+( tokens)?\\) exceeds"),
          // llama.cpp: "request (4267 tokens) exceeds the available context size (4096 tokens), …"
          // llama.cpp, older: "the request exceeds the available context size, try increasing it"
          pattern(
              CONTEXT_LENGTH,
              "(the )?request (\\(\\d+ tokens\\) )?exceeds the available context size"),
          // llama.cpp: "Context size has been exceeded."
          pattern(CONTEXT_LENGTH, "Context size has been exceeded"),
          // LM Studio: "Trying to keep the first 111490 tokens when context the overflows. …"
          pattern(
              CONTEXT_LENGTH, "Trying to keep the first \\d+ tokens when context the overflows"),
          // LM Studio: "The number of tokens to keep from the initial prompt is greater than the …"
          pattern(
              CONTEXT_LENGTH, "The number of tokens to keep from the initial prompt is greater"),
          // LM Studio: "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)"
          pattern(CONTEXT_LENGTH, "Cannot truncate prompt with n_keep \\(\\d+\\) >= n_ctx"),
          // Text Generation Inference: "Input validation error: `inputs` tokens + `max_new_…"
          // "Input validation error: `inputs` must have less than 1024 tokens. Given: 1100"
          pattern(
              CONTEXT_LENGTH,
              "Input validation error: `inputs` (tokens \\+ `max_new_tokens` must be <="
                  + "|must have less than) \\d+"),
          // Gemini: "The input token count (1250074) exceeds the maximum number of tokens …"
          pattern(CONTEXT_LENGTH, "The input token count \\(?\\d+\\)? exceeds the maximum"),
          // Ollama: "prompt too long; exceeded max context length by 1119046 tokens"
          pattern(CONTEXT_LENGTH, "prompt too long; exceeded max context length by \\d+ tokens"),
          // Cohere: "too many tokens: size limit exceeded by 25836 tokens."
          pattern(CONTEXT_LENGTH, "too many tokens: size limit exceeded by \\d+ tokens"),
          // Bedrock: "The model returned the following errors: Input Tokens Exceeded: …"
          // Bedrock: "Input is too long for requested model."
          pattern(
              CONTEXT_LENGTH,
              "(The model returned the following errors: )?"
                  + "(Input Tokens Exceeded:|Input is too long for requested model)"),

          // Anthropic (400): "Output blocked by content filtering policy"
          pattern(CONTENT_POLICY, "Output blocked by content filtering policy"),

          // Anthropic (400): "Your credit balance is too low to access the Anthropic API. …"
          pattern(QUOTA, "Your credit balance is too low to access"),
          // Anthropic (400): "You have reached your specified workspace API usage limits. You …"
          pattern(QUOTA, "You have reached your specified (workspace )?API usage limits"),
          // xAI (403, 429): "Your team 16f2… has either used all available credits or reached …"
          pattern(QUOTA, "Your team \\S+ has either used all available credits or reached its"),
          // xAI (403): "Your newly created team doesn't have any credits or licenses yet. …"
          pattern(QUOTA, "Your newly created team doesn't have any credits"),
          // OpenAI, and providers with the same wording: "You exceeded your current quota, please
          // check …"
          pattern(QUOTA, "You exceeded your current quota, please check your plan and billing"),
          // DeepSeek (402), Z.ai (429): "Insufficient Balance", "Insufficient balance or no …"
          pattern(QUOTA, "(?i:insufficient (account )?(balance|credits|funds))"),
          // SiliconFlow (403): "Sorry, your account balance is insufficient"
          pattern(QUOTA, "(?i:(sorry, )?your account balance is insufficient)"),
          // OpenRouter (403): "Key limit exceeded (total limit). Manage it using https://…"
          pattern(QUOTA, "Key limit exceeded"),
          // Fireworks (412): "Account x is suspended, possibly due to reaching the monthly …"
          pattern(
              QUOTA, "Account \\S+ is suspended, possibly due to reaching the monthly spending"),
          // Alibaba (400): "Access denied, please make sure your account is in good standing."
          pattern(QUOTA, "Access denied, please make sure your account is in good standing"),
          // Alibaba (403): "The free tier of the model has been exhausted. …"
          pattern(QUOTA, "The free tier of the model has been exhausted"),
          // Cohere (429): "You are using a Trial key, which is limited to 1000 API calls / month."
          pattern(QUOTA, "You are using a Trial key, which is limited to \\d+ API calls / month"),

          // xAI (400), OpenAI: "Incorrect API key provided. You can obtain an API key from …"
          // Perplexity: "Invalid API key provided."; Mistral: "Invalid API Key"
          pattern(
              CREDENTIAL,
              "(?i:(incorrect|invalid|missing|expired) "
                  + "(api[ -]?key|access token|credentials?|authentication|authorization))"),
          // Gemini (400): "API key not valid. Please pass a valid API key.", "API key expired. …"
          // Anthropic (403): "Your API key does not have permission to use the specified resource."
          pattern(
              CREDENTIAL,
              "(?i:(your |this |the )?(api[ -]?key|access token|security token|credentials?) "
                  + "(.{0,80} )?(is |are |was |has |have |does |do |not |expired|included ))"),
          // Anthropic: "This organization has been disabled."; Groq: "Organization has been …"
          // OpenAI: "Your organization must be verified to use the model `o3`. …"
          pattern(
              CREDENTIAL,
              "(?i:(your |this |the )?(organi[sz]ation|account|subscription) (\\S+ )?"
                  + "(has been |is |was |must be |does not |is not )"
                  + "(disabled|deactivated|restricted|suspended|blocked|verified|active|have access"
                  + "|allowed|authori[sz]ed|enabled))"),
          // Bedrock: "You don't have access to the model with the specified model ID."
          // OpenAI: "You have insufficient permissions for this operation. Missing scopes: …"
          pattern(
              CREDENTIAL,
              "(?i:you (do not|don't|are not|have insufficient) "
                  + "(have |authori[sz]ed |allowed |permitted )?"
                  + "(permissions? |access |sufficient |to access )?(to |for |permissions?))"),
          // OpenAI: "Project `proj_x` does not have access to model `gpt-4`"
          pattern(CREDENTIAL, "Project `?[\\w\\[\\]-]+`? does not have access to"),
          // Google: "Permission denied: Consumer 'api_key:…' has been suspended."
          pattern(CREDENTIAL, "(?i:permission denied\\b)"),
          // xAI: "The caller does not have permission to execute the specified operation"
          pattern(CREDENTIAL, "The caller does not have permission"),
          // GitHub Models: "No access to model: gpt-5"
          pattern(CREDENTIAL, "No access to model"),
          // OpenAI: "Country, region, or territory not supported"
          // Gemini (400): "User location is not supported for the API use."
          pattern(
              CREDENTIAL,
              "(Country, region, or territory not supported|User location is not supported)"),
          // Gemini (400): "Gemini API free tier is not available in your country. Please enable …"
          pattern(CREDENTIAL, "Gemini API free tier is not available in your country"),
          // Azure: "Access denied due to invalid subscription key …", "… due to Virtual Network …"
          pattern(CREDENTIAL, "Access denied due to (invalid subscription key|Virtual Network)"),

          // Bedrock (400): "The provided model identifier is invalid."
          pattern(MODEL, "The provided model identifier is invalid"),
          // DeepSeek (400): "Model Not Exist"
          pattern(MODEL, "Model Not Exist"),
          // Mistral (400): "Invalid model: mistral-huge"
          pattern(MODEL, "Invalid model: \\S+"),
          // Cohere (404): "model 'command-x' not found, make sure the correct model ID was …"
          pattern(MODEL, "model '[^']{0,200}' not found, make sure the correct model ID"),
          // OpenRouter (400): "openai/gpt-99 is not a valid model ID"
          pattern(MODEL, "\\S+ is not a valid model ID"),

          // Anthropic: "This model does not support assistant message prefill. The conversation …"
          pattern(PREFILL, "This model does not support assistant message prefill"),
          // Anthropic: "Prefilling assistant messages is not supported for this model."
          pattern(PREFILL, "Prefilling assistant messages is not supported"),
          // Anthropic: "Your API request included an `assistant` message in the final position, …"
          pattern(
              PREFILL, "Your API request included an `assistant` message in the final position"),
          // Anthropic: "…: final assistant content cannot end with trailing whitespace"
          pattern(
              PREFILL, "(messages[^:]{0,40}: )?final assistant content cannot end with trailing"),
          // Bedrock: "… conversation must end with a user message. Try again with a …"
          pattern(
              PREFILL,
              "(The model returned the following errors: )?(A|The|This model does not support "
                  + "assistant message prefill. The) conversation must end with a user message"),
          // Mistral: "Expected last role User or Tool (or Assistant with prefix True) for …"
          pattern(PREFILL, "Expected last role User or Tool"),
          // llama.cpp: "Assistant response prefill is incompatible with enable_thinking."
          pattern(PREFILL, "Assistant response prefill is incompatible with enable_thinking"),
          // llama.cpp: "Cannot have 2 or more assistant messages at the end of the list."
          pattern(PREFILL, "Cannot have 2 or more assistant messages at the end of the list"),
          // vLLM: "Cannot set `add_generation_prompt` to True when the last message is from the …"
          pattern(
              PREFILL,
              "Cannot set `add_generation_prompt` to True when the last message is from the assis"),
          // Gemini: "Please ensure that multiturn requests end with a user role or a function …"
          pattern(PREFILL, "Please ensure that multiturn requests end with a user role"),
          // DeepSeek: "The last message of deepseek-reasoner must be a user message, …"
          pattern(PREFILL, "The last message of \\S+ must be a user message"));

  /** For the message of a 429, which quotes no request. */
  private static final Pattern SPEND_LIMIT =
      Pattern.compile("(?i)\\b(spend(ing)? (limit|cap)|(monthly|usage) (usage|credit)s? limit)\\b");

  private ErrorMessages() {}

  private static MessagePattern pattern(ErrorKind kind, String pattern) {
    return new MessagePattern(kind, Pattern.compile(pattern));
  }

  /** The error kind that {@code message} identifies; null if it is unknown. */
  static @Nullable ErrorKind of(String message) {
    for (MessagePattern pattern : PATTERNS) {
      if (pattern.pattern().matcher(message).lookingAt()) {
        return pattern.kind();
      }
    }
    return null;
  }

  /** Whether the message of a 429 says that a spend limit is reached. */
  static boolean isSpendLimit(String message) {
    return SPEND_LIMIT.matcher(message).find();
  }
}
