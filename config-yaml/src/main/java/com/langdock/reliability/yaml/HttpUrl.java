package com.langdock.reliability.yaml;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The URL of a service: http or https, a host, perhaps a port, a path and a query. */
final class HttpUrl {
  private static final int MAX_PORT = 65_535;

  private HttpUrl() {}

  /** The URL, empty if it is wrong. Messages do not contain it, because it may contain a key. */
  static Optional<URI> read(String text, SourceLocation place) {
    try {
      URI url = new URI(text);
      Optional<String> fault = faultOf(url);
      fault.ifPresent(place::reject);
      return fault.isPresent() ? Optional.empty() : Optional.of(url);
    } catch (URISyntaxException _) {
      place.reject("must be a URL such as https://api.openai.com/v1");
      return Optional.empty();
    }
  }

  private static Optional<String> faultOf(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.of("must begin with http:// or https://");
    }
    String authority = url.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      return Optional.of("must not contain a user or password; use api_key or headers");
    }
    if (url.getHost() == null) {
      return Optional.of("needs a host name of letters, digits, dots and dashes");
    }
    if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
      return Optional.of("has a port that is not from 1 to " + MAX_PORT);
    }
    return url.getRawFragment() == null
        ? Optional.empty()
        : Optional.of("must end with its path or its query, without #");
  }
}
