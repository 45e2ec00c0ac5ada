package com.langdock.reliability.gateway.front.responses;

import com.langdock.reliability.gateway.front.AnswerHistory;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.ErrorTable;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import com.langdock.reliability.json.JsonValue.Kind;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client sends by WebSocket: an event that asks for a response, or not. */
sealed interface ClientMessage {
  /** The event that asks for a response. */
  String CREATE = "response.create";

  /** A lane's name on the wire. */
  Pattern STREAM_ID = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

  /**
   * A request for a response.
   *
   * @param body of the same request by HTTP; it has the whole input if that goes on from an answer
   *     which the connection remembers
   * @param streamId names its lane; null for the one without a name
   * @param isGenerated whether a model is asked; if not, the input is only remembered
   */
  record Create(byte[] body, @Nullable String streamId, boolean isGenerated)
      implements ClientMessage {}

  /**
   * Anything else.
   *
   * @param streamId of its lane, as far as it can be known
   */
  record Refused(ApiError error, @Nullable String streamId) implements ClientMessage {}

  /** Reads the event {@code root}, which may go on from an answer in {@code history}. */
  static ClientMessage read(JsonValue root, AnswerHistory history) {
    JsonValue lane = JsonFields.value(root, "stream_id");
    String streamId =
        lane != null && lane.kind() == Kind.STRING && STREAM_ID.matcher(lane.text()).matches()
            ? lane.text()
            : null;
    if (lane != null && streamId == null) {
      return new Refused(
          invalid(
              "invalid_stream_id",
              "Invalid value for 'stream_id': expected 1 to 256 letters, digits, underscores,"
                  + " hyphens and periods.",
              "stream_id"),
          null);
    }
    Problem problem = problem(root);
    if (problem != null) {
      return new Refused(ErrorTable.of(problem), streamId);
    }
    if (streamId != null && !history.admits(streamId)) {
      return new Refused(
          invalid(
              "websocket_stream_limit_reached",
              "This WebSocket has had %d stream ids, which is all that it may; use one of them."
                  .formatted(AnswerHistory.MAX_LANES),
              "stream_id"),
          streamId);
    }
    return create(root, streamId, history);
  }

  private static @Nullable Problem problem(JsonValue root) {
    JsonValue type = root.field("type");
    if (type == null) {
      return Problem.missing("type");
    }
    if (!type.isText(CREATE)) {
      return Problem.invalid("type", "expected " + CREATE);
    }
    JsonValue generate = JsonFields.value(root, "generate");
    if (generate != null && generate.kind() != Kind.BOOLEAN) {
      return Problem.invalid("generate", "expected true or false", generate);
    }
    return JsonFields.isTrue(root, "background")
        ? Problem.invalid("background", "a response by WebSocket is never in the background")
        : null;
  }

  private static ClientMessage create(
      JsonValue root, @Nullable String streamId, AnswerHistory history) {
    JsonSplice splice = new JsonSplice(root);
    for (String field : new String[] {"type", "stream_id", "generate", "background"}) {
      splice.remove(root, field);
    }
    splice.put(root, "stream", "true");
    String previous = JsonFields.text(root, "previous_response_id");
    if (previous != null) {
      Optional<byte[]> before = history.upTo(previous);
      if (before.isPresent()) {
        splice.remove(root, "previous_response_id");
        splice.put(root, "input", "[" + InputItems.joined(before.get(), root) + "]");
      }
    }
    JsonValue generate = JsonFields.value(root, "generate");
    return new Create(splice.bytes(), streamId, generate == null || generate.isTrue());
  }

  private static ApiError invalid(String code, String message, String param) {
    return ApiError.invalid(400, code, message, param);
  }
}
