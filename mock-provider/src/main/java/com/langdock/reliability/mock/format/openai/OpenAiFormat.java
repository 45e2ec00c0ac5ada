package com.langdock.reliability.mock.format.openai;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.SideFormat;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.responses.ResponsesFormat;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** OpenAI's Chat Completions. Source: OpenAI's OpenAPI description 2.3.0 and recorded answers. */
public final class OpenAiFormat implements ProviderFormat {
  private static final List<String> MODELS = List.of("gpt-4", "gpt-4o", "gpt-3.5-turbo");

  private final List<ProviderFormat> others =
      Stream.concat(
              Stream.of(new ResponsesFormat("openai", this)),
              Stream.<SideFormat.Api>concat(
                      Arrays.stream(OpenAiText.Topic.values()).map(OpenAiText::new),
                      Stream.of(
                          new OpenAiStoredResponses(),
                          new OpenAiImages(),
                          new OpenAiTranscriptions(),
                          new OpenAiSpeech(),
                          new OpenAiFiles()))
                  .map(api -> new SideFormat(this, api)))
          .toList();

  @Override
  public String name() {
    return "openai";
  }

  @Override
  public boolean isChat(String path) {
    return path.endsWith("/chat/completions");
  }

  @Override
  public List<ProviderFormat> others() {
    return others;
  }

  @Override
  public Example example() {
    Object hello = Json.object("role", "user", "content", "Hello");
    return new Example(
        "/v1/chat/completions", Json.object("max_tokens", 500, "messages", List.of(hello)));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return OpenAiRequests.read(request.body());
  }

  @Override
  public List<Rule> rules() {
    return OpenAiRules.ALL;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    List<Object> choices = new ArrayList<>();
    for (int index = 0; index < request.output().choices(); index++) {
      choices.add(
          Json.object(
              "index",
              index,
              "message",
              message(answer, stamp),
              "logprobs",
              null,
              "finish_reason",
              finishReason(answer.finish())));
    }
    return Json.text(
        Json.object(
            "id",
            "chatcmpl-" + stamp.unique(),
            "object",
            "chat.completion",
            "created",
            stamp.time().getEpochSecond(),
            "model",
            request.model(),
            "choices",
            choices,
            "usage",
            usage(request, answer),
            "service_tier",
            "default",
            "system_fingerprint",
            null));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new OpenAiStream(request, answer, stamp).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    return OpenAiErrors.refusal(refusal, request.model());
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return OpenAiErrors.invalid(problem);
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return OpenAiErrors.unroutable(status, message);
  }

  @Override
  public String overloadedBody() {
    return Json.text(OpenAiErrors.overloaded());
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    return "data: " + overloadedBody() + "\n\n";
  }

  @Override
  public String models() {
    List<Object> models = new ArrayList<>();
    for (String model : MODELS) {
      models.add(
          Json.object("id", model, "object", "model", "created", 1687882411, "owned_by", "mock"));
    }
    return Json.text(Json.object("object", "list", "data", models));
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return Map.of("x-request-id", "req_" + stamp.unique(), "openai-version", "2020-10-01");
  }

  static Map<String, @Nullable Object> usage(ChatRequest request, Answer answer) {
    int input = request.inputTokens();
    int output = answer.outputTokens() * request.output().choices();
    return Json.object(
        "prompt_tokens",
        input,
        "completion_tokens",
        output,
        "total_tokens",
        input + output,
        "prompt_tokens_details",
        Json.object("cached_tokens", 0, "audio_tokens", 0),
        "completion_tokens_details",
        Json.object(
            "reasoning_tokens",
            answer.thinkingTokens() * request.output().choices(),
            "audio_tokens",
            0));
  }

  static String finishReason(Answer.Finish finish) {
    return switch (finish) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case BLOCKED -> "content_filter";
    };
  }

  static String callId(Answer.ToolCall call, Stamp stamp) {
    return "call_" + stamp.unique() + "_" + call.index();
  }

  private static Map<String, @Nullable Object> message(Answer answer, Stamp stamp) {
    List<Answer.ToolCall> calls = answer.toolCalls();
    Map<String, @Nullable Object> message =
        Json.object(
            "role",
            "assistant",
            "content",
            calls.isEmpty() ? answer.text() : null,
            "refusal",
            null,
            "annotations",
            List.of());
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls.stream().map(call -> toolCall(call, stamp)).toList());
    }
    return message;
  }

  private static Map<String, @Nullable Object> toolCall(Answer.ToolCall call, Stamp stamp) {
    return Json.object(
        "id",
        callId(call, stamp),
        "type",
        "function",
        "function",
        Json.object("name", call.name(), "arguments", call.arguments()));
  }
}
