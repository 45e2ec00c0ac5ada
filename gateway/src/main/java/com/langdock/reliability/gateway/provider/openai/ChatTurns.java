package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.CacheMark;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.FunctionNames;
import com.langdock.reliability.gateway.provider.ToolArguments;
import com.langdock.reliability.gateway.provider.ToolIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts the messages of a conversation.
 *
 * <ul>
 *   <li>Results of tool calls become messages of their own, directly after the model's message.
 *       Everything else that follows the calls comes after all results.
 *   <li>A result can only be text. Images and files in it go into a user message after the results.
 *   <li>Empty texts are dropped, and messages without content. If none is left, a placeholder is
 *       sent.
 *   <li>Thinking is dropped unless the provider accepts {@code reasoning_content}. So is thinking
 *       that another provider has signed.
 * </ul>
 */
final class ChatTurns {
  private static final String PLACEHOLDER = ".";
  private static final String FAILED = "[error] ";

  private final FunctionNames names;
  private final Set<Feature> features;
  private final RequestChanges.Builder changes;
  private final ToolIds ids;
  private final List<ChatMessage> messages = new ArrayList<>();

  /** Messages since the model's last one that must not stand before a result. */
  private final List<ChatMessage> afterResults = new ArrayList<>();

  private ChatTurns(FunctionNames names, Set<Feature> features, RequestChanges.Builder changes) {
    this.names = names;
    this.features = features;
    this.changes = changes;
    this.ids = CallIds.of(features);
  }

  /** The messages for a provider with {@code features}. */
  static List<ChatMessage> of(
      Conversation conversation, Set<Feature> features, RequestChanges.Builder changes) {
    FunctionNames names = new FunctionNames(conversation::tools);
    ChatTurns turns = new ChatTurns(names, features, changes);
    conversation.messages().forEach(turns::add);
    turns.flush();
    if (turns.messages.isEmpty()) {
      ChatPart placeholder = ChatPart.text(PLACEHOLDER, null);
      turns.messages.add(ChatMessage.of("user", null, List.of(placeholder)));
    }
    return turns.messages;
  }

  private void add(Message message) {
    switch (message.role()) {
      case SYSTEM -> addOther("system", message);
      case USER -> {
        message.blocks().forEach(this::addResult);
        addOther("user", message);
      }
      case ASSISTANT -> addAnswer(message);
    }
  }

  private void flush() {
    messages.addAll(afterResults);
    afterResults.clear();
  }

  private void addOther(String role, Message message) {
    List<ChatPart> parts = parts(message.blocks());
    markLast(parts, message.cacheMark());
    if (!parts.isEmpty()) {
      afterResults.add(ChatMessage.of(role, message.speaker(), parts));
    }
  }

  private void addResult(ContentBlock block) {
    if (!(block instanceof ContentBlock.ToolResult result)) {
      return;
    }
    String id = ids.ofResult(result.callId());
    List<ChatPart> texts = new ArrayList<>();
    List<ChatPart> media = new ArrayList<>();
    for (ContentBlock inner : result.blocks()) {
      (inner instanceof ContentBlock.Media file && !isText(file) ? media : texts)
          .addAll(parts(List.of(inner)));
    }
    if (texts.isEmpty() && !media.isEmpty()) {
      texts.add(ChatPart.text("See the content of result " + id + ".", null));
    }
    if (result.failed()) {
      markFailed(texts);
    }
    markLast(texts, result.cacheMark());
    messages.add(ChatMessage.result(id, texts));
    if (!media.isEmpty()) {
      media.addFirst(ChatPart.text("content of result " + id, null));
      afterResults.add(ChatMessage.of("user", null, media));
    }
  }

  private static boolean isText(ContentBlock.Media media) {
    ChatPart part = ChatMedia.of(media);
    return part != null && part.isPlainText();
  }

  /** Adds the prefix for a failed result, which the format cannot mark otherwise. */
  private static void markFailed(List<ChatPart> texts) {
    if (texts.isEmpty()) {
      texts.add(ChatPart.text(FAILED.strip(), null));
      return;
    }
    ChatPart first = texts.getFirst();
    String literal = "\"" + FAILED + first.json().substring(1);
    texts.set(0, new ChatPart(first.type(), literal, first.cacheControl()));
  }

  private void addAnswer(Message message) {
    flush();
    List<ChatMessage.Call> calls = new ArrayList<>();
    StringBuilder reasoning = new StringBuilder();
    String refusal = null;
    for (ContentBlock block : message.blocks()) {
      if (block instanceof ContentBlock.ToolCall call) {
        calls.add(call(call));
      } else if (block instanceof ContentBlock.Thinking thinking) {
        addThinking(reasoning, thinking);
      } else if (block instanceof ContentBlock.Refusal refused && !refused.text().isEmpty()) {
        refusal = refusal == null ? refused.text() : refusal + refused.text();
      } else if (block instanceof ContentBlock.Opaque opaque) {
        changes.dropped(opaque.path());
      }
    }
    List<ChatPart> parts = parts(message.blocks());
    markLast(parts, message.cacheMark());
    String thought = reasoning.isEmpty() ? null : reasoning.toString();
    ChatMessage.Answer answer = new ChatMessage.Answer(thought, refusal, calls);
    if (!parts.isEmpty() || !answer.isEmpty()) {
      messages.add(new ChatMessage("assistant", message.speaker(), parts, answer, null));
    }
  }

  private void addThinking(StringBuilder reasoning, ContentBlock.Thinking thinking) {
    ContentBlock.Signature signature = thinking.signature();
    boolean isForeign = signature != null && !signature.issuer().equals(WireFormat.CHAT);
    if (isForeign || !features.contains(Feature.REASONING_CONTENT)) {
      changes.dropped(thinking.path());
    } else {
      reasoning.append(thinking.text());
    }
  }

  private ChatMessage.Call call(ContentBlock.ToolCall call) {
    ContentBlock.Signature signature = call.signature();
    boolean isOfGoogle =
        signature != null
            && signature.issuer().equals(WireFormat.GEMINI)
            && features.contains(Feature.THOUGHT_SIGNATURE);
    return new ChatMessage.Call(
        ids.ofCall(call.id()),
        names.sent(call.name()),
        ToolArguments.object(call.arguments()),
        signature != null && isOfGoogle ? signature.value() : null);
  }

  /** The content of a message. Blocks that it cannot have were rejected before. */
  private List<ChatPart> parts(List<ContentBlock> blocks) {
    List<ChatPart> parts = new ArrayList<>();
    for (ContentBlock block : blocks) {
      ChatPart part =
          switch (block) {
            case ContentBlock.Text text ->
                text.text().isEmpty() ? null : ChatPart.text(text.text(), null);
            case ContentBlock.Media media -> ChatMedia.of(media);
            case ContentBlock.Refusal refusal -> null;
            case ContentBlock.ToolCall call -> null;
            case ContentBlock.ToolResult result -> null;
            case ContentBlock.Thinking thinking -> null;
            case ContentBlock.Opaque opaque -> null;
          };
      if (part != null) {
        parts.add(part);
        markLast(parts, block.cacheMark());
      }
    }
    return parts;
  }

  /** Sets a breakpoint on the last part, unless that has its own. */
  private void markLast(List<ChatPart> parts, @Nullable CacheMark mark) {
    if (mark == null) {
      return;
    }
    if (parts.isEmpty() || !features.contains(Feature.CACHE_CONTROL)) {
      changes.dropped("cache_control");
    } else if (parts.getLast().cacheControl() == null) {
      parts.set(parts.size() - 1, parts.getLast().marked(mark.json()));
    }
  }
}
