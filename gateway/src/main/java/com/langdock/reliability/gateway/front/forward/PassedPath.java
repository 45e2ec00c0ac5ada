package com.langdock.reliability.gateway.front.forward;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks the path and query of a request that is passed on. What servers read in different ways is
 * refused, so that no request leaves its route: empty segments, dots, and escapes of what separates
 * segments or is no text.
 */
final class PassedPath {
  private static final String CHARACTERS = "A-Za-z0-9._~!$&'()*+,=:@-";

  private static final Pattern SEGMENT =
      Pattern.compile("(?!\\.{1,2}$)([" + CHARACTERS + "]|%(?!00)[0-9A-F]{2})+");

  /** Escapes of a dot, the slashes, the percent sign and the characters that end a path. */
  private static final Pattern UNSAFE_ESCAPE =
      Pattern.compile("%(2E|2F|5C|25|3B|3F|23|[01][0-9A-F]|7F)");

  private static final Pattern QUERY = Pattern.compile("[\\x21-\\x7e&&[^\"<>\\\\^`{|}#]]*");

  /** The parameters in which clients of some APIs send their keys. */
  private static final Set<String> KEYS =
      Set.of("key", "api_key", "api-key", "apikey", "access_token");

  private PassedPath() {}

  /** Whether {@code rest}, what follows the route's path, may be passed on. */
  static boolean isSafe(String rest) {
    if (rest.isEmpty() || rest.equals("/")) {
      return true;
    }
    String plain = rest.endsWith("/") ? rest.substring(1, rest.length() - 1) : rest.substring(1);
    return Arrays.stream(plain.split("/", -1)).allMatch(PassedPath::isSafeSegment);
  }

  private static boolean isSafeSegment(String segment) {
    String upper = segment.toUpperCase(Locale.ROOT);
    return SEGMENT.matcher(upper).matches() && !UNSAFE_ESCAPE.matcher(upper).find();
  }

  /** Whether {@code query} may be passed on. */
  static boolean isSafeQuery(String query) {
    return QUERY.matcher(query).matches();
  }

  /** The query with its question mark and without the client's key; empty if nothing is left. */
  static String query(String query) {
    String kept =
        Arrays.stream(query.split("&"))
            .filter(parameter -> !KEYS.contains(name(parameter)))
            .collect(Collectors.joining("&"));
    return kept.isEmpty() ? "" : "?" + kept;
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    return name.toLowerCase(Locale.ROOT);
  }
}
