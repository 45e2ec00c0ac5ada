package com.langdock.reliability.mock.format;

import java.util.List;

/** One message of a conversation, as far as the mock reads it: the role and the text. */
public record Turn(Role role, String text) {
  /** The role; {@link #TOOL} is the result of one tool call, in whichever message it came. */
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

  /** The text of the last user turn that has one, or {@code (nothing)}. */
  static String lastUserText(List<Turn> turns) {
    return turns.reversed().stream()
        .filter(turn -> turn.role() == Role.USER && !turn.text().isBlank())
        .map(Turn::text)
        .findFirst()
        .orElse("(nothing)");
  }
}
