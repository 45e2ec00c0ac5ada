package com.langdock.reliability.mock.format.anthropic;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages. Source: the types of Anthropic's SDK 1.12 and recorded answers. */
public final class AnthropicFormat implements ProviderFormat {
  private static final List<String> MODELS =
      List.of("claude-3-opus", "claude-3-sonnet", "claude-3-haiku");

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public String chatPath() {
    return "/messages";
  }

  @Override
  public ChatRequest read(byte[] body) {
    return AnthropicRequests.read(body);
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return Json.text(
        message(
            request,
            stamp,
            blocks(answer, stamp),
            stopReason(answer),
            usage(request, answer.outputTokens())));
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new AnthropicStream(request, answer, stamp).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Stamp stamp) {
    return AnthropicErrors.refusal(refusal, request.model(), stamp);
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return AnthropicErrors.error(400, AnthropicErrors.INVALID, problem.message(), stamp);
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return AnthropicErrors.unroutable(status, message, stamp);
  }

  @Override
  public String overloadedBody() {
    return Json.text(AnthropicErrors.overloaded());
  }

  @Override
  public String overloadedEvent() {
    return AnthropicStream.event("error", AnthropicErrors.overloaded());
  }

  @Override
  public String models() {
    List<Object> models = new ArrayList<>();
    for (String model : MODELS) {
      models.add(
          Json.object(
              "type",
              "model",
              "id",
              model,
              "display_name",
              model,
              "created_at",
              "2024-02-29T00:00:00Z"));
    }
    return Json.text(
        Json.object(
            "data",
            models,
            "has_more",
            false,
            "first_id",
            MODELS.getFirst(),
            "last_id",
            MODELS.getLast()));
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return Map.of("request-id", "req_" + stamp.unique());
  }

  static Map<String, @Nullable Object> message(
      ChatRequest request,
      Stamp stamp,
      List<Object> content,
      @Nullable String stopReason,
      Map<String, @Nullable Object> usage) {
    return Json.object(
        "model",
        request.model(),
        "id",
        "msg_" + stamp.unique(),
        "type",
        "message",
        "role",
        "assistant",
        "content",
        content,
        "stop_reason",
        stopReason,
        "stop_sequence",
        null,
        "stop_details",
        null,
        "usage",
        usage);
  }

  static Map<String, @Nullable Object> usage(ChatRequest request, int outputTokens) {
    return Json.object(
        "input_tokens",
        request.inputTokens(),
        "cache_creation_input_tokens",
        0,
        "cache_read_input_tokens",
        0,
        "output_tokens",
        outputTokens,
        "service_tier",
        "standard");
  }

  static String stopReason(Answer answer) {
    return switch (answer) {
      case Answer.Text text -> text.cutShort() ? "max_tokens" : "end_turn";
      case Answer.ToolCall call -> "tool_use";
    };
  }

  private static List<Object> blocks(Answer answer, Stamp stamp) {
    return switch (answer) {
      case Answer.Text text when text.whole().isEmpty() -> List.of();
      case Answer.Text text -> List.of(Json.object("type", "text", "text", text.whole()));
      case Answer.ToolCall call ->
          List.of(
              Json.object(
                  "type",
                  "tool_use",
                  "id",
                  "toolu_" + stamp.unique(),
                  "name",
                  call.name(),
                  "input",
                  Json.parse(call.arguments())));
    };
  }
}
