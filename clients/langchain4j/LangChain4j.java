import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** LangChain4j's models: the argument says of which vendor. */
public final class LangChain4j {
  private final Vendor vendor;
  private final JsonNode task;

  private LangChain4j(Vendor vendor, JsonNode task) {
    this.vendor = vendor;
    this.task = task;
  }

  public static void main(String[] arguments) throws Exception {
    Vendor vendor = Vendor.valueOf(arguments[0]);
    Tasks.serve(task -> new LangChain4j(vendor, task).run(), LangChain4j::error);
  }

  private Map<String, Object> run() {
    return switch (Tasks.text(task, "action")) {
      case "answer" -> outcome(model().chat(asking().build()));
      case "image" -> outcome(model().chat(withImage()));
      case "stream" -> stream();
      case "tools" -> rounds(model()::chat);
      case "stream tools" -> rounds(request -> streamed(request, new Seen(0)));
      case "schema" -> schema();
      case "cancel" -> cancel();
      default -> throw new IllegalArgumentException("unknown action");
    };
  }

  private ChatModel model() {
    return vendor.model(Tasks.text(task, "url"), Tasks.text(task, "model"));
  }

  private StreamingChatModel streamingModel() {
    return vendor.streamingModel(Tasks.text(task, "url"), Tasks.text(task, "model"));
  }

  private ChatRequest.Builder asking() {
    return ChatRequest.builder().messages(UserMessage.from(Tasks.text(task, "prompt")));
  }

  private ChatRequest withImage() {
    return ChatRequest.builder()
        .messages(
            UserMessage.from(
                TextContent.from(Tasks.text(task, "prompt")),
                ImageContent.from(Tasks.text(task, "image"), "image/png")))
        .build();
  }

  private Map<String, Object> stream() {
    Seen seen = new Seen(0);
    Map<String, Object> outcome = outcome(streamed(asking().build(), seen));
    outcome.put("ids", seen.ids);
    outcome.put("pieces", seen.pieces);
    return outcome;
  }

  /** Counts the pieces of a stream, and leaves after so many of them, unless that is 0. */
  private static final class Seen implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final int wanted;
    private int pieces;

    Seen(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
      if (++pieces == wanted) {
        context.streamingHandle().cancel();
        left.complete(null);
      }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      ids.add(String.valueOf(response.id()));
      whole.complete(response);
    }

    @Override
    public void onError(Throwable problem) {
      whole.completeExceptionally(problem);
      left.completeExceptionally(problem);
    }
  }

  private ChatResponse streamed(ChatRequest request, Seen seen) {
    streamingModel().chat(request, seen);
    return joined(seen.whole);
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException problem) {
      throw problem.getCause() instanceof RuntimeException cause ? cause : problem;
    }
  }

  private Map<String, Object> rounds(Function<ChatRequest, ChatResponse> ask) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(UserMessage.from(Tasks.text(task, "prompt")));
    List<Object> called = new ArrayList<>();
    while (true) {
      ChatRequest request =
          ChatRequest.builder().messages(messages).toolSpecifications(search()).build();
      ChatResponse response = ask.apply(request);
      AiMessage message = response.aiMessage();
      called.addAll(calls(message));
      if (!message.hasToolExecutionRequests()) {
        Map<String, Object> outcome = outcome(response);
        outcome.put("calls", called);
        return outcome;
      }
      messages.add(message);
      int number = 1;
      for (ToolExecutionRequest use : message.toolExecutionRequests()) {
        messages.add(ToolExecutionResultMessage.from(use, Tasks.resultOf(number++)));
      }
    }
  }

  private static ToolSpecification search() {
    return ToolSpecification.builder()
        .name(Tasks.TOOL)
        .description(Tasks.TOOL_DESCRIPTION)
        .parameters(
            JsonObjectSchema.builder()
                .addStringProperty("query")
                .required("query")
                .additionalProperties(false)
                .build())
        .build();
  }

  private Map<String, Object> schema() {
    JsonObjectSchema reply =
        JsonObjectSchema.builder()
            .addStringProperty("reply")
            .addIntegerProperty("count")
            .required("reply", "count")
            .build();
    ResponseFormat format =
        ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder().name("reply").rootElement(reply).build())
            .build();
    ChatResponse response = model().chat(asking().responseFormat(format).build());
    return Tasks.reply(response.aiMessage().text()).outcome();
  }

  private Map<String, Object> cancel() {
    Seen seen = new Seen(task.get("pieces").asInt());
    streamingModel().chat(asking().build(), seen);
    joined(seen.left);
    return Map.of("pieces", seen.pieces);
  }

  private static Map<String, Object> outcome(ChatResponse response) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("text", response.aiMessage().text());
    outcome.put("finish", response.finishReason() == null ? null : response.finishReason().name());
    outcome.put("calls", calls(response.aiMessage()));
    TokenUsage usage = response.tokenUsage();
    if (usage != null) {
      outcome.put(
          "usage", Map.of("input", usage.inputTokenCount(), "output", usage.outputTokenCount()));
    }
    return outcome;
  }

  private static List<Object> calls(AiMessage message) {
    List<Object> calls = new ArrayList<>();
    for (ToolExecutionRequest use : message.toolExecutionRequests()) {
      calls.add(Map.of("name", use.name(), "arguments", use.arguments()));
    }
    return calls;
  }

  /** An exception as the outcome's error; the status is in the cause, headers are nowhere. */
  private static Map<String, Object> error(RuntimeException problem) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", problem.getClass().getSimpleName());
    error.put("message", String.valueOf(problem.getMessage()));
    error.put("code", null);
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException refused) {
        error.put("status", refused.statusCode());
      }
    }
    return error;
  }
}
