package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.AwsConfig;
import com.langdock.reliability.gateway.config.Credential;
import com.langdock.reliability.gateway.config.EntraLogin;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.UpstreamConfig;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.AwsSigner;
import com.langdock.reliability.gateway.credentials.RefreshedCredential;
import com.langdock.reliability.gateway.credentials.TokenEndpoint;
import com.langdock.reliability.gateway.exchange.Signer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The signers of one configuration's providers. Those of the next one take over the tokens of
 * logins that are unchanged.
 */
final class Signers implements AutoCloseable {
  /** The longest that a start or another configuration waits for first tokens. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final Map<EntraLogin, RefreshedCredential<String>> tokens = new HashMap<>();

  private Signers(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Begins without any. */
  static Signers none(Ticker ticker) {
    return new Signers(ticker);
  }

  /** The signers of the next configuration. Waits a while for the tokens that are new. */
  Signers next(List<ProviderConfig> providers) {
    Signers next = new Signers(ticker);
    for (ProviderConfig provider : providers) {
      if (provider.azure() != null && provider.azure().login() != null) {
        EntraLogin login = provider.azure().login();
        RefreshedCredential<String> kept = tokens.get(login);
        next.tokens.computeIfAbsent(login, _ -> kept == null ? started(provider, login) : kept);
      }
    }
    next.tokens.values().forEach(token -> token.awaitFirst(FIRST));
    return next;
  }

  private RefreshedCredential<String> started(ProviderConfig provider, EntraLogin login) {
    UpstreamConfig.Proxy proxy = provider.upstream().proxy();
    TokenEndpoint endpoint =
        new TokenEndpoint(
            login.url(),
            login.headers(),
            login.form(),
            login.assertion(),
            proxy == null || login.form() == null
                ? null
                : new InetSocketAddress(proxy.host(), proxy.port()));
    return new RefreshedCredential<>(provider.name(), endpoint, ticker).start();
  }

  /**
   * The signer of {@code provider}, which is one of the configuration; {@link Signer#NONE} where a
   * header has its key.
   */
  Signer of(ProviderConfig provider) {
    AwsConfig aws = provider.aws();
    if (aws != null && aws.keys() != null && provider.apiKey() == null) {
      return signer(provider, aws, aws.keys());
    }
    EntraLogin login = provider.azure() == null ? null : provider.azure().login();
    RefreshedCredential<String> token = login == null ? null : tokens.get(login);
    return token == null ? Signer.NONE : request -> bearer(token);
  }

  private Signer signer(ProviderConfig provider, AwsConfig aws, AwsConfig.Keys keys) {
    Credential token = keys.sessionToken();
    AwsCredentials credentials =
        new AwsCredentials(
            keys.accessKeyId(),
            keys.secretAccessKey().reveal(),
            token == null ? null : token.reveal());
    return new AwsSigner(provider.baseUrl(), aws.region(), credentials, ticker);
  }

  private static Map<String, String> bearer(RefreshedCredential<String> token) {
    return token
        .current()
        .map(value -> Map.of("authorization", "Bearer " + value))
        .orElse(Map.of());
  }

  /** Stops fetching what {@code next} has not taken over. */
  void closeBut(Signers next) {
    tokens.forEach((login, token) -> {
      if (!next.tokens.containsKey(login)) {
        token.close();
      }
    });
  }

  @Override
  public void close() {
    tokens.values().forEach(RefreshedCredential::close);
  }
}
