package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Signer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a token that expires with each request.
 *
 * @param more headers that belong to the token, such as the project that pays
 */
public record BearerSigner(HeldCredential<String> token, Map<String, String> more)
    implements Signer {
  /** Copies the headers. */
  public BearerSigner {
    more = Map.copyOf(more);
  }

  @Override
  public Optional<Map<String, String>> sign(Outgoing request) {
    return token.current().map(this::headers);
  }

  private Map<String, String> headers(String value) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("authorization", "Bearer " + value);
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
