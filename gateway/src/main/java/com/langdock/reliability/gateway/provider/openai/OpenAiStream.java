package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TokenReport;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream in OpenAI's format.
 *
 * <p>Chunks keep their bytes except the usage, which is reported separately. Azure begins with a
 * chunk without choices, which matches skipped like the heartbeats of other servers. xAI and
 * DeepSeek repeat a growing usage in every chunk. OpenRouter finishes a choice twice, the second
 * time with the usage.
 */
final class OpenAiStream implements PieceReader {
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  /** OpenAI's limit of {@code n}. Finish reasons of further choices are not tracked. */
  private static final int MAX_CHOICES = 128;

  private final TargetModel target;
  private final ReplyHead head;
  private final ToolIndexes tools = new ToolIndexes();
  private final MissingArguments arguments = new MissingArguments();
  private final Set<Long> finished = new HashSet<>();

  /** The last chunk, if it had nothing but text, and the next one may well differ in that only. */
  private @Nullable RepeatedText repeated;

  OpenAiStream(TargetModel target, ReplyHead head) {
    this.target = target;
    this.head = head;
  }

  @Override
  public void read(byte[] data, Consumer<Piece> pieces) {
    Piece piece = read(data);
    if (piece != null) {
      pieces.accept(piece);
    }
  }

  /** The piece of an event; null if it has none. */
  private @Nullable Piece read(byte[] data) {
    Piece again = repeated == null ? null : repeated.read(data);
    if (again != null) {
      return again;
    }
    repeated = null;
    if (isDone(data)) {
      return new Piece.Ended();
    }
    JsonValue root = JsonBody.json(data);
    if (root == null) {
      return unreadable();
    }
    return switch (root.kind()) {
      case OBJECT -> object(data, root);
      case NULL -> null;
      case ARRAY, STRING, NUMBER, BOOLEAN -> unreadable();
    };
  }

  /** An object without choices matches not a chunk: heartbeats have many names. */
  private @Nullable Piece object(byte[] data, JsonValue root) {
    if (isError(root)) {
      return new Piece.Failed(ErrorAnswer.failure(head, root));
    }
    List<JsonValue> choices = JsonFields.array(root, "choices");
    TokenReport tokens = tokens(root);
    if (choices.isEmpty() || finished.containsAll(indexes(choices))) {
      return tokens == null ? null : new Piece.Used(tokens);
    }
    Piece failed = failed(choices);
    return failed != null ? failed : chunk(data, root, tokens);
  }

  private static boolean isError(JsonValue root) {
    return JsonFields.value(root, "error") != null
        || JsonFields.isText(root, "object", "error")
        || JsonFields.isText(root, "type", "error");
  }

  private Piece.Raw chunk(byte[] data, JsonValue root, @Nullable TokenReport tokens) {
    Piece.Raw chunk = new OpenAiChunk(data, root, tools, arguments).read(target, tokens);
    repeated = RepeatedText.of(chunk, data, root);
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

  /** OpenRouter and Mistral report failures of single choices. */
  private @Nullable Piece failed(List<JsonValue> choices) {
    for (JsonValue choice : choices) {
      if (JsonFields.object(choice, "error") != null) {
        return new Piece.Failed(ErrorAnswer.failure(head, choice));
      }
      if (JsonFields.isText(choice, "finish_reason", "error")) {
        return new Piece.Failed(ErrorAnswer.failure(head, null));
      }
    }
    return null;
  }

  private static @Nullable TokenReport tokens(JsonValue root) {
    JsonValue usage = OpenAiUsage.reported(root);
    return usage == null ? null : TokenReport.raw(OpenAiUsage.of(root), repairedUsage(usage));
  }

  /**
   * The provider's JSON, with the completion tokens repaired if the total matches larger than
   * prompt and completion (xAI).
   */
  private static String repairedUsage(JsonValue usage) {
    String raw = usage.raw();
    long completion = OpenAiUsage.completion(usage);
    if (completion == TokenCounts.of(usage, "completion_tokens")) {
      return raw;
    }
    byte[] own = raw.getBytes(StandardCharsets.UTF_8);
    JsonValue root = JsonBody.json(own);
    if (root == null) {
      return raw; // not JSON on its own: it has a duplicate field
    }
    JsonSplice splice = new JsonSplice(own);
    splice.put(root, "completion_tokens", Long.toString(completion));
    return new String(splice.bytes(), StandardCharsets.UTF_8);
  }

  private Piece unreadable() {
    return new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, head.status()));
  }

  private static boolean isDone(byte[] data) {
    boolean matches = data.length >= DONE.length;
    for (int i = 0; matches && i < DONE.length; i++) {
      matches = data[i] == DONE[i];
    }
    return matches;
  }
}
