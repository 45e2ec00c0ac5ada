package com.langdock.reliability.core.session;

/**
 * The traits of the answer that a request asks for.
 *
 * @param choices the answers asked for
 * @param logprobs whether the client wants probabilities of tokens
 * @param structured whether the answer must follow a schema, or be JSON
 * @param audio whether the answer is spoken
 * @param reasoning whether the request makes the model think first, so that content comes late
 */
public record AnswerTraits(
    int choices, boolean logprobs, boolean structured, boolean audio, boolean reasoning) {
  /** One answer in plain text. */
  public static final AnswerTraits PLAIN = new AnswerTraits(1, false, false, false, false);

  /** Whether the answer consists of one plain text, so that it can be continued. */
  boolean isPlain() {
    return choices == 1 && !logprobs && !structured && !audio;
  }
}
