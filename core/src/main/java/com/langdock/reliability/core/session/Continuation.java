package com.langdock.reliability.core.session;

/** How an attempt continues the text delivered so far. */
public enum Continuation {
  /** Nothing was delivered: the request is sent unchanged. */
  NONE,
  /** The delivered text is sent as the beginning of the assistant's turn. */
  PREFILL,
  /** The delivered text is sent as a turn of its own, with the instruction to continue it. */
  INSTRUCTION
}
