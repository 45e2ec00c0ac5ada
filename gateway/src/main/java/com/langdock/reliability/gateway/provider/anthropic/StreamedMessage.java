package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Failure.Unreadable.Why;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.provider.MergedJson;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a message from a stream, for a client of the Messages API whose provider streams
 * without being asked to. A stream that breaks or fails is a failure.
 */
final class StreamedMessage {
  private static final Set<String> EXCEPT_IN_MESSAGE = Set.of("content");
  private static final Set<String> EXCEPT_IN_DELTA = Set.of("type", "partial_json", "citation");

  private final MergedJson message = new MergedJson();
  private final MergedJson usage = new MergedJson();
  private final List<MergedJson> blocks = new ArrayList<>();
  private final StringBuilder input = new StringBuilder();
  private final List<String> citations = new ArrayList<>();
  private @Nullable Failure failure;
  private boolean finished;

  private StreamedMessage() {}

  /** Reads the whole stream in {@code body}. */
  static Decoded read(TargetRequest request, ReplyHead head, byte[] body) {
    PassthroughStream reader = new PassthroughStream(request.target(), head);
    StreamedMessage message = new StreamedMessage();
    SseReader frames = new SseReader(data -> reader.read(data, message::add));
    boolean fits = frames.read(body);
    frames.end();
    Failure failure = message.failure(fits, head);
    return failure == null
        ? PassthroughAnswer.read(request, head, message.json())
        : new Decoded.Failed(failure);
  }

  private void add(Piece piece) {
    if (piece instanceof Piece.Failed failed && failure == null && !finished) {
      failure = failed.failure();
    }
    if (piece instanceof Piece.Event event) {
      finished |= event.finishes() > 0;
      add(event.name(), JsonBody.json(event.bytes()));
    }
  }

  private void add(String name, @Nullable JsonValue event) {
    switch (name) {
      case "message_start" -> addMessage(JsonFields.object(event, "message"));
      case "content_block_start" -> {
        blocks.add(new MergedJson());
        addTo(blocks.getLast(), JsonFields.object(event, "content_block"));
      }
      case "content_block_delta" -> addDelta(JsonFields.object(event, "delta"));
      case "content_block_stop" -> endBlock();
      case "message_delta" -> {
        addTo(message, JsonFields.object(event, "delta"));
        addTo(usage, JsonFields.object(event, "usage"));
      }
      default -> {} // a ping, or an event of an unknown type
    }
  }

  private void addMessage(@Nullable JsonValue started) {
    if (started != null) {
      message.merge(started, EXCEPT_IN_MESSAGE);
      addTo(usage, JsonFields.object(started, "usage"));
    }
  }

  private static void addTo(MergedJson object, @Nullable JsonValue more) {
    if (more != null) {
      object.merge(more, Set.of());
    }
  }

  private void addDelta(@Nullable JsonValue delta) {
    if (delta == null || blocks.isEmpty()) {
      return;
    }
    blocks.getLast().merge(delta, EXCEPT_IN_DELTA);
    JsonValue part = JsonFields.value(delta, "partial_json");
    input.append(part == null ? "" : part.text());
    JsonValue citation = JsonFields.object(delta, "citation");
    if (citation != null) {
      citations.add(citation.raw());
    }
  }

  private void endBlock() {
    if (!input.toString().isBlank()) {
      blocks.getLast().put("input", input.toString());
    }
    if (!citations.isEmpty()) {
      blocks.getLast().put("citations", "[" + String.join(",", citations) + "]");
    }
    input.setLength(0);
    citations.clear();
  }

  private @Nullable Failure failure(boolean fits, ReplyHead head) {
    if (failure != null || !fits) {
      return failure == null ? new Failure.Unreadable(Why.TOO_LARGE, head.status()) : failure;
    }
    return finished ? null : new Failure.Broken();
  }

  /** The message. It is not JSON if the input of a tool is none. */
  private byte[] json() {
    message.put("content", blocks.toString());
    message.put("usage", usage.toString());
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }
}
