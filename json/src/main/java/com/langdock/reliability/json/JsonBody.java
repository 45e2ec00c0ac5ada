package com.langdock.reliability.json;

import org.jspecify.annotations.Nullable;

/** Reads the body of a provider's answer. */
public final class JsonBody {
  private JsonBody() {}

  /** The JSON in {@code body}, null if it is not JSON. */
  public static @Nullable JsonValue json(byte[] body) {
    return json(body, body.length);
  }

  /** The JSON in the first {@code length} bytes of {@code body}, null if they are not JSON. */
  public static @Nullable JsonValue json(byte[] body, int length) {
    try {
      return JsonValue.parse(body, length, JsonTape.MAX_ENTRIES);
    } catch (MalformedJsonException e) {
      return null; // the caller says what an unreadable answer means
    }
  }

  /** Whether the body consists of white space. */
  public static boolean isBlank(byte[] body) {
    for (byte octet : body) {
      if (octet < 0 || octet > ' ') {
        return false;
      }
    }
    return true;
  }
}
