package com.langdock.reliability.gateway.engine;

/**
 * Joins the text of a continuing answer to the text that was delivered; knows no JSON.
 *
 * <p><b>Idea.</b> A model that is asked to go on may go on, repeat the last words, begin again from
 * the start, begin again in other words, or apologize first. Its text is held back until it is
 * clear which; then what repeats is dropped and the rest passes, or the whole text is refused. What
 * was refused is never joined: two beginnings glued together are worse than an honest error.
 *
 * <p><b>Decision</b>, in this order, once the text neither repeats the delivered text from its
 * start nor may overlap its end any further, and has {@value Resemblance#FRESH_WORDS} words or
 * {@value #MAX_HELD} characters, or has ended:
 *
 * <ol>
 *   <li>It begins with all of the delivered text: that is dropped (unless that is but a number).
 *   <li>It begins with an end of the delivered text (an <i>overlap</i>) of {@value #LONG}
 *       characters or more: that is dropped.
 *   <li>It begins with a {@link Preamble}, or its beginning {@link Resemblance resembles} that of
 *       the delivered text without being it: refused.
 *   <li>It begins with white space that the delivered text ends in, or with its last word (a word
 *       that was cut in two is begun anew): that is dropped. A single character or a number is not:
 *       "1" after "1" may be eleven.
 *   <li>It goes on: all of it passes.
 * </ol>
 *
 * <p>An answer that ends while it still repeats the delivered text from the start has said less
 * than what was delivered: refused, unless it is exactly that text.
 *
 * <p><b>Limits.</b> An overlap is sought in the last {@value #REACH} characters. Held is at most
 * the delivered text and {@value #MAX_HELD} characters.
 *
 * <p>Refused: asking the model not to repeat and trusting it; dropping what is only similar, since
 * nobody knows which of two versions was meant.
 */
final class ContinuationJoiner {
  /** How far back an overlap is sought, in characters. */
  static final int REACH = 256;

  /** An overlap of this many characters is none by chance. */
  static final int LONG = 8;

  /** Text of so many characters that neither repeats nor overlaps is decided about. */
  static final int MAX_HELD = 256;

  private enum State {
    HOLDS,
    PASSES,
    REFUSED
  }

  private final String delivered;
  private final StringBuilder held = new StringBuilder();
  private State state;
  private boolean repeats = true;

  /** A joiner at the end of {@code delivered}; where that is empty, all text passes. */
  ContinuationJoiner(String delivered) {
    this.delivered = delivered;
    this.state = delivered.isEmpty() ? State.PASSES : State.HOLDS;
  }

  /** Whether the text is not a continuation; then nothing passes any more. */
  boolean isRefused() {
    return state == State.REFUSED;
  }

  /** What of the text so far may go to the client now, empty while that is not clear. */
  String add(String text) {
    if (state != State.HOLDS) {
      return state == State.PASSES ? text : "";
    }
    repeats = repeats && delivered.startsWith(text, held.length());
    held.append(text);
    return repeats || mayOverlapFurther() || !isEnough() ? "" : decide();
  }

  /** Whether there is enough to decide about: an exact repeat, or some words. */
  private boolean isEnough() {
    String text = held.toString();
    return text.length() >= MAX_HELD
        || (text.startsWith(delivered) && isTelling(delivered))
        || overlap(text) >= LONG
        || WordSplitter.count(text) > Resemblance.FRESH_WORDS;
  }

  /** What is left when the answer ends, or brings something else than text. */
  String end() {
    if (state != State.HOLDS || held.isEmpty()) {
      return "";
    }
    if (repeats && held.length() < delivered.length() && held.length() >= LONG) {
      state = State.REFUSED;
      return "";
    }
    return decide();
  }

  private String decide() {
    String text = held.toString();
    held.setLength(0);
    boolean anew = text.startsWith(delivered) && isTelling(delivered);
    int dropped = anew ? delivered.length() : overlap(text);
    if (!anew && dropped < LONG && isNoContinuation(text)) {
      state = State.REFUSED;
      return "";
    }
    state = State.PASSES;
    return text.substring(dropped);
  }

  private boolean isNoContinuation(String text) {
    return Preamble.startsWith(delivered, text)
        || Resemblance.of(delivered, text)
        || isNumberBegunAnew(text);
  }

  /** Whether all that was delivered is a number, and the new text begins with that very number. */
  private boolean isNumberBegunAnew(String text) {
    int length = delivered.length();
    return text.startsWith(delivered)
        && text.length() > length
        && !Character.isLetterOrDigit(text.charAt(length));
  }

  /** Whether to find {@code text} again is no chance: more than one character, and no number. */
  private static boolean isTelling(String text) {
    return text.length() > 1 && text.chars().anyMatch(Character::isLetter);
  }

  /** Whether all that is held is the beginning of some longer end of what was delivered. */
  private boolean mayOverlapFurther() {
    if (held.length() >= REACH) {
      return false;
    }
    int from = Math.max(0, delivered.length() - REACH);
    int at = delivered.indexOf(held.toString(), from);
    return at >= 0 && at + held.length() < delivered.length();
  }

  private int overlap(String text) {
    int most = Math.min(Math.min(text.length(), delivered.length()), REACH);
    for (int length = most; length > 0; length--) {
      int from = delivered.length() - length;
      if (text.startsWith(delivered.substring(from)) && isRepeat(from, length)) {
        return length;
      }
    }
    return 0;
  }

  private boolean isRepeat(int from, int length) {
    String end = delivered.substring(from);
    return length >= LONG || end.isBlank() || isLastWord(from, end);
  }

  /** Whether {@code end} is the last word, or the last few. */
  private boolean isLastWord(int from, String end) {
    boolean begins = from == 0 || !Character.isLetterOrDigit(delivered.charAt(from - 1));
    return begins && Character.isLetterOrDigit(end.charAt(0)) && isTelling(end);
  }
}
