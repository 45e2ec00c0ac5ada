import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** OpenAI's client for Java with Chat Completions. */
public final class OpenAiChat {
  private final OpenAIClient client;
  private final JsonNode task;

  private OpenAiChat(OpenAIClient client, JsonNode task) {
    this.client = client;
    this.task = task;
  }

  public static void main(String[] arguments) throws Exception {
    OpenAi.serve((client, task) -> new OpenAiChat(client, task).run());
  }

  private Map<String, Object> run() {
    return switch (task.get("action").asText()) {
      case "answer" -> outcome(create(asking().build()));
      case "image" -> outcome(create(withImage()));
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
        .model(Tasks.text(task, "model"))
        .addUserMessage(Tasks.text(task, "prompt"));
  }

  private ChatCompletionCreateParams withImage() {
    String url = Tasks.imageUrl(task);
    ChatCompletionContentPart text =
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text(Tasks.text(task, "prompt")).build());
    ChatCompletionContentPart image =
        ChatCompletionContentPart.ofImageUrl(
            ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder().url(url).build())
                .build());
    return ChatCompletionCreateParams.builder()
        .model(Tasks.text(task, "model"))
        .addUserMessageOfArrayOfContentParts(List.of(text, image))
        .build();
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
                .content(Tasks.resultOf(index + 1))
                .build());
      }
    }
  }

  private static ChatCompletionFunctionTool search() {
    FunctionParameters.Builder parameters = FunctionParameters.builder();
    Tasks.TOOL_SCHEMA.forEach(
        (key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
    return ChatCompletionFunctionTool.builder()
        .function(
            FunctionDefinition.builder()
                .name(Tasks.TOOL)
                .description(Tasks.TOOL_DESCRIPTION)
                .parameters(parameters.build())
                .strict(true)
                .build())
        .build();
  }

  private Map<String, Object> schema() {
    return client
        .chat()
        .completions()
        .create(asking().responseFormat(Tasks.Reply.class).build())
        .choices()
        .get(0)
        .message()
        .content()
        .orElseThrow()
        .outcome();
  }

  private Map<String, Object> cancel() {
    int wanted = task.get("pieces").asInt();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(asking().build())) {
      long pieces = chunks.stream().filter(OpenAiChat::hasContent).limit(wanted).count();
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
}
