package com.langdock.reliability.gateway.credentials.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests for tokens. */
final class Forms {
  /** What a token is for. */
  static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private Forms() {}

  /** A POST of a form. */
  static HttpRequest.Builder post(URI url, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
