package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.StreamPart;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.provider.ErrorAnswer;
import com.langdock.reliability.gateway.provider.TokenCounts;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream in OpenAI's format.
 *
 * <p>Chunks keep their bytes but for the usage, which is told apart. Azure begins with a chunk
 * without choices, which says nothing, like the heartbeats of others; xAI and DeepSeek repeat a
 * growing usage on every chunk; OpenRouter finishes a choice twice, the second time with the usage.
 */
final class OpenAiStream implements StreamDecoder {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  /** OpenAI's own limit of {@code n}; of more choices than that nothing is remembered. */
  private static final int MAX_CHOICES = 128;

  private final TargetModel target;
  private final ReplyHead head;
  private final ToolIndexes tools = new ToolIndexes();
  private final MissingArguments arguments = new MissingArguments();
  private final Set<Long> finished = new HashSet<>();

  OpenAiStream(TargetModel target, ReplyHead head) {
    this.target = target;
    this.head = head;
  }

  @Override
  public StreamPart read(byte[] data) {
    if (isDone(data)) {
      return new StreamPart.End();
    }
    JsonValue root = JsonBody.json(data);
    if (root == null) {
      return unreadable();
    }
    return switch (root.kind()) {
      case OBJECT -> object(data, root);
      case NULL -> StreamPart.NOTHING;
      case ARRAY, STRING, NUMBER, BOOLEAN -> unreadable();
    };
  }

  /** An object without choices is no chunk: heartbeats come under many names. */
  private StreamPart object(byte[] data, JsonValue root) {
    if (isError(root)) {
      return new StreamPart.Failed(ErrorAnswer.failure(head, root));
    }
    List<JsonValue> choices = JsonFields.array(root, "choices");
    Tokens tokens = tokens(root);
    if (choices.isEmpty() || finished.containsAll(indexes(choices))) {
      return tokens == null ? StreamPart.NOTHING : tokens;
    }
    StreamPart failed = failed(choices);
    return failed != null ? failed : chunk(data, root, tokens);
  }

  private static boolean isError(JsonValue root) {
    return JsonFields.value(root, "error") != null
        || JsonFields.isText(root, "object", "error")
        || JsonFields.isText(root, "type", "error");
  }

  private StreamPart.Chunk chunk(byte[] data, JsonValue root, @Nullable Tokens tokens) {
    StreamPart.Chunk chunk = new OpenAiChunk(data, root, tools, arguments).read(target, tokens);
    for (JsonValue choice : JsonFields.array(root, "choices")) {
      boolean ends =
          !"".equals(Objects.requireNonNullElse(JsonFields.text(choice, "finish_reason"), ""));
      if (ends && finished.size() < MAX_CHOICES) {
        finished.add(JsonFields.count(choice, "index"));
      }
    }
    return chunk;
  }

  private static List<Long> indexes(List<JsonValue> choices) {
    return choices.stream().map(choice -> JsonFields.count(choice, "index")).toList();
  }

  /** OpenRouter and Mistral can fail a choice alone. */
  private @Nullable StreamPart failed(List<JsonValue> choices) {
    for (JsonValue choice : choices) {
      if (JsonFields.object(choice, "error") != null) {
        return new StreamPart.Failed(ErrorAnswer.failure(head, choice));
      }
      if (JsonFields.isText(choice, "finish_reason", "error")) {
        return new StreamPart.Failed(ErrorAnswer.failure(head, null));
      }
    }
    return null;
  }

  private static @Nullable Tokens tokens(JsonValue root) {
    JsonValue usage = JsonFields.object(root, "usage");
    return usage == null ? null : new Tokens(OpenAiUsage.of(root), inOpenAisTerms(usage));
  }

  /** The provider's own words, unless its total is more than prompt and completion (xAI). */
  private static String inOpenAisTerms(JsonValue usage) {
    String said = usage.raw();
    long completion = OpenAiUsage.completion(usage);
    if (completion == TokenCounts.of(usage, "completion_tokens")) {
      return said;
    }
    byte[] own = said.getBytes(StandardCharsets.UTF_8);
    JsonValue root = JsonBody.json(own);
    if (root == null) {
      return said; // it has a field twice
    }
    JsonSplice splice = new JsonSplice(own);
    splice.put(root, "completion_tokens", Long.toString(completion));
    return new String(splice.bytes(), StandardCharsets.UTF_8);
  }

  private StreamPart unreadable() {
    return new StreamPart.Failed(
        new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()));
  }

  private static boolean isDone(byte[] data) {
    boolean is = data.length >= DONE.length;
    for (int i = 0; is && i < DONE.length; i++) {
      is = data[i] == DONE[i];
    }
    return is;
  }
}
