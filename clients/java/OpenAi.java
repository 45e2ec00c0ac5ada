import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.OpenAIServiceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/** What the programs with OpenAI's client for Java have in common. */
final class OpenAi {
  private OpenAi() {}

  /** Runs the action with a client and each task until standard input ends. */
  static void serve(BiFunction<OpenAIClient, JsonNode, Map<String, Object>> action)
      throws Exception {
    Tasks.serve(task -> outcome(action, task), OpenAi::error);
  }

  private static Map<String, Object> outcome(
      BiFunction<OpenAIClient, JsonNode, Map<String, Object>> action, JsonNode task) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder().baseUrl(Tasks.text(task, "url") + "/v1").apiKey("any").build();
    try {
      return action.apply(client, task);
    } finally {
      client.close();
    }
  }

  /** An exception of the client as the outcome's error. */
  static Map<String, Object> error(RuntimeException problem) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", problem.getClass().getSimpleName());
    error.put("message", String.valueOf(problem.getMessage()));
    if (problem instanceof OpenAIServiceException refused) {
      error.put("status", refused.statusCode());
      error.put("code", refused.code().orElse(null));
      error.put(
          "retry_after", refused.headers().values("retry-after").stream().findFirst().orElse(null));
    }
    return error;
  }
}
