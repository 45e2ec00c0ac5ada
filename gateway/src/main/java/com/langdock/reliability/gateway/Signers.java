package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.AwsConfig;
import com.langdock.reliability.gateway.config.Credential;
import com.langdock.reliability.gateway.config.EntraLogin;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.UpstreamConfig;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.AwsSigner;
import com.langdock.reliability.gateway.credentials.BearerSigner;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.HeldCredential;
import com.langdock.reliability.gateway.credentials.RefreshedCredential;
import com.langdock.reliability.gateway.credentials.TokenEndpoint;
import com.langdock.reliability.gateway.exchange.Signer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The signers of one configuration's providers. Those of the next one take over the tokens of
 * logins that are unchanged.
 */
final class Signers implements AutoCloseable {
  /** The longest that a start or another configuration waits for first tokens. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final RandomGenerator random;
  private final Map<Login, RefreshedCredential<String>> tokens = new HashMap<>();

  /** A login, and how the endpoint that issues its credential is connected to. */
  private record Login(Object login, UpstreamConfig upstream) {}

  private Signers(Ticker ticker, RandomGenerator random) {
    this.ticker = ticker;
    this.random = random;
  }

  /**
   * Begins without any.
   *
   * @param random must allow calls from every thread
   */
  static Signers none(Ticker ticker, RandomGenerator random) {
    return new Signers(ticker, random);
  }

  /** The signers of the next configuration. Waits a while for the tokens that are new. */
  Signers next(List<ProviderConfig> providers) {
    Signers next = new Signers(ticker, random);
    for (ProviderConfig provider : providers) {
      if (provider.azure() != null && provider.azure().login() != null) {
        EntraLogin login = provider.azure().login();
        Login key = new Login(login, provider.upstream());
        RefreshedCredential<String> kept = tokens.get(key);
        next.tokens.computeIfAbsent(
            key, _ -> kept == null ? started(provider, endpoint(provider, login)) : kept);
      }
    }
    next.tokens.values().forEach(token -> token.awaitFirst(FIRST));
    return next;
  }

  private <T> RefreshedCredential<T> started(
      ProviderConfig provider, RefreshedCredential.Source<T> source) {
    return new RefreshedCredential<>(provider.name(), source, ticker, random).start();
  }

  /** A machine's own endpoint, which has no form, is never behind the proxy. */
  private static TokenEndpoint endpoint(ProviderConfig provider, EntraLogin login) {
    CredentialClient client = client(provider.upstream());
    return new TokenEndpoint(
        login.form() == null ? client.direct() : client,
        login.url(),
        login.headers(),
        login.form(),
        login.assertion());
  }

  private static CredentialClient client(UpstreamConfig upstream) {
    UpstreamConfig.Proxy proxy = upstream.proxy();
    return new CredentialClient(
        upstream.authorities(),
        proxy == null
            ? null
            : new CredentialClient.Proxy(
                proxy.host(), proxy.port(), proxy.user(), proxy.password().reveal()));
  }

  /**
   * The signer of {@code provider}, which is one of the configuration; {@link Signer#NONE} where a
   * header has its key.
   */
  Signer of(ProviderConfig provider) {
    AwsConfig aws = provider.aws();
    if (aws != null && aws.keys() != null && provider.apiKey() == null) {
      return signer(provider, aws, new HeldCredential.Fixed<>(credentials(aws.keys())));
    }
    EntraLogin login = provider.azure() == null ? null : provider.azure().login();
    RefreshedCredential<String> token =
        login == null ? null : tokens.get(new Login(login, provider.upstream()));
    return token == null ? Signer.NONE : new BearerSigner(token, Map.of());
  }

  private static AwsCredentials credentials(AwsConfig.Keys keys) {
    Credential token = keys.sessionToken();
    return new AwsCredentials(
        keys.accessKeyId(), keys.secretAccessKey().reveal(), token == null ? null : token.reveal());
  }

  private Signer signer(
      ProviderConfig provider, AwsConfig aws, HeldCredential<AwsCredentials> keys) {
    return new AwsSigner(
        provider.baseUrl(), new AwsSigner.Scope(aws.region(), "bedrock"), keys, ticker);
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
