package com.langdock.reliability.gateway.credentials.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import com.langdock.reliability.json.JsonText;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/** The key of a service account, with which it signs what it asks for (RFC 7523). */
record ServiceAccount(CredentialJson json) {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final long LIFETIME_SECONDS = 3_600;

  Issued<AccessToken> token(CredentialClient client, Ticker clock)
      throws IOException, InterruptedException {
    URI url = json.googleUrl("token_uri");
    String assertion = assertion(url, clock.unixMillis() / 1_000);
    return TokenAnswer.issued(
        client.ask(Forms.post(url, Map.of("grant_type", GRANT, "assertion", assertion))));
  }

  /** A signed statement of who asks for what. */
  private String assertion(URI audience, long nowSeconds) throws IOException {
    String header =
        "{\"alg\":\"RS256\",\"typ\":\"JWT\""
            + json.optional("private_key_id").map(id -> ",\"kid\":" + JsonText.quote(id)).orElse("")
            + "}";
    String claims =
        "{\"iss\":"
            + JsonText.quote(json.text("client_email"))
            + ",\"scope\":"
            + JsonText.quote(Forms.SCOPE)
            + ",\"aud\":"
            + JsonText.quote(audience.toString())
            + ",\"iat\":"
            + nowSeconds
            + ",\"exp\":"
            + (nowSeconds + LIFETIME_SECONDS)
            + "}";
    String signed = encoded(header.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + encoded(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new IOException(json.where() + " has in private_key no RSA key in PKCS #8");
    }
  }

  private PrivateKey key() throws IOException, GeneralSecurityException {
    String pem = json.text("private_key").replaceAll("-----[A-Z ]+-----", "");
    byte[] der = Base64.getMimeDecoder().decode(pem);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
