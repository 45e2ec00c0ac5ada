package com.langdock.reliability.mock.format;

/** One message of a conversation, as far as the mock reads it: the role and the text. */
public record Turn(Role role, String text) {
  /** The role; {@link #TOOL} is the result of a tool call, in whichever turn it came. */
  public enum Role {
    /** Instructions. */
    SYSTEM,
    /** The user. */
    USER,
    /** The model. */
    ASSISTANT,
    /** The result of a tool call. */
    TOOL
  }
}
