package com.langdock.reliability.gateway.front.forward;

import org.jspecify.annotations.Nullable;

/** Reads the parameters of a header's value, such as {@code ; name="file"} (RFC 9110, 5.6.6). */
final class HeaderParameters {
  private HeaderParameters() {}

  /**
   * The value of the parameter {@code name}, which is compared ignoring case; null if it is absent
   * or the parameters before it are not well formed.
   *
   * @param parameters what follows the first word of the header, beginning with a semicolon
   */
  static @Nullable String value(String parameters, String name) {
    int at = 0;
    while (at < parameters.length()) {
      int begin = skip(parameters, at);
      int equals = parameters.indexOf('=', begin);
      if (begin == at || equals < 0) {
        return null;
      }
      int value = equals + 1;
      int end = end(parameters, value);
      if (end < 0) {
        return null;
      }
      if (parameters.substring(begin, equals).strip().equalsIgnoreCase(name)) {
        return unquoted(parameters.substring(value, end).strip());
      }
      at = end;
    }
    return null;
  }

  /** Where the next parameter begins; {@code at} if there is no semicolon. */
  private static int skip(String parameters, int at) {
    int next = at;
    while (next < parameters.length() && " \t;".indexOf(parameters.charAt(next)) >= 0) {
      next++;
    }
    return next;
  }

  /** Where the value ends that begins at {@code from}; negative if its quote is not closed. */
  private static int end(String parameters, int from) {
    int at = from;
    while (at < parameters.length() && parameters.charAt(at) == ' ') {
      at++;
    }
    if (at == parameters.length() || parameters.charAt(at) != '"') {
      int end = parameters.indexOf(';', at);
      return end < 0 ? parameters.length() : end;
    }
    at++;
    while (at < parameters.length() && parameters.charAt(at) != '"') {
      at += parameters.charAt(at) == '\\' ? 2 : 1;
    }
    return at < parameters.length() ? at + 1 : -1;
  }

  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
  }
}
