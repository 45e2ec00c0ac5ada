import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** OpenAI's client for Java with the Responses API. */
public final class OpenAiResponses {
  private final OpenAIClient client;
  private final JsonNode task;

  private OpenAiResponses(OpenAIClient client, JsonNode task) {
    this.client = client;
    this.task = task;
  }

  public static void main(String[] arguments) throws Exception {
    OpenAi.serve((client, task) -> new OpenAiResponses(client, task).run());
  }

  private Map<String, Object> run() {
    return switch (Tasks.text(task, "action")) {
      case "answer" -> outcome(create(asking().build()));
      case "image" -> outcome(create(withImage()));
      case "stream" -> stream();
      case "tools" -> rounds(this::create);
      case "stream tools" -> rounds(params -> streamed(params, new Seen()));
      case "schema" -> schema();
      case "cancel" -> cancel();
      case "count" -> count();
      default -> throw new IllegalArgumentException("unknown action");
    };
  }

  private ResponseCreateParams.Builder asking() {
    return ResponseCreateParams.builder()
        .model(Tasks.text(task, "model"))
        .input(Tasks.text(task, "prompt"));
  }

  private ResponseCreateParams withImage() {
    ResponseInputItem.Message message =
        ResponseInputItem.Message.builder()
            .role(ResponseInputItem.Message.Role.USER)
            .addInputTextContent(Tasks.text(task, "prompt"))
            .addContent(
                ResponseInputImage.builder()
                    .detail(ResponseInputImage.Detail.AUTO)
                    .imageUrl(Tasks.imageUrl(task))
                    .build())
            .build();
    return asking().inputOfResponse(List.of(ResponseInputItem.ofMessage(message))).build();
  }

  private Response create(ResponseCreateParams params) {
    return client.responses().create(params);
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

    void add(ResponseStreamEvent event) {
      event.created().ifPresent(created -> ids.add(created.response().id()));
      event.completed().ifPresent(completed -> ids.add(completed.response().id()));
      pieces += event.isOutputTextDelta() ? 1 : 0;
    }
  }

  private Response streamed(ResponseCreateParams params, Seen seen) {
    ResponseAccumulator whole = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params)) {
      events.stream().peek(seen::add).forEach(whole::accumulate);
    }
    return whole.response();
  }

  private Map<String, Object> rounds(Function<ResponseCreateParams, Response> ask) {
    List<ResponseInputItem> items = new ArrayList<>();
    items.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder()
                .role(EasyInputMessage.Role.USER)
                .content(Tasks.text(task, "prompt"))
                .build()));
    List<Object> called = new ArrayList<>();
    while (true) {
      Response response = ask.apply(asking().inputOfResponse(items).addTool(search()).build());
      called.addAll(calls(response));
      List<ResponseFunctionToolCall> uses = uses(response);
      if (uses.isEmpty()) {
        Map<String, Object> outcome = outcome(response);
        outcome.put("calls", called);
        return outcome;
      }
      uses.forEach(use -> items.add(ResponseInputItem.ofFunctionCall(use)));
      for (int index = 0; index < uses.size(); index++) {
        items.add(
            ResponseInputItem.ofFunctionCallOutput(
                ResponseInputItem.FunctionCallOutput.builder()
                    .callId(uses.get(index).callId())
                    .output(Tasks.resultOf(index + 1))
                    .build()));
      }
    }
  }

  private static FunctionTool search() {
    FunctionTool.Parameters.Builder parameters = FunctionTool.Parameters.builder();
    Tasks.TOOL_SCHEMA.forEach(
        (key, value) -> parameters.putAdditionalProperty(key, JsonValue.from(value)));
    return FunctionTool.builder()
        .name(Tasks.TOOL)
        .description(Tasks.TOOL_DESCRIPTION)
        .parameters(parameters.build())
        .strict(true)
        .build();
  }

  private Map<String, Object> schema() {
    return client.responses().create(asking().text(Tasks.Reply.class).build()).output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .findFirst()
        .orElseThrow()
        .outcome();
  }

  private Map<String, Object> cancel() {
    int wanted = task.get("pieces").asInt();
    try (StreamResponse<ResponseStreamEvent> events =
        client.responses().createStreaming(asking().build())) {
      long pieces =
          events.stream().filter(ResponseStreamEvent::isOutputTextDelta).limit(wanted).count();
      return Map.of("pieces", pieces);
    }
  }

  private Map<String, Object> count() {
    InputTokenCountParams params =
        InputTokenCountParams.builder()
            .model(Tasks.text(task, "model"))
            .input(Tasks.text(task, "prompt"))
            .build();
    return Map.of("tokens", client.responses().inputTokens().count(params).inputTokens());
  }

  private static Map<String, Object> outcome(Response response) {
    StringBuilder text = new StringBuilder();
    response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .forEach(part -> text.append(part.text()));
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("text", text.toString());
    outcome.put("finish", response.status().map(Object::toString).orElse(""));
    outcome.put("calls", calls(response));
    response
        .usage()
        .ifPresent(usage ->
            outcome.put(
                "usage", Map.of("input", usage.inputTokens(), "output", usage.outputTokens())));
    return outcome;
  }

  private static List<ResponseFunctionToolCall> uses(Response response) {
    return response.output().stream()
        .filter(ResponseOutputItem::isFunctionCall)
        .map(ResponseOutputItem::asFunctionCall)
        .toList();
  }

  private static List<Object> calls(Response response) {
    List<Object> calls = new ArrayList<>();
    for (ResponseFunctionToolCall use : uses(response)) {
      calls.add(Map.of("name", use.name(), "arguments", use.arguments()));
    }
    return calls;
  }
}
