package com.langdock.reliability.gateway.engine;

import java.util.regex.Pattern;

/**
 * Tells whether a continuing answer begins with words about itself: an apology, an assurance, an
 * announcement of what follows.
 *
 * <p>The same words may be the answer's own (a letter that apologizes, a person who speaks), so
 * where the delivered text has just opened a line, a quotation or a sentence that they can follow,
 * they count only when they also speak of an interruption.
 */
final class Preamble {
  /** So many characters are looked at. */
  private static final int REACH = 200;

  private static final Pattern APOLOGY =
      starts(
          "i(['’]m|\\s+am)\\s+(so |very |really |terribly )?sorry",
          "i\\s+(do |must |sincerely )?apologi[sz]e",
          "(my |our )?(sincere )?apologies",
          "sorry",
          "(es )?tut mir leid",
          "entschuldig",
          "ich entschuldige",
          "(je suis )?désolée?",
          "toutes mes excuses",
          "lo siento",
          "(pido )?disculpas?",
          "mi dispiace",
          "desculpe",
          "抱歉",
          "对不起",
          "很抱歉",
          "申し訳",
          "죄송");

  private static final Pattern ASSURANCE =
      starts(
          "(sure|certainly|of course|absolutely|understood|okay|ok|got it|no problem|right"
              + "|natürlich|gerne|bien sûr|claro|por supuesto)( thing)?[,.!:;–—-]");

  private static final Pattern ANNOUNCEMENT =
      starts(
          "(let me|let['’]s|i['’]ll|i will|i shall|allow me to)\\s+(now )?"
              + "(continue|resume|pick up|carry on|go on)",
          "(continuing|resuming|picking up)\\b"
              + ".{0,30}(from|where|left off|answer|response|:|…|\\.\\.\\.)",
          "here(['’]s|\\s+is)\\s+the\\s+(rest|continuation|remainder|remaining)",
          "as i was saying",
          "to continue (from|where|my|the (answer|response))",
          "\\(?\\[?continued\\b",
          "ich (fahre|mache).{0,20}(fort|weiter)",
          "hier ist (der rest|die fortsetzung)");

  private static final Pattern INTERRUPTION =
      Pattern.compile(
          "interrupt|cut (off|short)|left off|continu|resum|technical|disconnect"
              + "|(previous|earlier|last) (answer|response|message|reply)"
              + "|unterbrech|fortsetz|interromp|interrump",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private Preamble() {}

  /** Whether {@code text}, which follows {@code delivered}, begins with one. */
  static boolean startsWith(String delivered, String text) {
    String head = text.substring(0, Math.min(text.length(), REACH));
    String words = head.replaceFirst("^[\\s*_>#(\\[…—–.-]+", "");
    boolean bracketed = head.startsWith("(") || head.startsWith("[");
    if (words.isEmpty() || (Character.isLowerCase(words.codePointAt(0)) && !bracketed)) {
      return false;
    }
    boolean speaksOfIt = INTERRUPTION.matcher(head).find();
    boolean within = TextJoin.isWithinSentence(delivered);
    if (APOLOGY.matcher(words).find()) {
      return speaksOfIt || !(opensSpeech(delivered) || (within && head.startsWith(" ")));
    }
    if (ASSURANCE.matcher(words).find()) {
      return speaksOfIt || (within && !head.startsWith(" "));
    }
    return ANNOUNCEMENT.matcher(words).find();
  }

  /** Whether somebody else may be about to speak, or a new line has begun. */
  private static boolean opensSpeech(String delivered) {
    String ended = delivered.stripTrailing();
    boolean newLine = delivered.indexOf('\n', ended.length()) >= 0;
    return newLine || ended.isEmpty() || "\"“„«‘':(".indexOf(ended.charAt(ended.length() - 1)) >= 0;
  }

  private static Pattern starts(String... ways) {
    return Pattern.compile(
        "^(" + String.join("|", ways) + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
