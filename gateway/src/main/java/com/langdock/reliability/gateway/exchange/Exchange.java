package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import org.jspecify.annotations.Nullable;

/**
 * A client's valid request, as far as the engine may know it.
 *
 * @param preferredProvider null when the client named none
 * @param clientId null when the client named none
 * @param stream whether the client wants the answer as a stream
 * @param answer what the request asks of its answer
 * @param estimatedInputTokens of the whole prompt
 * @param payload what the client sent
 */
public record Exchange(
    String model,
    @Nullable String preferredProvider,
    @Nullable String clientId,
    boolean stream,
    AnswerTraits answer,
    long estimatedInputTokens,
    Payload payload) {

  /** How many answers the client asked for. */
  public int choices() {
    return answer.choices();
  }

  /** The usage of an answer of so many characters, for a provider that reports none. */
  public Usage estimatedUsage(long characters) {
    return new Usage(estimatedInputTokens, 0, Usage.estimatedTokens(characters));
  }
}
