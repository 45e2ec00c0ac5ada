package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Signer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Signs requests to one service of AWS. Thread-safe. */
public final class AwsSigner implements Signer {
  private static final String SERVICE = "bedrock";

  private final URI baseUrl;
  private final String region;
  private final AwsCredentials credentials;
  private final Ticker clock;

  /** Signs requests to Bedrock at {@code baseUrl} with keys that stay the same. */
  public AwsSigner(URI baseUrl, String region, AwsCredentials credentials, Ticker clock) {
    this.baseUrl = baseUrl;
    this.region = region;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Map<String, String> sign(Outgoing request) {
    String[] target = request.path().split("\\?", 2);
    String own = target.length < 2 ? "" : target[1];
    String ofAll = Objects.requireNonNullElse(baseUrl.getRawQuery(), "");
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("host", baseUrl.getRawAuthority());
    Instant now = Instant.ofEpochMilli(clock.unixMillis());
    return new AwsSignature(credentials, region, SERVICE, now)
        .headers(
            new AwsSignature.Request(
                request.method(),
                baseUrl.getRawPath() + target[0],
                own.isEmpty() || ofAll.isEmpty() ? own + ofAll : own + "&" + ofAll,
                headers,
                request.body()));
  }
}
