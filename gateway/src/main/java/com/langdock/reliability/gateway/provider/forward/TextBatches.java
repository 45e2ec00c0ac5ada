package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Divides texts among calls, in order. */
final class TextBatches {
  /** Of the texts that have the most tokens for their length; most have four. */
  private static final int BYTES_PER_TOKEN = 3;

  private TextBatches() {}

  /**
   * The texts of each call of {@code api}. A text that is too long for any is alone in its call.
   */
  static List<List<String>> of(EmbeddingsCalls api, List<String> texts) {
    List<List<String>> batches = new ArrayList<>();
    int from = 0;
    long tokens = 0;
    for (int i = 0; i < texts.size(); i++) {
      long more = api.batchTokens() == Long.MAX_VALUE ? 0 : tokens(texts.get(i));
      boolean isFull = i - from == api.batch() || (i > from && tokens + more > api.batchTokens());
      if (isFull) {
        batches.add(texts.subList(from, i));
        from = i;
        tokens = 0;
      }
      tokens += more;
    }
    batches.add(texts.subList(from, texts.size()));
    return batches;
  }

  private static long tokens(String text) {
    return ((long) text.getBytes(UTF_8).length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }
}
