package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.Continuation;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an answer that the client has, from which a target is asked to go on.
 *
 * @param delivered the text so far, not empty
 * @param way how the target is asked
 */
public record Continued(String delivered, Continuation way) {
  private static final String INSTRUCTION =
      "Your answer above was cut off by a technical fault. Go on from exactly where it ends, in the"
          + " middle of a word if need be. Repeat nothing, explain nothing, and do not mention the"
          + " interruption: your words will be joined to those above.";

  /** The continuation of {@code delivered}; null when nothing was delivered. */
  public static @Nullable Continued of(String delivered, Continuation way) {
    return delivered.isEmpty() || way == Continuation.NONE ? null : new Continued(delivered, way);
  }

  /** What the user says after the text so far; null where the model takes that as a prefill. */
  public @Nullable String instruction() {
    return way == Continuation.INSTRUCTION ? INSTRUCTION : null;
  }

  /** What is left of a limit of the whole answer's tokens, estimated; at least 1. */
  public long left(long limit) {
    return Math.max(1, limit - delivered.length() / Usage.CHARACTERS_PER_TOKEN);
  }
}
