package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.MergedJson;
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
 * Assembles a whole answer from a stream, for a provider that streams without being asked to. A
 * stream that breaks or fails is a failure.
 */
final class StreamedAnswer {
  private static final Set<String> EXCEPT_IN_ROOT = Set.of("object", "choices", "usage");
  private static final Set<String> EXCEPT_IN_CHOICE = Set.of("delta");

  private final MergedJson root = new MergedJson();
  private final Map<Long, MergedJson> choices = new TreeMap<>();
  private final Map<Long, MergedJson> messages = new TreeMap<>();
  private @Nullable TokenReport tokens;
  private @Nullable Failure failure;
  private int finished;

  private StreamedAnswer() {}

  /**
   * Reads the stream in {@code body}.
   *
   * @param expected the number of requested choices
   */
  static Decoded of(PieceReader reader, ReplyHead head, int expected, byte[] body) {
    StreamedAnswer answer = new StreamedAnswer();
    SseReader frames =
        new SseReader(data -> reader.read(data, piece -> answer.add(piece, expected)));
    boolean fits = frames.read(body);
    frames.end();
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

  private void add(Piece piece, int expected) {
    switch (piece) {
      case Piece.Raw chunk -> {
        finished += chunk.finishes();
        tokens = larger(chunk.tokens());
        add(Objects.requireNonNull(JsonBody.json(chunk.bytes())));
      }
      case Piece.Used used -> tokens = larger(used.tokens());
      case Piece.Failed failed -> {
        if (failure == null && finished < expected) {
          failure = failed.failure();
        }
      }
      case Piece.Started started -> {}
      case Piece.Opened opened -> {}
      case Piece.Text text -> {}
      case Piece.Thinking thinking -> {}
      case Piece.Arguments arguments -> {}
      case Piece.Closed closed -> {}
      case Piece.Event event -> {}
      case Piece.Signed signed -> {}
      case Piece.Finished reason -> {}
      case Piece.Ended ended -> {} // finish reasons decide whether the answer is complete
    }
  }

  private @Nullable TokenReport larger(@Nullable TokenReport latest) {
    boolean larger =
        latest != null
            && (tokens == null || latest.usage().totalTokens() >= tokens.usage().totalTokens());
    return larger ? latest : tokens;
  }

  private void add(JsonValue chunk) {
    root.merge(chunk, EXCEPT_IN_ROOT);
    for (JsonValue choice : JsonFields.array(chunk, "choices")) {
      if (choice.kind() != JsonValue.Kind.OBJECT) {
        continue;
      }
      long index = JsonFields.count(choice, "index");
      choices.computeIfAbsent(index, first -> new MergedJson()).merge(choice, EXCEPT_IN_CHOICE);
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
      root.put("usage", Objects.requireNonNull(tokens.raw()));
    }
    byte[] json = root.toString().getBytes(UTF_8);
    JsonValue parsed = Objects.requireNonNull(JsonBody.json(json));
    Usage usage = tokens == null ? Usage.NONE : tokens.usage();
    return OpenAiAnswer.answered(json, parsed, usage);
  }
}
