package com.langdock.reliability.core.session;

/** The kind of content delivered to the client of a stream. */
public enum DeliveredContent {
  /** Text or thinking, with all of the text kept: another attempt can continue it. */
  TEXT,
  /** Text that was too long to be kept. */
  LONG_TEXT,
  /** More than text, such as a tool call under way, an image or a refusal. */
  OTHER
}
