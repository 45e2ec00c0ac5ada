package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Signer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends a token that expires with each request. */
public record BearerSigner(HeldCredential<AccessToken> token) implements Signer {
  @Override
  public Optional<Map<String, String>> sign(Outgoing request) {
    return token.current().map(BearerSigner::headers);
  }

  private static Map<String, String> headers(AccessToken token) {
    Map<String, String> headers = new HashMap<>(token.headers());
    headers.put("authorization", "Bearer " + token.value());
    return headers;
  }

  @Override
  public boolean isRenewable() {
    return token.isRenewable();
  }

  @Override
  public void renew(long sinceNanos, Runnable done) {
    token.renew(sinceNanos, done);
  }
}
