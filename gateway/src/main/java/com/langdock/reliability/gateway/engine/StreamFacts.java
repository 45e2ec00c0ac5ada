package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.StreamPace;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Content;
import com.langdock.reliability.gateway.exchange.TokenReport;
import org.jspecify.annotations.Nullable;

/** What is known of one attempt's stream so far. */
final class StreamFacts {
  private final Exchange request;
  private long characters;
  private int finished;
  private boolean any;
  private boolean begun;
  private boolean content;
  private @Nullable TokenReport tokens;
  private long firstContentAt;
  private long lastChunkAt;
  private long longestGap;
  private int chunks;

  StreamFacts(Exchange request) {
    this.request = request;
  }

  /** The provider's answer begins: from now on it may cost. */
  void begin() {
    begun = true;
  }

  /** The answer is an error: without content it cost nothing. */
  void refuse() {
    begun = false;
  }

  /** Records a piece; true when it is the first that the client should see. */
  boolean add(Piece piece, long now) {
    any = true;
    characters += piece.text().length();
    finished += piece.finishes();
    TokenReport report = piece.reported();
    if (report != null) {
      tokens(report);
    }
    boolean first = !content && (piece.content() != Content.NONE || piece.finishes() > 0);
    if (piece instanceof Piece.Raw || piece.content() != Content.NONE || piece.finishes() > 0) {
      pace(first, now);
    }
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
  void tokens(TokenReport latest) {
    any = true;
    boolean larger = tokens == null || latest.usage().totalTokens() >= tokens.usage().totalTokens();
    tokens = larger ? latest : tokens;
  }

  /** What the provider said was used, null while it has not, or said what cannot be. */
  @Nullable TokenReport tokens() {
    return tokens == null || tokens.usage().isNone() ? null : tokens;
  }

  /** How many characters came. */
  long characters() {
    return characters;
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
    return finished >= request.choices();
  }

  /**
   * What was used: as the provider said, else the prompt's estimate and four characters to a token
   * of what came, at least one. A provider says it only at the end, and what it said before is too
   * little.
   */
  Usage usage() {
    Usage said = tokens == null ? Usage.NONE : tokens.usage();
    if (!content && !begun) {
      return said;
    }
    if (said.isNone()) {
      return isFinished() ? request.estimatedUsage(characters) : request.brokenUsage(characters);
    }
    long made = Usage.estimatedTokens(Math.max(1, characters));
    return isFinished() ? said : said.withOutputTokens(Math.max(said.outputTokens(), made));
  }
}
