package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A client's valid request: its bytes, and what validation read of them.
 *
 * @param body as the client sent it
 * @param root the same, readable
 * @param preferredProvider null when the client named none
 * @param clientId null when the client named none
 * @param includeUsage whether the client wants usage at the end of a stream
 * @param choices the answers asked for ({@code n})
 * @param hasTools whether the model may call tools
 * @param logprobs whether the client wants probabilities of tokens
 * @param jsonOutput whether the answer must be JSON
 * @param audioOutput whether the answer is spoken
 * @param reasoning whether the request makes the model think first
 * @param maxOutputTokens asked for, empty when the client did not say
 * @param estimatedInputTokens of the messages, about
 * @param endsWithAssistant whether the last message is the assistant's own, to be gone on from
 */
public record ChatRequest(
    byte[] body,
    JsonValue root,
    String model,
    @Nullable String preferredProvider,
    @Nullable String clientId,
    boolean stream,
    boolean includeUsage,
    int choices,
    boolean hasTools,
    boolean logprobs,
    boolean jsonOutput,
    boolean audioOutput,
    boolean reasoning,
    OptionalLong maxOutputTokens,
    long estimatedInputTokens,
    boolean endsWithAssistant) {

  /** What an answer of so many characters used, where its provider does not say. */
  public Usage estimatedUsage(long characters) {
    return new Usage(estimatedInputTokens, 0, Usage.estimatedTokens(characters));
  }

  /**
   * The same request in other words.
   *
   * @param otherBody valid JSON
   */
  public ChatRequest with(byte[] otherBody) {
    return new ChatRequest(
        otherBody,
        Objects.requireNonNull(JsonBody.json(otherBody)),
        model,
        preferredProvider,
        clientId,
        stream,
        includeUsage,
        choices,
        hasTools,
        logprobs,
        jsonOutput,
        audioOutput,
        reasoning,
        maxOutputTokens,
        estimatedInputTokens,
        endsWithAssistant);
  }
}
