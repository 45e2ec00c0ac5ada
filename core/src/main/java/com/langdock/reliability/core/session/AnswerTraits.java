package com.langdock.reliability.core.session;

/**
 * What a request asks of its answer, as far as it decides whether another target could continue it.
 *
 * @param choices the answers asked for
 * @param logprobs whether the client wants probabilities of tokens
 * @param structured whether the answer must follow a schema, or be JSON
 * @param audio whether the answer is spoken
 */
public record AnswerTraits(int choices, boolean logprobs, boolean structured, boolean audio) {
  /** One answer in plain text. */
  public static final AnswerTraits PLAIN = new AnswerTraits(1, false, false, false);

  /** Whether the text of the answer is all there is to it, so that it can be continued. */
  boolean isPlain() {
    return choices == 1 && !logprobs && !structured && !audio;
  }
}
