package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path such as {@code /v1beta/models/gemini-2.5-pro:generateContent}, taken apart. A model's name
 * may have slashes and colons.
 *
 * @param model decoded
 * @param method what is asked for
 */
record ModelPath(String model, Method method) {
  private static final List<String> PREFIXES =
      List.of("/v1beta/models/", "/v1/models/", "/v1alpha/models/");

  /** What can be asked of a model. */
  enum Method {
    GENERATE("generateContent"),
    STREAM("streamGenerateContent"),
    COUNT("countTokens");

    private final String ending;

    Method(String name) {
      this.ending = ":" + name;
    }

    /** The name in a path. */
    String wireName() {
      return ending.substring(1);
    }
  }

  /** The parts of {@code path}; null if it asks for none of the methods. */
  static @Nullable ModelPath of(String path) {
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix)) {
        for (Method method : Method.values()) {
          if (path.endsWith(method.ending)) {
            int end = path.length() - method.ending.length();
            return new ModelPath(decoded(path.substring(prefix.length(), end)), method);
          }
        }
      }
    }
    return null;
  }

  /** Whether {@code path} is that of the list of models. */
  static boolean isList(String path) {
    return PREFIXES.contains(path + "/");
  }

  /** The model that a page is about; null if {@code path} is not that of a model. */
  static @Nullable String page(String path) {
    for (String prefix : PREFIXES) {
      if (path.startsWith(prefix)) {
        return decoded(path.substring(prefix.length()));
      }
    }
    return null;
  }

  /** Whether the query asks for events; otherwise a stream is a JSON array. */
  static boolean asksForEvents(String query) {
    return List.of(query.split("&", -1)).contains("alt=sse");
  }

  /** Whether the query has a key, which Google takes there too. */
  static boolean hasKey(String query) {
    return query.startsWith("key=") || query.contains("&key=");
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return name;
    }
  }
}
