package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.Signer;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Signs requests to one service of AWS. Where the service refuses one and its clock shows another
 * time than this machine's, its time is used from then on. Thread-safe.
 */
public final class AwsSigner implements Signer {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final Duration TOLERATED = Duration.ofMinutes(4);

  private final URI baseUrl;
  private final Scope scope;
  private final HeldCredential<AwsCredentials> credentials;
  private final Ticker clock;

  /** From this machine's time to the service's. */
  private volatile Duration offset = Duration.ZERO;

  /** What a signature is for: a service such as {@code bedrock} in a region. */
  public record Scope(String region, String service) {}

  /** Signs requests to the service at {@code baseUrl}. */
  public AwsSigner(
      URI baseUrl, Scope scope, HeldCredential<AwsCredentials> credentials, Ticker clock) {
    this.baseUrl = baseUrl;
    this.scope = scope;
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public Optional<Map<String, String>> sign(Outgoing request) {
    return credentials.current().map(keys -> sign(request, keys));
  }

  /** The service accepts what is signed five minutes early or late. */
  @Override
  public boolean corrects(ReplyHead refusal) {
    String date = refusal.headers().value("date");
    boolean isRefused = refusal.status() == BAD_REQUEST || refusal.status() == FORBIDDEN;
    if (date == null || !isRefused) {
      return false;
    }
    try {
      Instant theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      Duration next = Duration.between(Instant.ofEpochMilli(clock.unixMillis()), theirs);
      boolean isFar = next.minus(offset).abs().compareTo(TOLERATED) > 0;
      offset = isFar ? next : offset;
      return isFar;
    } catch (DateTimeException noDate) {
      return false;
    }
  }

  @Override
  public boolean isRenewable() {
    return credentials.isRenewable();
  }

  @Override
  public void renew(long sinceNanos, Runnable done) {
    credentials.renew(sinceNanos, done);
  }

  private Map<String, String> sign(Outgoing request, AwsCredentials keys) {
    String[] target = request.path().split("\\?", 2);
    String own = target.length < 2 ? "" : target[1];
    String ofAll = Objects.requireNonNullElse(baseUrl.getRawQuery(), "");
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("host", baseUrl.getRawAuthority());
    Instant now = Instant.ofEpochMilli(clock.unixMillis()).plus(offset);
    return new AwsSignature(keys, scope.region(), scope.service(), now)
        .headers(
            new AwsSignature.Request(
                request.method(),
                baseUrl.getRawPath() + target[0],
                own.isEmpty() || ofAll.isEmpty() ? own + ofAll : own + "&" + ofAll,
                headers,
                request.content()));
  }
}
