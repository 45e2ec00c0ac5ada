import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * OpenAI's client for Java. Reads tasks, one JSON object a line, and answers each with an outcome,
 * one JSON object a line; clients/README.md says what they are made of.
 */
public final class OpenAiClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final OpenAIClient client;
  private final JsonNode task;

  private OpenAiClient(OpenAIClient client, JsonNode task) {
    this.client = client;
    this.task = task;
  }

  /** The structure that is asked for; the client makes its schema of the fields. */
  public static final class Reply {
    public String reply;
    public int count;
  }

  public static void main(String[] arguments) throws Exception {
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      out.println(MAPPER.writeValueAsString(outcomeOf(MAPPER.readTree(line))));
    }
    System.exit(0); // the client's threads would stay for a minute
  }

  private static Map<String, Object> outcomeOf(JsonNode task) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(task.get("url").asText() + "/v1")
            .apiKey("any")
            .build();
    try {
      return new OpenAiClient(client, task).run();
    } catch (RuntimeException problem) {
      return Map.of("error", error(problem));
    } finally {
      client.close();
    }
  }

  private Map<String, Object> run() {
    return switch (task.get("action").asText()) {
      case "answer" -> outcome(create(asking().build()));
      case "stream" -> stream();
      case "tools" -> rounds(this::create);
      case "stream tools" -> rounds(params -> streamed(params, new Seen()));
      case "schema" -> schema();
      case "cancel" -> cancel();
      default -> throw new IllegalArgumentException("unknown action");
    };
  }

  private ChatCompletionCreateParams.Builder asking() {
    return ChatCompletionCreateParams.builder()
        .model(task.get("model").asText())
        .addUserMessage(task.get("prompt").asText());
  }

  private ChatCompletion create(ChatCompletionCreateParams params) {
    return client.chat().completions().create(params);
  }

  private Map<String, Object> stream() {
    Seen seen = new Seen();
    Map<String, Object> outcome = outcome(streamed(asking().build(), seen));
    outcome.put("ids", seen.ids);
    outcome.put("pieces", seen.pieces);
    return outcome;
  }

  private static final class Seen {
    private final Set<String> ids = new LinkedHashSet<>();
    private int pieces;

    void add(ChatCompletionChunk chunk) {
      ids.add(chunk.id());
      pieces += hasContent(chunk) ? 1 : 0;
    }
  }

  private ChatCompletion streamed(ChatCompletionCreateParams params, Seen seen) {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client
            .chat()
            .completions()
            .createStreaming(params.toBuilder().streamOptions(usage).build())) {
      chunks.stream().peek(seen::add).forEach(whole::accumulate);
    }
    return whole.chatCompletion();
  }

  private Map<String, Object> rounds(Function<ChatCompletionCreateParams, ChatCompletion> ask) {
    ChatCompletionCreateParams.Builder params = asking().addTool(search());
    List<Object> called = new ArrayList<>();
    while (true) {
      ChatCompletion completion = ask.apply(params.build());
      ChatCompletionMessage message = completion.choices().get(0).message();
      called.addAll(calls(message));
      List<ChatCompletionMessageToolCall> uses = message.toolCalls().orElse(List.of());
      if (uses.isEmpty()) {
        Map<String, Object> outcome = outcome(completion);
        outcome.put("calls", called);
        return outcome;
      }
      params.addMessage(message);
      for (int index = 0; index < uses.size(); index++) {
        params.addMessage(
            ChatCompletionToolMessageParam.builder()
                .toolCallId(uses.get(index).asFunction().id())
                .content("result " + (index + 1))
                .build());
      }
    }
  }

  private static ChatCompletionFunctionTool search() {
    FunctionParameters parameters =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("query", Map.of("type", "string"))))
            .putAdditionalProperty("required", JsonValue.from(List.of("query")))
            .putAdditionalProperty("additionalProperties", JsonValue.from(false))
            .build();
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder()
                .name("search")
                .description("Looks something up.")
                .parameters(parameters)
                .strict(true)
                .build())
        .build();
  }

  private Map<String, Object> schema() {
    Reply reply =
        client
            .chat()
            .completions()
            .create(asking().responseFormat(Reply.class).build())
            .choices()
            .get(0)
            .message()
            .content()
            .orElseThrow();
    return Map.of("parsed", Map.of("reply", reply.reply, "count", reply.count));
  }

  private Map<String, Object> cancel() {
    int wanted = task.get("pieces").asInt();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(asking().build())) {
      long pieces = chunks.stream().filter(OpenAiClient::hasContent).limit(wanted).count();
      return Map.of("pieces", pieces);
    }
  }

  private static boolean hasContent(ChatCompletionChunk chunk) {
    return !chunk.choices().isEmpty()
        && chunk.choices().get(0).delta().content().filter(text -> !text.isEmpty()).isPresent();
  }

  private static Map<String, Object> outcome(ChatCompletion completion) {
    ChatCompletion.Choice choice = completion.choices().get(0);
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("text", choice.message().content().orElse(""));
    outcome.put("finish", choice.finishReason().toString());
    outcome.put("calls", calls(choice.message()));
    completion
        .usage()
        .ifPresent(usage ->
            outcome.put(
                "usage",
                Map.of("input", usage.promptTokens(), "output", usage.completionTokens())));
    return outcome;
  }

  private static Collection<Object> calls(ChatCompletionMessage message) {
    List<Object> calls = new ArrayList<>();
    for (ChatCompletionMessageToolCall use : message.toolCalls().orElse(List.of())) {
      var function = use.asFunction().function();
      calls.add(Map.of("name", function.name(), "arguments", function.arguments()));
    }
    return calls;
  }

  private static Map<String, Object> error(RuntimeException problem) {
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
