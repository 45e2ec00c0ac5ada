package com.langdock.reliability.gateway.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param speaker the name of the participant; null if the client sent none
 * @param blocks the content; may be empty
 * @param cacheMark the prompt cache breakpoint after the last block, unless that block has its own;
 *     null if none
 */
public record Message(
    Role role,
    @Nullable Field<String> speaker,
    List<ContentBlock> blocks,
    @Nullable CacheMark cacheMark) {
  /** The author of a message. */
  public enum Role {
    /** Instructions of the operator. */
    SYSTEM,
    /** The user, and the tools that the client runs. */
    USER,
    /** The model. */
    ASSISTANT
  }

  /** The same message with unsigned thinking and calls. */
  Message withoutSignatures() {
    return new Message(
        role, speaker, blocks.stream().map(ContentBlock::withoutSignature).toList(), cacheMark);
  }

  /** A message with one text block. */
  static Message of(Role role, String text) {
    return new Message(role, null, List.of(new ContentBlock.Text(text, null)), null);
  }
}
