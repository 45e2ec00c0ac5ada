package com.langdock.reliability.gateway.streaming;

/**
 * Joins the text of a continuing answer to the text already delivered.
 *
 * <p><b>Idea.</b> A model that is asked to go on may begin again from the start, repeat the last
 * words, or go on. Its text is held back until it is clear which: what repeats from the start, or
 * overlaps the end, is dropped, and from then on everything passes.
 *
 * <p><b>An overlap</b> is an end of the delivered text that the new text begins with, and that is
 * long, or a whole last word (so a word cut in two is not stuttered), or white space. The longest
 * counts. It is sought in the last {@value #REACH} characters, so no more than that is held unless
 * the new text repeats from the start.
 *
 * <p>Refused: asking the model not to repeat and trusting it; comparing words without their exact
 * spelling, which drops text that was meant.
 */
final class Seam {
  /** How far back an overlap is sought, in characters. */
  static final int REACH = 256;

  /** An overlap of this many characters is none by chance. */
  static final int LONG = 8;

  private final String delivered;
  private final StringBuilder held = new StringBuilder();
  private boolean open = true;
  private boolean repeats = true;

  /** A seam at the end of {@code delivered}. */
  Seam(String delivered) {
    this.delivered = delivered;
  }

  /** Whether the text that passes is no longer compared. */
  boolean isPassed() {
    return !open;
  }

  /** What of the text so far may go to the client now, empty while that is not clear. */
  String add(String text) {
    if (!open) {
      return text;
    }
    repeats = repeats && delivered.startsWith(text, held.length());
    held.append(text);
    return repeats || mayOverlapFurther() ? "" : pass();
  }

  /** What is left when the answer ends while it is not clear. */
  String end() {
    if (!open) {
      return "";
    }
    String rest = pass();
    return repeats && held.length() >= LONG ? "" : rest;
  }

  private String pass() {
    open = false;
    String text = held.toString();
    return text.startsWith(delivered)
        ? text.substring(delivered.length())
        : text.substring(overlap(text));
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
      String end = delivered.substring(delivered.length() - length);
      if (text.startsWith(end) && counts(end)) {
        return length;
      }
    }
    return 0;
  }

  private boolean counts(String end) {
    return end.length() >= LONG || end.isBlank() || isLastWord(end);
  }

  private boolean isLastWord(String end) {
    int before = delivered.length() - end.length() - 1;
    boolean begins = before < 0 || !Character.isLetterOrDigit(delivered.charAt(before));
    return begins && end.chars().allMatch(Character::isLetterOrDigit);
  }
}
