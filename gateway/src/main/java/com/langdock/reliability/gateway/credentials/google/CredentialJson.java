package com.langdock.reliability.gateway.credentials.google;

import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON of a credential.
 *
 * @param where its file, for messages
 */
record CredentialJson(String where, JsonValue json) {
  private static final String GOOGLE = ".googleapis.com";
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The text {@code name}. */
  String text(String name) throws IOException {
    return optional(name).orElseThrow(() -> new IOException(where + " has no text " + name));
  }

  Optional<String> optional(String name) {
    return Optional.ofNullable(JsonFields.text(json, name)).filter(text -> !text.isBlank());
  }

  CredentialJson object(String name) throws IOException {
    JsonValue inner = JsonFields.object(json, name);
    if (inner == null) {
      throw new IOException(where + " has no object " + name);
    }
    return new CredentialJson(where + ", " + name, inner);
  }

  /**
   * The address {@code name} of an endpoint of Google's. A file can name any, and what is sent
   * there is secret.
   */
  URI googleUrl(String name) throws IOException {
    URI url = url(name, text(name));
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    boolean isGoogle = "https".equalsIgnoreCase(url.getScheme()) && host.endsWith(GOOGLE);
    if (!isGoogle && !HERE.contains(host)) {
      throw new IOException(where + " has in " + name + " an address that is not Google's");
    }
    return url;
  }

  /** The address {@code name}, anywhere. */
  URI url(String name, String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IOException(where + " has in " + name + " no address", wrong);
    }
  }

  /** Whether {@code url} is on this machine, or a metadata server beside it. */
  boolean isBeside(URI url) {
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    return "http".equalsIgnoreCase(url.getScheme())
        && (HERE.contains(host) || host.startsWith("169.254."));
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "CredentialJson[" + where + "]";
  }
}
