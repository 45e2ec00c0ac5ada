package com.langdock.reliability.mock.format;

/** How an answer is delivered. */
public enum Delivery {
  /** As one JSON object. */
  WHOLE("application/json", "application/json"),
  /** As one text. */
  TEXT("text/plain; charset=utf-8", "application/json"),
  /** As server-sent events. */
  EVENTS("text/event-stream; charset=utf-8", "application/json"),
  /** As server-sent events that end with usage. */
  EVENTS_WITH_USAGE("text/event-stream; charset=utf-8", "application/json"),
  /** As server-sent events with CRLF line ends; an error before them claims to be a stream too. */
  CRLF_EVENTS("text/event-stream", "text/event-stream"),
  /** As a JSON array whose elements arrive one by one. */
  JSON_ARRAY("application/json", "application/json"),
  /** In AWS's binary framing. */
  AWS_EVENTS("application/vnd.amazon.eventstream", "application/json"),
  /** As the bytes of an audio file, each the code of a character. */
  AUDIO("audio/mpeg", "application/json");

  private final String contentType;
  private final String errorContentType;

  Delivery(String contentType, String errorContentType) {
    this.contentType = contentType;
    this.errorContentType = errorContentType;
  }

  /** Whether the answer arrives piece by piece. */
  public boolean streamed() {
    return this != WHOLE && this != TEXT;
  }

  /** The Content-Type of an answer. */
  public String contentType() {
    return contentType;
  }

  /** The Content-Type of an error. */
  public String errorContentType() {
    return errorContentType;
  }
}
