package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer that the client has already received and that a target is asked to
 * continue.
 *
 * @param delivered the delivered text; not empty
 * @param way how the target is asked to continue
 */
public record Continued(String delivered, Continuation way) {
  private static final String INSTRUCTION =
      "Your answer above was cut off by a technical fault. Go on from exactly where it ends, in the"
          + " middle of a word if need be. Repeat nothing, explain nothing, and do not mention the"
          + " interruption: your words will be joined to those above.";

  /**
   * A continuation of {@code delivered}; null if it is empty or the way is {@link
   * Continuation#NONE}.
   */
  public static @Nullable Continued of(String delivered, Continuation way) {
    return delivered.isEmpty() || way == Continuation.NONE ? null : new Continued(delivered, way);
  }

  /** The user message that follows the delivered text; null if the text is sent as a prefill. */
  public @Nullable String instruction() {
    return way == Continuation.INSTRUCTION ? INSTRUCTION : null;
  }

  /** The part of a token limit that remains after the delivered text. An estimate, at least 1. */
  public long left(long limit) {
    return Math.max(1, limit - delivered.length() / Usage.CHARACTERS_PER_TOKEN);
  }
}
