package com.langdock.reliability.gateway.exchange;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt adds to the head of the client's answer.
 *
 * @param status of the response
 * @param changes how the meaning of the provider's request differs from the client's
 * @param headers the provider's response headers for the client; see {@link
 *     ProviderFormat#answerHeaders}
 * @param contentType the media type of the answer; null for the usual one of the client's API
 */
public record AnswerHead(
    int status, RequestChanges changes, Map<String, String> headers, @Nullable String contentType) {
  /** The status of an answer, unless it was only passed on. */
  public static final int OK = 200;

  /** A head without additions. */
  public static final AnswerHead NONE = new AnswerHead(OK, RequestChanges.NONE, Map.of(), null);
}
