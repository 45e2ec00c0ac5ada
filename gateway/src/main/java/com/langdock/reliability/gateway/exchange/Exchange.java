package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import org.jspecify.annotations.Nullable;

/**
 * A client's valid request, independent of HTTP and of any JSON format.
 *
 * @param task what the target is asked to do
 * @param preferredProvider null if the client set none
 * @param clientId null if the client set none
 * @param stream whether the client requests a stream
 * @param answer what the request requires of its answer
 * @param estimatedInputTokens estimate for the whole prompt
 * @param payload the client's request body
 */
public record Exchange(
    String model,
    Task task,
    @Nullable String preferredProvider,
    @Nullable String clientId,
    boolean stream,
    AnswerTraits answer,
    long estimatedInputTokens,
    Payload payload) {

  /** What a target is asked to do. */
  public enum Task {
    /** To answer. */
    ANSWER,
    /** To count the tokens of the prompt, without an answer. */
    COUNT_TOKENS,
    /**
     * To answer a request that cannot be translated, so that only a target that speaks its format
     * can; see {@link Payload#forwarding}.
     */
    FORWARD,
    /**
     * To answer a request of which nothing but its path is known; see {@link Payload#forwarding}.
     */
    PASS
  }

  /**
   * Whether no other model may answer for the one asked for: vectors of two models cannot be
   * compared.
   */
  public boolean isOfOneModel() {
    return payload.format().equals(WireFormat.EMBEDDINGS);
  }

  /**
   * Whether it may be sent again after a provider may have carried it out. What is only passed on
   * may change something, unless its method rules that out (RFC 9110, 9.2.2).
   */
  public boolean isRepeatable() {
    return task != Task.PASS || payload.forwarding().isIdempotent();
  }

  /** The number of answers that the client requests. */
  public int choices() {
    return answer.choices();
  }

  /**
   * Estimates the usage of an answer that began and broke after {@code characters}: at least one
   * token was made. Counting tokens uses none, nor does what is only passed on.
   */
  public Usage brokenUsage(long characters) {
    boolean usesTokens = task == Task.ANSWER || task == Task.FORWARD;
    return usesTokens ? estimatedUsage(Math.max(1, characters)) : Usage.NONE;
  }

  /**
   * Estimates the usage of an answer with {@code characters} characters, for a provider that
   * reports none.
   */
  public Usage estimatedUsage(long characters) {
    return new Usage(estimatedInputTokens, 0, Usage.estimatedTokens(characters));
  }
}
