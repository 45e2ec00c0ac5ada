package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.UpstreamConfig;
import com.langdock.reliability.gateway.config.cloud.AwsConfig;
import com.langdock.reliability.gateway.config.cloud.AzureConfig;
import com.langdock.reliability.gateway.config.cloud.GoogleConfig;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.AwsSigner;
import com.langdock.reliability.gateway.credentials.BearerSigner;
import com.langdock.reliability.gateway.credentials.HeldCredential;
import com.langdock.reliability.gateway.credentials.RefreshedCredential;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Source;
import com.langdock.reliability.gateway.exchange.Signer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signers of one configuration's providers. Those of the next one take over the credentials of
 * logins that are unchanged.
 */
final class Signers implements AutoCloseable {
  /** The longest that a start or another configuration waits for first credentials. */
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final Ticker ticker;
  private final RandomGenerator random;
  private final Map<Login, RefreshedCredential<AccessToken>> tokens = new HashMap<>();
  private final Map<Login, RefreshedCredential<AwsCredentials>> keys = new HashMap<>();

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

  /** The signers of the next configuration. Waits a while for the credentials that are new. */
  Signers next(List<ProviderConfig> providers) {
    Signers next = new Signers(ticker, random);
    providers.forEach(provider -> add(provider, next));
    next.all().forEach(credential -> credential.awaitFirst(FIRST));
    return next;
  }

  private void add(ProviderConfig provider, Signers next) {
    Login login = login(provider);
    if (login == null) {
      return;
    }
    switch (provider.cloud()) {
      case AwsConfig aws ->
          keep(
              keys,
              next.keys,
              login,
              () -> start(provider, CredentialSources.aws(provider, aws, ticker)));
      case AzureConfig azure ->
          keep(
              tokens,
              next.tokens,
              login,
              () -> start(provider, CredentialSources.entra(provider, some(azure.login()))));
      case GoogleConfig google ->
          keep(
              tokens,
              next.tokens,
              login,
              () ->
                  start(
                      provider, CredentialSources.google(provider, some(google.login()), ticker)));
      case null -> throw new IllegalStateException(provider.name());
    }
  }

  /** What fetches the credential of {@code provider}; null if it stays the same. */
  private static @Nullable Login login(ProviderConfig provider) {
    Object what =
        switch (provider.cloud()) {
          case AwsConfig aws -> aws.isFetched() ? aws : null;
          case AzureConfig azure -> azure.login();
          case GoogleConfig google -> google.login();
          case null -> null;
        };
    return what == null ? null : new Login(what, provider.upstream());
  }

  private static <T> T some(@Nullable T login) {
    return Objects.requireNonNull(login);
  }

  private static <T> void keep(
      Map<Login, RefreshedCredential<T>> before,
      Map<Login, RefreshedCredential<T>> next,
      Login login,
      Supplier<RefreshedCredential<T>> start) {
    RefreshedCredential<T> kept = before.get(login);
    next.computeIfAbsent(login, _ -> kept == null ? start.get() : kept);
  }

  private <T> RefreshedCredential<T> start(ProviderConfig provider, Source<T> source) {
    return new RefreshedCredential<>(provider.name(), source, ticker, random).start();
  }

  private Stream<RefreshedCredential<?>> all() {
    return Stream.concat(tokens.values().stream(), keys.values().stream());
  }

  /**
   * The signer of {@code provider}, which is one of the configuration; {@link Signer#NONE} where a
   * header has its key.
   */
  Signer of(ProviderConfig provider) {
    Login login = login(provider);
    AwsConfig aws = provider.aws();
    if (aws != null && login != null) {
      return signer(provider, aws, some(keys.get(login)));
    }
    if (aws != null && aws.keys() != null) {
      AwsCredentials fixed = CredentialSources.credentials(aws.keys());
      return signer(provider, aws, new HeldCredential.Fixed<>(fixed));
    }
    return login == null ? Signer.NONE : new BearerSigner(some(tokens.get(login)));
  }

  private Signer signer(
      ProviderConfig provider, AwsConfig aws, HeldCredential<AwsCredentials> credential) {
    return new AwsSigner(
        provider.baseUrl(),
        new AwsSigner.Scope(aws.region(), service(provider)),
        credential,
        ticker);
  }

  /** The hosts of Bedrock's newer service have a domain of their own. */
  private static String service(ProviderConfig provider) {
    return provider.baseUrl().getHost().endsWith(".api.aws") ? "bedrock-mantle" : "bedrock";
  }

  /** Stops fetching what {@code next} has not taken over. */
  void closeBut(Signers next) {
    Set<RefreshedCredential<?>> kept = next.all().collect(Collectors.toSet());
    all().filter(credential -> !kept.contains(credential)).forEach(RefreshedCredential::close);
  }

  @Override
  public void close() {
    all().forEach(RefreshedCredential::close);
  }
}
