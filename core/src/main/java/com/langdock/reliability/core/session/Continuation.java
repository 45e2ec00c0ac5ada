package com.langdock.reliability.core.session;

/** How an attempt is to be made with what the client has been given so far. */
public enum Continuation {
  /** The client has been given nothing: the request goes out as it is. */
  NONE,
  /** The text delivered goes along as the beginning of the assistant's turn. */
  PREFILL,
  /** The text delivered goes along as a turn of its own, with the instruction to go on from it. */
  INSTRUCTION
}
