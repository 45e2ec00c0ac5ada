import com.anthropic.errors.AnthropicServiceException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.errors.OpenAIServiceException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.Flux;

/**
 * Spring AI's client, which calls the tool by itself: the argument says over which vendor's API.
 */
public final class SpringAi {
  private final String vendor;
  private final JsonNode task;
  private final List<Object> calls = new ArrayList<>();

  private SpringAi(String vendor, JsonNode task) {
    this.vendor = vendor;
    this.task = task;
  }

  /** The tool's parameters. */
  public record Search(String query) {}

  /** The structure that is asked for. */
  public record Reply(String reply, int count) {}

  public static void main(String[] arguments) throws Exception {
    Tasks.serve(task -> new SpringAi(arguments[0], task).run(), SpringAi::error);
  }

  private Map<String, Object> run() {
    return switch (Tasks.text(task, "action")) {
      case "answer" -> outcome(asking().call().chatResponse());
      case "image" -> image();
      case "stream" -> stream(asking());
      case "tools" -> outcome(asking().tools(search()).call().chatResponse());
      case "stream tools" -> stream(asking().tools(search()));
      case "schema" -> schema();
      case "cancel" -> cancel();
      default -> throw new IllegalArgumentException("unknown action");
    };
  }

  private ChatModel model() {
    String url = Tasks.text(task, "url");
    String model = Tasks.text(task, "model");
    return switch (vendor) {
      case "openai" ->
          OpenAiChatModel.builder()
              .options(
                  OpenAiChatOptions.builder()
                      .baseUrl(url + "/v1")
                      .apiKey("any")
                      .model(model)
                      .streamUsage(true)
                      .build())
              .build();
      case "anthropic" ->
          AnthropicChatModel.builder()
              .options(
                  AnthropicChatOptions.builder()
                      .baseUrl(url)
                      .apiKey("any")
                      .model(model)
                      .maxTokens(1000)
                      .build())
              .build();
      default -> throw new IllegalArgumentException("unknown vendor");
    };
  }

  private ChatClient.ChatClientRequestSpec asking() {
    return ChatClient.create(model()).prompt().user(Tasks.text(task, "prompt"));
  }

  private Map<String, Object> image() {
    byte[] image = Base64.getDecoder().decode(Tasks.text(task, "image"));
    return outcome(
        ChatClient.create(model())
            .prompt()
            .user(user ->
                user.text(Tasks.text(task, "prompt"))
                    .media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(image)))
            .call()
            .chatResponse());
  }

  private Map<String, Object> stream(ChatClient.ChatClientRequestSpec asking) {
    StringBuilder text = new StringBuilder();
    List<String> ids = new ArrayList<>();
    int pieces = 0;
    ChatResponse last = null;
    Usage usage = null;
    for (ChatResponse response : asking.stream().chatResponse().toIterable()) {
      String piece = textOf(response);
      text.append(piece);
      pieces += piece.isEmpty() ? 0 : 1;
      if (response.getMetadata().getUsage().getTotalTokens() > 0) {
        usage = response.getMetadata().getUsage();
      }
      if (response.getResult() != null && finish(response) != null) {
        last = response;
      }
    }
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("text", text.toString());
    outcome.put("finish", finish(Objects.requireNonNull(last, "no finish reason")));
    outcome.put("calls", calls);
    outcome.put("usage", usage(Objects.requireNonNull(usage, "no usage")));
    outcome.put("pieces", pieces);
    return outcome;
  }

  private ToolCallback search() {
    return FunctionToolCallback.builder(Tasks.TOOL, this::find)
        .description(Tasks.TOOL_DESCRIPTION)
        .inputType(Search.class)
        .toolCallResultConverter((result, type) -> String.valueOf(result))
        .build();
  }

  private String find(Search search) {
    calls.add(Map.of("name", Tasks.TOOL, "arguments", Map.of("query", search.query())));
    return Tasks.resultOf(calls.size());
  }

  private Map<String, Object> schema() {
    Reply reply =
        asking()
            .call()
            .entity(Reply.class, ChatClient.EntityParamSpec::useProviderStructuredOutput);
    return Map.of("parsed", Map.of("reply", reply.reply(), "count", reply.count()));
  }

  private Map<String, Object> cancel() {
    Flux<String> pieces = asking().stream().content().filter(piece -> !piece.isEmpty());
    return Map.of("pieces", pieces.take(task.get("pieces").asInt()).count().block());
  }

  private Map<String, Object> outcome(ChatResponse response) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("text", textOf(response));
    outcome.put("finish", finish(response));
    outcome.put("calls", calls);
    outcome.put("usage", usage(response.getMetadata().getUsage()));
    return outcome;
  }

  private static String textOf(ChatResponse response) {
    return response.getResult() == null
        ? ""
        : Objects.requireNonNullElse(response.getResult().getOutput().getText(), "");
  }

  private static String finish(ChatResponse response) {
    String reason = response.getResult().getMetadata().getFinishReason();
    return reason == null || reason.isEmpty() ? null : reason;
  }

  private static Map<String, Object> usage(Usage usage) {
    return Map.of("input", usage.getPromptTokens(), "output", usage.getCompletionTokens());
  }

  /** The exceptions are those of the vendors' clients, which Spring AI uses. */
  private static Map<String, Object> error(RuntimeException problem) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", problem.getClass().getSimpleName());
    error.put("message", String.valueOf(problem.getMessage()));
    error.put("code", null);
    if (problem instanceof OpenAIServiceException refused) {
      error.put("status", refused.statusCode());
      error.put("code", refused.code().orElse(null));
      error.put("retry_after", first(refused.headers().values("retry-after")));
    } else if (problem instanceof AnthropicServiceException refused) {
      error.put("status", refused.statusCode());
      error.put("retry_after", first(refused.headers().values("retry-after")));
    }
    return error;
  }

  private static String first(List<String> values) {
    return values.isEmpty() ? null : values.get(0);
  }
}
