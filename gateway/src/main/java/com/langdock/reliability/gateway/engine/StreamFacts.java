package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.StreamPart.Chunk;
import com.langdock.reliability.gateway.exchange.StreamPart.Content;
import com.langdock.reliability.gateway.exchange.StreamPart.Tokens;
import org.jspecify.annotations.Nullable;

/** What is known of one attempt's stream so far. */
final class StreamFacts {
  private final Exchange request;
  private long characters;
  private int finished;
  private boolean any;
  private boolean content;
  private @Nullable Tokens tokens;
  private long firstContentAt;
  private long lastChunkAt;
  private long longestGap;
  private int chunks;

  StreamFacts(Exchange request) {
    this.request = request;
  }

  /** Takes note of a chunk; true when it is the first that the client should see. */
  boolean add(Chunk chunk, long now) {
    any = true;
    characters += chunk.text().length();
    finished += chunk.finished();
    if (chunk.tokens() != null) {
      tokens(chunk.tokens());
    }
    boolean first = !content && (chunk.content() != Content.NONE || chunk.finished() > 0);
    pace(first, now);
    content |= first;
    return first;
  }

  private void pace(boolean first, long now) {
    if (first) {
      firstContentAt = now;
    } else if (content) {
      chunks++;
      longestGap = Math.max(longestGap, now - lastChunkAt);
    }
    lastChunkAt = now;
  }

  /** How it flowed since its first content. */
  StreamPace pace() {
    return new StreamPace(chunks, lastChunkAt - firstContentAt, longestGap);
  }

  /** Records a report of what was used; of several the largest counts, of equal ones the last. */
  void tokens(Tokens latest) {
    any = true;
    boolean larger = tokens == null || latest.usage().totalTokens() >= tokens.usage().totalTokens();
    tokens = larger ? latest : tokens;
  }

  /** What the provider said was used, null while it has not, or said what cannot be. */
  @Nullable Tokens tokens() {
    return tokens == null || tokens.usage().isNone() ? null : tokens;
  }

  /** Whether anything came that belongs to an answer. */
  boolean hasAny() {
    return any;
  }

  /** Whether something came that a client sees. */
  boolean hasContent() {
    return content;
  }

  /** Whether a finish reason came. */
  boolean isFinished() {
    return finished > 0;
  }

  /** Whether every choice asked for has its finish reason. */
  boolean isAllFinished() {
    return finished >= request.answer().choices();
  }

  /**
   * What was used: as the provider said, else the prompt's estimate and four characters to a token
   * of what came. A provider says it only at the end, and what it said before is too little.
   */
  Usage usage() {
    Usage said = tokens == null ? Usage.NONE : tokens.usage();
    if (!content) {
      return said;
    }
    if (said.isNone()) {
      return request.estimatedUsage(characters);
    }
    return isFinished()
        ? said
        : said.withOutputTokens(Math.max(said.outputTokens(), Usage.estimatedTokens(characters)));
  }
}
