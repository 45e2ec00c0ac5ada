package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;

/** How an API is answered. */
enum AnswerKind {
  /** Whole. */
  WHOLE,
  /** Whole, or as the chunks of a completion. */
  COMPLETION,
  /** Whole, or as events. */
  EVENTS,
  /** Whole, or as events with names. */
  IMAGES,
  /** As the bytes of an audio file, which pass as they come, or as events. */
  SPEECH;

  /** Whether the answer to {@code request} is handed on as it arrives. */
  boolean isStream(JsonValue request) {
    return switch (this) {
      case WHOLE -> false;
      case COMPLETION, EVENTS, IMAGES -> JsonFields.isTrue(request, "stream");
      case SPEECH -> true;
    };
  }

  /** Whether the stream consists of bytes of a file, between which nothing can stand. */
  boolean isFile(JsonValue request) {
    return this == SPEECH && !JsonFields.isText(request, "stream_format", "sse");
  }

  /** A writer of the stream that answers {@code request}. */
  ClientWriter writer(JsonValue request) {
    if (isFile(request)) {
      return new FileWriter();
    }
    return this == COMPLETION ? new CompletionWriter(request) : new EventWriter(this == IMAGES);
  }
}
