package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.StreamPart;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a whole answer from a stream, for a provider that streams though it was not asked to.
 * The stream must be whole as any other: what breaks, or says that it failed, is no answer.
 */
public final class StreamedAnswer {
  private static final Set<String> NOT_OF_THE_ROOT = Set.of("object", "choices", "usage");
  private static final Set<String> NOT_OF_A_CHOICE = Set.of("delta");

  private final MergedJson root = new MergedJson();
  private final Map<Long, MergedJson> choices = new TreeMap<>();
  private final Map<Long, MergedJson> messages = new TreeMap<>();
  private @Nullable Tokens tokens;
  private @Nullable Failure failure;
  private int finished;

  private StreamedAnswer() {}

  /**
   * What the stream in {@code body} comes to.
   *
   * @param expected the answers asked for
   */
  public static Decoded of(StreamDecoder decoder, ReplyHead head, int expected, byte[] body) {
    StreamedAnswer answer = new StreamedAnswer();
    SseReader reader = new SseReader(data -> answer.add(decoder.read(data), expected));
    boolean fits = reader.read(body);
    reader.end();
    if (answer.failure != null) {
      return new Decoded.Failed(answer.failure);
    }
    if (!fits || answer.choices.isEmpty()) {
      Failure.Unreadable.Why why =
          fits ? Failure.Unreadable.Why.EMPTY : Failure.Unreadable.Why.TOO_LARGE;
      return new Decoded.Failed(new Failure.Unreadable(why, head.status()));
    }
    return answer.finished < expected ? new Decoded.Failed(new Failure.Broken()) : answer.decoded();
  }

  private void add(StreamPart part, int expected) {
    switch (part) {
      case StreamPart.Chunk chunk -> {
        finished += chunk.finished();
        tokens = larger(chunk.tokens());
        add(Objects.requireNonNull(JsonBody.json(chunk.json())));
      }
      case StreamPart.Tokens said -> tokens = larger(said);
      case StreamPart.Failed failed when failure == null && finished < expected ->
          failure = failed.failure();
      case StreamPart.Failed failed -> {
        // After a failure, or after the answer is whole, another one changes nothing.
      }
      case StreamPart.End end -> {
        // Finish reasons tell whether it is whole.
      }
      case StreamPart.Nothing nothing -> {}
      case StreamPart.Thinks thinks -> {}
    }
  }

  private @Nullable Tokens larger(@Nullable Tokens latest) {
    boolean larger =
        latest != null
            && (tokens == null || latest.usage().totalTokens() >= tokens.usage().totalTokens());
    return larger ? latest : tokens;
  }

  private void add(JsonValue chunk) {
    root.merge(chunk, NOT_OF_THE_ROOT);
    for (JsonValue choice : JsonFields.array(chunk, "choices")) {
      if (choice.kind() != JsonValue.Kind.OBJECT) {
        continue;
      }
      long index = JsonFields.count(choice, "index");
      choices.computeIfAbsent(index, first -> new MergedJson()).merge(choice, NOT_OF_A_CHOICE);
      MergedJson message = messages.computeIfAbsent(index, first -> message());
      JsonValue delta = JsonFields.object(choice, "delta");
      if (delta != null) {
        message.merge(delta, Set.of());
      }
    }
  }

  private static MergedJson message() {
    MergedJson message = new MergedJson();
    message.put("role", "\"assistant\"");
    message.put("content", "null");
    return message;
  }

  private Decoded decoded() {
    List<String> all = new ArrayList<>();
    choices.forEach((index, choice) -> {
      choice.put("index", Long.toString(index));
      choice.put("message", Objects.requireNonNull(messages.get(index)).toString());
      all.add(choice.toString());
    });
    root.put("object", "\"chat.completion\"");
    root.put("choices", "[" + String.join(",", all) + "]");
    if (tokens != null) {
      root.put("usage", tokens.json());
    }
    byte[] json = root.toString().getBytes(UTF_8);
    String content = messages.values().iterator().next().literal("content");
    Usage usage = tokens == null ? Usage.NONE : tokens.usage();
    return new Decoded.Answer(json, Objects.requireNonNull(JsonBody.json(json)), usage, content);
  }
}
