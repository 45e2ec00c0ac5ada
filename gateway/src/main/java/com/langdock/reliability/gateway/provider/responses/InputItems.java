package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.ToolArguments;
import com.langdock.reliability.gateway.provider.ToolIds;
import com.langdock.reliability.gateway.provider.openai.Shortened;
import com.langdock.reliability.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Converts the messages of a conversation.
 *
 * <ul>
 *   <li>A system message at the start is {@code instructions}. Later ones stay where they are, as
 *       messages of the developer.
 *   <li>Calls and results are items of their own, in the order of the conversation; a result's
 *       failure is marked in its text.
 *   <li>Thinking is sent if this format has encrypted it, and the model's item follows to which it
 *       led. Other thinking is dropped.
 *   <li>Empty texts are dropped, and messages without content. If none is left, a placeholder is
 *       sent.
 * </ul>
 */
final class InputItems {
  private static final String PLACEHOLDER = ".";
  private static final String FAILED = "[error] ";
  private static final int MAX_CALL_ID = 64;

  /** JSON without a schema is refused unless the input speaks of it. */
  private static final String JSON_HINT = "Answer with one JSON object.";

  private final FunctionNames names;
  private final RequestChanges.Builder changes;
  private final ToolIds ids = new ToolIds(id -> Shortened.to(MAX_CALL_ID, ToolIds.plain(id)));
  private final List<String> items = new ArrayList<>();
  private @Nullable String instructions;

  /** The thinking that the next item of the model follows; usually none. */
  private final List<ContentBlock.Thinking> thinking = new ArrayList<>();

  private InputItems(FunctionNames names, RequestChanges.Builder changes) {
    this.names = names;
    this.changes = changes;
  }

  /** The input of {@code conversation}. */
  static InputItems of(Conversation conversation, RequestChanges.Builder changes) {
    InputItems input = new InputItems(new FunctionNames(conversation::tools), changes);
    List<Message> messages = conversation.messages();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      String text = i == 0 ? onlyText(message) : null;
      if (text == null) {
        input.add(message);
      } else {
        input.instructions = text;
      }
    }
    input.dropThinking();
    if (input.items.isEmpty()) {
      input.items.add(message("user", InputPart.text(PLACEHOLDER)));
    }
    input.speakOfJson(conversation);
    return input;
  }

  /** Whether the thinking in {@code messages} can be left out. */
  static boolean hasSignatures(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.blocks().stream())
        .anyMatch(block -> block instanceof ContentBlock.Thinking thinking && isOwn(thinking));
  }

  /** The one text of a system message; null for any other. */
  private static @Nullable String onlyText(Message message) {
    boolean isText =
        message.role() == Message.Role.SYSTEM
            && message.speaker() == null
            && message.blocks().size() == 1
            && message.blocks().getFirst() instanceof ContentBlock.Text;
    return isText && message.blocks().getFirst() instanceof ContentBlock.Text text
        ? text.text()
        : null;
  }

  /** Writes the instructions and the items. */
  void write(JsonGenerator out) {
    if (instructions != null && !instructions.isEmpty()) {
      out.writeStringProperty("instructions", instructions);
    }
    out.writeName("input");
    out.writeRawValue(items.toString());
  }

  private void add(Message message) {
    Field<String> speaker = message.speaker();
    if (speaker != null) {
      changes.dropped(speaker.path());
    }
    switch (message.role()) {
      case SYSTEM -> addMessage("developer", message.blocks());
      case USER -> {
        message.blocks().forEach(this::addResult);
        addMessage("user", message.blocks());
      }
      case ASSISTANT -> addAnswer(message.blocks());
    }
  }

  private void addMessage(String role, List<ContentBlock> blocks) {
    List<String> parts = new ArrayList<>();
    blocks.forEach(block -> addPart(parts, block));
    if (!parts.isEmpty()) {
      dropThinking();
      items.add(message(role, String.join(",", parts)));
    }
  }

  /** Adds the part that {@code block} is in a message of the client, or in a result. */
  private static void addPart(List<String> parts, ContentBlock block) {
    switch (block) {
      case ContentBlock.Text text when !text.text().isEmpty() ->
          parts.add(InputPart.text(text.text()));
      case ContentBlock.Media media -> parts.add(Objects.requireNonNull(InputPart.of(media)));
      case ContentBlock.Text empty -> {}
      case ContentBlock.Refusal refusal -> {}
      case ContentBlock.ToolCall call -> {}
      case ContentBlock.ToolResult result -> {}
      case ContentBlock.Thinking thought -> {}
      case ContentBlock.Opaque opaque -> {}
    }
  }

  private static String message(String role, String parts) {
    return "{\"type\":\"message\",\"role\":\"" + role + "\",\"content\":[" + parts + "]}";
  }

  private void addResult(ContentBlock block) {
    if (block instanceof ContentBlock.ToolResult result) {
      dropThinking();
      items.add(
          "{\"type\":\"function_call_output\",\"call_id\":"
              + JsonText.quote(ids.ofResult(result.callId()))
              + ",\"output\":"
              + output(result)
              + "}");
    }
  }

  /** A text, or parts if there is more. */
  private static String output(ContentBlock.ToolResult result) {
    String failed = result.failed() ? FAILED : "";
    List<ContentBlock> blocks = result.blocks();
    if (blocks.size() == 1 && blocks.getFirst() instanceof ContentBlock.Text only) {
      return JsonText.quote(failed + only.text());
    }
    List<String> parts = new ArrayList<>();
    if (result.failed()) {
      parts.add(InputPart.text(FAILED.strip()));
    }
    blocks.forEach(block -> addPart(parts, block));
    return parts.isEmpty() ? "\"\"" : parts.toString();
  }

  /** The texts between two calls are one message. */
  private void addAnswer(List<ContentBlock> blocks) {
    List<String> parts = new ArrayList<>();
    for (ContentBlock block : blocks) {
      switch (block) {
        case ContentBlock.Text text when !text.text().isEmpty() ->
            parts.add(
                "{\"type\":\"output_text\",\"annotations\":[],\"text\":"
                    + JsonText.quote(text.text())
                    + "}");
        case ContentBlock.Refusal refusal when !refusal.text().isEmpty() ->
            parts.add("{\"type\":\"refusal\",\"refusal\":" + JsonText.quote(refusal.text()) + "}");
        case ContentBlock.ToolCall call -> {
          addTexts(parts);
          addThinking();
          items.add(call(call));
        }
        case ContentBlock.Thinking thought -> {
          addTexts(parts);
          thinking.add(thought);
        }
        case ContentBlock.Opaque opaque -> changes.dropped(opaque.path());
        case ContentBlock.Text empty -> {}
        case ContentBlock.Refusal empty -> {}
        case ContentBlock.Media media -> {} // Rejected before.
        case ContentBlock.ToolResult result -> {}
      }
    }
    addTexts(parts);
  }

  private void addTexts(List<String> parts) {
    if (!parts.isEmpty()) {
      addThinking();
      items.add(message("assistant", String.join(",", parts)));
      parts.clear();
    }
  }

  private String call(ContentBlock.ToolCall call) {
    return "{\"type\":\"function_call\",\"call_id\":"
        + JsonText.quote(ids.ofCall(call.id()))
        + ",\"name\":"
        + JsonText.quote(names.sent(call.name()))
        + ",\"arguments\":"
        + JsonText.quote(ToolArguments.object(call.arguments()))
        + "}";
  }

  private void addThinking() {
    for (ContentBlock.Thinking thought : thinking) {
      ContentBlock.Signature signature = thought.signature();
      if (signature != null && isOwn(thought)) {
        String summary =
            thought.text().isEmpty()
                ? ""
                : "{\"type\":\"summary_text\",\"text\":" + JsonText.quote(thought.text()) + "}";
        items.add(
            "{\"type\":\"reasoning\",\"summary\":["
                + summary
                + "],\"encrypted_content\":"
                + JsonText.quote(signature.value())
                + "}");
      } else {
        changes.dropped(thought.path());
      }
    }
    thinking.clear();
  }

  private static boolean isOwn(ContentBlock.Thinking thinking) {
    ContentBlock.Signature signature = thinking.signature();
    return signature != null && signature.issuer().equals(WireFormat.RESPONSES);
  }

  /** Thinking must not be without the item that it led to. */
  private void dropThinking() {
    thinking.forEach(thought -> changes.dropped(thought.path()));
    thinking.clear();
  }

  private void speakOfJson(Conversation conversation) {
    if (conversation.shape() instanceof AnswerShape.AnyJson json
        && items.stream().noneMatch(item -> item.toLowerCase(Locale.ROOT).contains("json"))) {
      items.add(message("developer", InputPart.text(JSON_HINT)));
      changes.adjusted(json.path());
    }
  }
}
