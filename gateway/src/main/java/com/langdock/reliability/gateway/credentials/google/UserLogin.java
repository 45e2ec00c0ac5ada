package com.langdock.reliability.gateway.credentials.google;

import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A user's login by Google's own program: a token for tokens. */
final class UserLogin {
  private static final URI USUAL = URI.create("https://oauth2.googleapis.com/token");

  private UserLogin() {}

  static Issued<AccessToken> token(CredentialJson json, CredentialClient client)
      throws IOException, InterruptedException {
    URI url = json.optional("token_uri").isPresent() ? json.googleUrl("token_uri") : USUAL;
    return TokenAnswer.issued(
        client.ask(
            Forms.post(
                url,
                Map.of(
                    "grant_type",
                    "refresh_token",
                    "client_id",
                    json.text("client_id"),
                    "client_secret",
                    json.text("client_secret"),
                    "refresh_token",
                    json.text("refresh_token")))));
  }
}
