package com.langdock.reliability.mock.format.anthropic;

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
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.TokenCounter;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages. Source: the types of Anthropic's SDK 1.12 and recorded answers. */
public final class AnthropicFormat implements ProviderFormat, TokenCounter {
  private static final List<String> MODELS =
      List.of("claude-3-opus", "claude-3-sonnet", "claude-3-haiku");

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public boolean isChat(String path) {
    return path.endsWith("/messages");
  }

  @Override
  public Optional<TokenCounter> tokenCounter() {
    return Optional.of(this);
  }

  @Override
  public boolean serves(String path) {
    return path.endsWith("/messages/count_tokens");
  }

  @Override
  public String count(RawRequest request) {
    int tokens = AnthropicRequests.readToCount(request.body()).inputTokens();
    return Json.text(Json.object("input_tokens", tokens));
  }

  /** Claude as the cloud serves it. */
  @Override
  public List<ProviderFormat> others() {
    return List.of(HostedFormat.atVertex(this));
  }

  @Override
  public Example example() {
    Object hello = Json.object("role", "user", "content", "Hello");
    return new Example("/v1/messages", Json.object("max_tokens", 500, "messages", List.of(hello)));
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return AnthropicRequests.read(request.body());
  }

  @Override
  public List<Rule> rules() {
    return AnthropicRules.ALL;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    Map<String, @Nullable Object> message =
        message(request, stamp, blocks(answer, stamp), usage(request, answer));
    message.putAll(ending(answer.finish()));
    return Json.text(message);
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return new AnthropicStream(request, answer, stamp).events();
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
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
  public String overloadedEvent(Delivery delivery) {
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

  /** A message without the reason of its end. */
  static Map<String, @Nullable Object> message(
      ChatRequest request, Stamp stamp, List<Object> content, Map<String, @Nullable Object> usage) {
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
        null,
        "stop_sequence",
        null,
        "stop_details",
        null,
        "usage",
        usage);
  }

  /** What the end of a message says about its reason. */
  static Map<String, @Nullable Object> ending(Answer.Finish finish) {
    Object details =
        finish == Answer.Finish.BLOCKED
            ? Json.object("type", "refusal", "category", null, "explanation", null)
            : null;
    return Json.object(
        "stop_reason", stopReason(finish), "stop_sequence", null, "stop_details", details);
  }

  private static Map<String, @Nullable Object> usage(ChatRequest request, Answer answer) {
    Map<String, @Nullable Object> usage = usageAtStart(request);
    usage.putAll(usageAtEnd(request, answer));
    return usage;
  }

  /** The usage before any content; its output tokens are provisional. */
  static Map<String, @Nullable Object> usageAtStart(ChatRequest request) {
    return Json.object(
        "input_tokens",
        request.inputTokens(),
        "cache_creation_input_tokens",
        0,
        "cache_read_input_tokens",
        0,
        "output_tokens",
        1,
        "service_tier",
        "standard");
  }

  static Map<String, @Nullable Object> usageAtEnd(ChatRequest request, Answer answer) {
    Map<String, @Nullable Object> usage =
        Json.object(
            "input_tokens",
            request.inputTokens(),
            "cache_creation_input_tokens",
            0,
            "cache_read_input_tokens",
            0,
            "output_tokens",
            answer.outputTokens());
    if (answer.thinkingTokens() > 0) {
      usage.put("output_tokens_details", Json.object("thinking_tokens", answer.thinkingTokens()));
    }
    return usage;
  }

  private static String stopReason(Answer.Finish finish) {
    return switch (finish) {
      case STOP -> "end_turn";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case BLOCKED -> "refusal";
    };
  }

  private static List<Object> blocks(Answer answer, Stamp stamp) {
    List<Object> blocks = new ArrayList<>();
    for (Answer.Part part : answer.parts()) {
      Map<String, @Nullable Object> block = emptyBlock(part, stamp);
      switch (part) {
        case Answer.Thinking thinking -> {
          block.put("thinking", thinking.shown() ? thinking.whole() : "");
          block.put("signature", stamp.signature());
        }
        case Answer.Text text -> block.put("text", text.whole());
        case Answer.ToolCall call -> block.put("input", Json.parse(call.arguments()));
      }
      boolean isNothing = part instanceof Answer.Text text && text.whole().isEmpty();
      if (!isNothing) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** The block as a stream begins it. */
  static Map<String, @Nullable Object> emptyBlock(Answer.Part part, Stamp stamp) {
    return switch (part) {
      case Answer.Thinking thinking ->
          Json.object("type", "thinking", "thinking", "", "signature", "");
      case Answer.Text text -> Json.object("type", "text", "text", "");
      case Answer.ToolCall call ->
          Json.object(
              "type",
              "tool_use",
              "id",
              "toolu_" + stamp.unique() + "_" + call.index(),
              "name",
              call.name(),
              "input",
              Json.object());
    };
  }
}
