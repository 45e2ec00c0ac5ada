package com.langdock.reliability.mock.settings;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The shape of answers.
 *
 * @param answer the text to answer with; null for the usual one
 * @param chunks contents in a stream; null for one a word
 * @param toolCall whether to answer with a tool call
 * @param crlf whether event lines end in CRLF instead of LF
 * @param splitUtf8 whether writes of a stream end inside multi-byte characters
 */
public record Shape(
    @Nullable String answer,
    @Nullable Integer chunks,
    boolean toolCall,
    boolean crlf,
    boolean splitUtf8) {
  static final int MOST_CHUNKS = 10_000;

  private static final String ANSWER = "answer";
  private static final String CHUNKS = "chunks";
  private static final String TOOL_CALL = "tool_call";
  private static final String CRLF = "crlf";
  private static final String SPLIT_UTF8 = "split_utf8";

  static Shape read(Fields fields) {
    OptionalLong chunks = fields.whole(CHUNKS, 1, MOST_CHUNKS);
    return new Shape(
        fields.text(ANSWER).orElse(null),
        chunks.isPresent() ? (int) chunks.getAsLong() : null,
        fields.flag(TOOL_CALL, false),
        fields.flag(CRLF, false),
        fields.flag(SPLIT_UTF8, false));
  }

  void show(Map<String, @Nullable Object> shown) {
    shown.put(ANSWER, answer);
    shown.put(CHUNKS, chunks);
    shown.put(TOOL_CALL, toolCall);
    shown.put(CRLF, crlf);
    shown.put(SPLIT_UTF8, splitUtf8);
  }
}
