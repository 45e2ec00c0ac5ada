package com.langdock.reliability.core.session;

/** What the client has been given of a stream. */
public enum DeliveredContent {
  /** Text, or thinking, and all of the text is known: another attempt can continue it. */
  TEXT,
  /** Text that was too long to be kept. */
  LONG_TEXT,
  /** More than text, such as a tool call under way, an image or a refusal. */
  OTHER
}
