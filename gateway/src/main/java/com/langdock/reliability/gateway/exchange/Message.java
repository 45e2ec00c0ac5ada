package com.langdock.reliability.gateway.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation, at its position.
 *
 * @param speaker the name of who speaks, null when the client gave none
 * @param blocks may be empty
 * @param cacheMark the breakpoint of the prompt cache after the last block, unless that has its
 *     own; null for none
 */
public record Message(
    Role role,
    @Nullable Field<String> speaker,
    List<ContentBlock> blocks,
    @Nullable CacheMark cacheMark) {
  /** Who speaks. */
  public enum Role {
    /** The operator, with instructions. */
    SYSTEM,
    /** The user, and the tools that the client runs. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /** A message of one text. */
  static Message of(Role role, String text) {
    return new Message(role, null, List.of(new ContentBlock.Text(text, null)), null);
  }
}
