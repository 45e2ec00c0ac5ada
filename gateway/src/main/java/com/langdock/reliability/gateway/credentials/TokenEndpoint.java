package com.langdock.reliability.gateway.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of OAuth 2.0 that issues tokens.
 *
 * @param form of a POST; null for a GET
 * @param assertion a file whose content is sent as the client's assertion, read each time; null for
 *     none
 * @param proxy null for a direct connection
 */
public record TokenEndpoint(
    URI url,
    Map<String, String> headers,
    @Nullable String form,
    @Nullable Path assertion,
    @Nullable InetSocketAddress proxy)
    implements RefreshedCredential.Source<String> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int OK = 200;

  @Override
  public Issued<String> fetch() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIMEOUT);
    headers.forEach(request::header);
    if (form != null) {
      String token = assertion == null ? "" : Files.readString(assertion).strip();
      String proof = token.isEmpty() ? "" : "&client_assertion=" + URLEncoder.encode(token, UTF_8);
      request
          .header("content-type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(form + proof));
    }
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(TIMEOUT);
    if (proxy != null) {
      client.proxy(ProxySelector.of(proxy));
    }
    try (HttpClient open = client.build()) {
      var answer = open.send(request.build(), BodyHandlers.ofByteArray());
      return issued(answer.statusCode(), JsonBody.json(answer.body()));
    }
  }

  /** The token in an answer; {@code expires_in} is a number, or one in digits. */
  private static Issued<String> issued(int status, @Nullable JsonValue json) throws IOException {
    String token = JsonFields.text(json, "access_token");
    JsonValue seconds = JsonFields.value(json, "expires_in");
    if (status != OK || token == null || seconds == null) {
      String error = JsonFields.text(json, "error");
      throw new IOException("status " + status + (error == null ? "" : ", " + error));
    }
    String digits = seconds.kind() == JsonValue.Kind.STRING ? seconds.text() : seconds.raw();
    try {
      return new Issued<>(token, Duration.ofSeconds(Long.parseLong(digits)));
    } catch (NumberFormatException wrong) {
      throw new IOException("expires_in is no number", wrong);
    }
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "TokenEndpoint[" + url.getHost() + "]";
  }
}
