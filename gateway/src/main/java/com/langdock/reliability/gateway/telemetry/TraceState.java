package com.langdock.reliability.gateway.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code tracestate}: a list of {@code key=value}, as defined by the W3C's Trace Context.
 */
final class TraceState {
  private static final int MAX_MEMBERS = 32;

  /** A limit of ours, at least 512: providers refuse requests with long headers. */
  private static final int MAX_LENGTH = 4096;

  private static final String KEY_CHARACTER = "[a-z0-9_*/-]";

  /** A key is a name of at most 256 characters, or one of 241 at one of 14. */
  private static final String KEY =
      "[a-z0-9]KEY{0,255}|[a-z0-9]KEY{0,240}@[a-z]KEY{0,13}".replace("KEY", KEY_CHARACTER);

  /** Printable, without commas and equals signs, and with no space at the end. */
  private static final String VALUE = "[ -+\\--<>-~]{0,255}[!-+\\--<>-~]";

  private static final Pattern MEMBER = Pattern.compile("(" + KEY + ")=" + VALUE);

  private TraceState() {}

  /** The headers as one; null when they are empty or not valid. */
  static @Nullable String valid(List<String> headers) {
    String list = String.join(",", headers);
    String[] members = list.split(",", -1);
    if (list.length() > MAX_LENGTH || members.length > MAX_MEMBERS) {
      return null;
    }
    boolean any = Arrays.stream(members).anyMatch(member -> !member.isBlank());
    boolean valid = Arrays.stream(members).map(String::strip).allMatch(TraceState::isMember);
    return any && valid ? list : null;
  }

  /** Members may be empty. */
  private static boolean isMember(String text) {
    return text.isEmpty() || MEMBER.matcher(text).matches();
  }
}
