package com.langdock.reliability.gateway.provider;

import static com.langdock.reliability.gateway.provider.ErrorWord.CONTEXT_LENGTH;
import static com.langdock.reliability.gateway.provider.ErrorWord.CREDENTIAL;
import static com.langdock.reliability.gateway.provider.ErrorWord.MODEL;
import static com.langdock.reliability.gateway.provider.ErrorWord.PREFILL;
import static com.langdock.reliability.gateway.provider.ErrorWord.QUOTA;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises failures that a provider tells only in words: neither a code nor the HTTP status says
 * that the prompt is too long, the account is out of money, or a prefill is not taken.
 *
 * <p>The one place that reads a message's text. Each pattern must match from the message's first
 * character, so that text quoted from a request cannot match by accident. A provider that changes
 * its words is then seen as refusing the request, which is the safe reading. The evidence of each
 * is an answer that was recorded, that the provider's sources hold, or that a public issue quotes.
 */
final class ErrorMessages {
  private record Sign(ErrorWord word, Pattern pattern) {}

  private static final List<Sign> SIGNS =
      List.of(
          // Anthropic: "prompt is too long: 3333404 tokens > 200000 maximum"
          sign(CONTEXT_LENGTH, "prompt is too long: \\d+ tokens > \\d+ maximum"),
          // Anthropic: "input length and `max_tokens` exceed context limit: 178959 + 64000 > …"
          sign(
              CONTEXT_LENGTH,
              "input length and `max_tokens` exceed context limit: \\d+ \\+ \\d+ >"),
          // DeepSeek, vLLM: "This model's maximum context length is 131072 tokens. However, …"
          // OpenRouter: "This endpoint's maximum context length is 200000 tokens. However, …"
          sign(CONTEXT_LENGTH, "This (model|endpoint)'s maximum context length is \\d+ tokens"),
          // vLLM: "'max_tokens' or 'max_completion_tokens' is too large: 4096. This model's …"
          sign(
              CONTEXT_LENGTH,
              "'max_tokens' or 'max_completion_tokens' is too large: \\d+\\. This model's maximum"),
          // vLLM: "You passed 4097 input tokens and requested 1 output tokens. However, the …"
          sign(CONTEXT_LENGTH, "You passed \\d+ input tokens"),
          // vLLM: "The decoder prompt (length 5000) is longer than the maximum model length of …"
          sign(
              CONTEXT_LENGTH,
              "The (\\w+ )?prompt \\((total )?length \\d+\\) is (longer than|too long)"),
          // SGLang: "The input (61709 tokens) is longer than the model's context length (40960 …"
          sign(
              CONTEXT_LENGTH,
              "The input \\(\\d+ tokens\\) is longer than the model's context length"),
          // SGLang: "Requested token count exceeds the model's maximum context length of 202752 …"
          sign(
              CONTEXT_LENGTH,
              "Requested token count exceeds the model's maximum context length of \\d+"),
          // SGLang: "Input length (160062 tokens) exceeds the maximum allowed length (59862 …"
          sign(CONTEXT_LENGTH, "Input length \\(\\d+( tokens)?\\) exceeds"),
          // llama.cpp: "request (4267 tokens) exceeds the available context size (4096 tokens), …"
          // llama.cpp, older: "the request exceeds the available context size, try increasing it"
          sign(
              CONTEXT_LENGTH,
              "(the )?request (\\(\\d+ tokens\\) )?exceeds the available context size"),
          // llama.cpp: "Context size has been exceeded."
          sign(CONTEXT_LENGTH, "Context size has been exceeded"),
          // LM Studio: "Trying to keep the first 111490 tokens when context the overflows. …"
          sign(CONTEXT_LENGTH, "Trying to keep the first \\d+ tokens when context the overflows"),
          // LM Studio: "The number of tokens to keep from the initial prompt is greater than the …"
          sign(CONTEXT_LENGTH, "The number of tokens to keep from the initial prompt is greater"),
          // LM Studio: "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)"
          sign(CONTEXT_LENGTH, "Cannot truncate prompt with n_keep \\(\\d+\\) >= n_ctx"),
          // Text Generation Inference: "Input validation error: `inputs` tokens + `max_new_…"
          // "Input validation error: `inputs` must have less than 1024 tokens. Given: 1100"
          sign(
              CONTEXT_LENGTH,
              "Input validation error: `inputs` (tokens \\+ `max_new_tokens` must be <="
                  + "|must have less than) \\d+"),
          // Gemini: "The input token count (1250074) exceeds the maximum number of tokens …"
          sign(CONTEXT_LENGTH, "The input token count \\(?\\d+\\)? exceeds the maximum"),
          // Ollama: "prompt too long; exceeded max context length by 1119046 tokens"
          sign(CONTEXT_LENGTH, "prompt too long; exceeded max context length by \\d+ tokens"),
          // Cohere: "too many tokens: size limit exceeded by 25836 tokens."
          sign(CONTEXT_LENGTH, "too many tokens: size limit exceeded by \\d+ tokens"),
          // Bedrock: "The model returned the following errors: Input Tokens Exceeded: …"
          // Bedrock: "Input is too long for requested model."
          sign(
              CONTEXT_LENGTH,
              "(The model returned the following errors: )?"
                  + "(Input Tokens Exceeded:|Input is too long for requested model)"),

          // Anthropic (400): "Your credit balance is too low to access the Anthropic API. …"
          sign(QUOTA, "Your credit balance is too low to access"),
          // Anthropic (400): "You have reached your specified workspace API usage limits. You …"
          sign(QUOTA, "You have reached your specified (workspace )?API usage limits"),
          // xAI (403, 429): "Your team 16f2… has either used all available credits or reached …"
          sign(QUOTA, "Your team \\S+ has either used all available credits or reached its"),
          // xAI (403): "Your newly created team doesn't have any credits or licenses yet. …"
          sign(QUOTA, "Your newly created team doesn't have any credits"),
          // OpenAI, and who copied its words: "You exceeded your current quota, please check …"
          sign(QUOTA, "You exceeded your current quota, please check your plan and billing"),
          // DeepSeek (402), Z.ai (429): "Insufficient Balance", "Insufficient balance or no …"
          sign(QUOTA, "(?i:insufficient (account )?(balance|credits|funds))"),
          // SiliconFlow (403): "Sorry, your account balance is insufficient"
          sign(QUOTA, "(?i:(sorry, )?your account balance is insufficient)"),
          // OpenRouter (403): "Key limit exceeded (total limit). Manage it using https://…"
          sign(QUOTA, "Key limit exceeded"),
          // Fireworks (412): "Account x is suspended, possibly due to reaching the monthly …"
          sign(QUOTA, "Account \\S+ is suspended, possibly due to reaching the monthly spending"),
          // Alibaba (400): "Access denied, please make sure your account is in good standing."
          sign(QUOTA, "Access denied, please make sure your account is in good standing"),
          // Alibaba (403): "The free tier of the model has been exhausted. …"
          sign(QUOTA, "The free tier of the model has been exhausted"),
          // Cohere (429): "You are using a Trial key, which is limited to 1000 API calls / month."
          sign(QUOTA, "You are using a Trial key, which is limited to \\d+ API calls / month"),

          // xAI (400), OpenAI: "Incorrect API key provided. You can obtain an API key from …"
          // Perplexity: "Invalid API key provided."; Mistral: "Invalid API Key"
          sign(
              CREDENTIAL,
              "(?i:(incorrect|invalid|missing|expired) "
                  + "(api[ -]?key|access token|credentials?|authentication|authorization))"),
          // Gemini (400): "API key not valid. Please pass a valid API key.", "API key expired. …"
          // Anthropic (403): "Your API key does not have permission to use the specified resource."
          sign(
              CREDENTIAL,
              "(?i:(your |this |the )?(api[ -]?key|access token|security token|credentials?) "
                  + "(.{0,80} )?(is |are |was |has |have |does |do |not |expired|included ))"),
          // Anthropic: "This organization has been disabled."; Groq: "Organization has been …"
          // OpenAI: "Your organization must be verified to use the model `o3`. …"
          sign(
              CREDENTIAL,
              "(?i:(your |this |the )?(organi[sz]ation|account|subscription) (\\S+ )?"
                  + "(has been |is |was |must be |does not |is not )"
                  + "(disabled|deactivated|restricted|suspended|blocked|verified|active|have access"
                  + "|allowed|authori[sz]ed|enabled))"),
          // Bedrock: "You don't have access to the model with the specified model ID."
          // OpenAI: "You have insufficient permissions for this operation. Missing scopes: …"
          sign(
              CREDENTIAL,
              "(?i:you (do not|don't|are not|have insufficient) "
                  + "(have |authori[sz]ed |allowed |permitted )?"
                  + "(permissions? |access |sufficient |to access )?(to |for |permissions?))"),
          // OpenAI: "Project `proj_x` does not have access to model `gpt-4`"
          sign(CREDENTIAL, "Project `?[\\w\\[\\]-]+`? does not have access to"),
          // Google: "Permission denied: Consumer 'api_key:…' has been suspended."
          sign(CREDENTIAL, "(?i:permission denied\\b)"),
          // xAI: "The caller does not have permission to execute the specified operation"
          sign(CREDENTIAL, "The caller does not have permission"),
          // GitHub Models: "No access to model: gpt-5"
          sign(CREDENTIAL, "No access to model"),
          // OpenAI: "Country, region, or territory not supported"
          // Gemini (400): "User location is not supported for the API use."
          sign(
              CREDENTIAL,
              "(Country, region, or territory not supported|User location is not supported)"),
          // Azure: "Access denied due to invalid subscription key …", "… due to Virtual Network …"
          sign(CREDENTIAL, "Access denied due to (invalid subscription key|Virtual Network)"),

          // Bedrock (400): "The provided model identifier is invalid."
          sign(MODEL, "The provided model identifier is invalid"),
          // DeepSeek (400): "Model Not Exist"
          sign(MODEL, "Model Not Exist"),
          // Mistral (400): "Invalid model: mistral-huge"
          sign(MODEL, "Invalid model: \\S+"),
          // OpenRouter (400): "openai/gpt-99 is not a valid model ID"
          sign(MODEL, "\\S+ is not a valid model ID"),

          // Anthropic: "This model does not support assistant message prefill. The conversation …"
          sign(PREFILL, "This model does not support assistant message prefill"),
          // Anthropic: "Prefilling assistant messages is not supported for this model."
          sign(PREFILL, "Prefilling assistant messages is not supported"),
          // Anthropic: "Your API request included an `assistant` message in the final position, …"
          sign(PREFILL, "Your API request included an `assistant` message in the final position"),
          // Anthropic: "…: final assistant content cannot end with trailing whitespace"
          sign(PREFILL, "(messages[^:]{0,40}: )?final assistant content cannot end with trailing"),
          // Bedrock: "… conversation must end with a user message. Try again with a …"
          sign(
              PREFILL,
              "(The model returned the following errors: )?(A|The|This model does not support "
                  + "assistant message prefill. The) conversation must end with a user message"),
          // Mistral: "Expected last role User or Tool (or Assistant with prefix True) for …"
          sign(PREFILL, "Expected last role User or Tool"),
          // llama.cpp: "Assistant response prefill is incompatible with enable_thinking."
          sign(PREFILL, "Assistant response prefill is incompatible with enable_thinking"),
          // llama.cpp: "Cannot have 2 or more assistant messages at the end of the list."
          sign(PREFILL, "Cannot have 2 or more assistant messages at the end of the list"),
          // vLLM: "Cannot set `add_generation_prompt` to True when the last message is from the …"
          sign(
              PREFILL,
              "Cannot set `add_generation_prompt` to True when the last message is from the assis"),
          // Gemini: "Please ensure that multiturn requests end with a user role or a function …"
          sign(PREFILL, "Please ensure that multiturn requests end with a user role"),
          // DeepSeek: "The last message of deepseek-reasoner must be a user message, …"
          sign(PREFILL, "The last message of \\S+ must be a user message"));

  /** In the words of a 429, which quote no request. */
  private static final Pattern SPEND_LIMIT =
      Pattern.compile("(?i)\\b(spend(ing)? (limit|cap)|(monthly|usage) (usage|credit)s? limit)\\b");

  private ErrorMessages() {}

  private static Sign sign(ErrorWord word, String pattern) {
    return new Sign(word, Pattern.compile(pattern));
  }

  /** What the message of a refusal says, null when it says nothing that is known. */
  static @Nullable ErrorWord of(String message) {
    for (Sign sign : SIGNS) {
      if (sign.pattern().matcher(message).lookingAt()) {
        return sign.word();
      }
    }
    return null;
  }

  /** Whether the message of a 429 says that the account has spent what it may. */
  static boolean isSpendLimit(String message) {
    return SPEND_LIMIT.matcher(message).find();
  }
}
