package com.langdock.reliability.gateway.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint of OAuth 2.0 that issues tokens.
 *
 * @param form of a POST; null for a GET
 * @param assertion a file whose content is sent as the client's assertion, read each time; null for
 *     none
 */
public record TokenEndpoint(
    CredentialClient client,
    URI url,
    Map<String, String> headers,
    @Nullable String form,
    @Nullable Path assertion)
    implements RefreshedCredential.Source<AccessToken> {
  @Override
  public Issued<AccessToken> fetch() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    headers.forEach(request::header);
    if (form != null) {
      String proof =
          assertion == null
              ? ""
              : "&client_assertion=" + URLEncoder.encode(CredentialFile.read(assertion), UTF_8);
      request
          .header("content-type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(form + proof));
    }
    return TokenAnswer.issued(client.ask(request));
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "TokenEndpoint[" + url.getHost() + "]";
  }
}
