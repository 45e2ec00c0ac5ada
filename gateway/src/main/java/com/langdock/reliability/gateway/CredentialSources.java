package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.config.UpstreamConfig;
import com.langdock.reliability.gateway.config.cloud.AwsConfig;
import com.langdock.reliability.gateway.config.cloud.AwsLogin;
import com.langdock.reliability.gateway.config.cloud.AwsRole;
import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.gateway.config.cloud.EntraLogin;
import com.langdock.reliability.gateway.config.cloud.GoogleLogin;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Source;
import com.langdock.reliability.gateway.credentials.TokenEndpoint;
import com.langdock.reliability.gateway.credentials.aws.AwsChain;
import com.langdock.reliability.gateway.credentials.aws.AwsSearch;
import com.langdock.reliability.gateway.credentials.google.GoogleCredentials;
import java.nio.file.Path;
import java.util.Map;

/** Where the credentials that a provider's configuration names are fetched. */
final class CredentialSources {
  private CredentialSources() {}

  /** A token of Entra ID. A machine's own endpoint, which has no form, is asked directly. */
  static Source<AccessToken> entra(ProviderConfig provider, EntraLogin login) {
    CredentialClient client = client(provider.upstream());
    return new TokenEndpoint(
        login.form() == null ? client.direct() : client,
        login.url(),
        login.headers(),
        login.form(),
        login.assertion());
  }

  /** A token of Google's. */
  static Source<AccessToken> google(ProviderConfig provider, GoogleLogin login, Ticker clock) {
    return new GoogleCredentials(
        new GoogleCredentials.Search(login.file(), login.usualFile(), login.metadataHost()),
        client(provider.upstream()),
        clock);
  }

  /**
   * Keys of AWS: those that a search finds, or the configured ones; or a role assumed with them.
   */
  static Source<AwsCredentials> aws(ProviderConfig provider, AwsConfig aws, Ticker clock) {
    AwsLogin login = aws.login() == null ? new AwsLogin(Map.of(), Path.of(""), null) : aws.login();
    AwsSearch search =
        new AwsSearch(login.environment(), login.home(), login.profile(), aws.region());
    AwsChain chain = new AwsChain(search, client(provider.upstream()), clock);
    Source<AwsCredentials> first = aws.keys() == null ? chain : fixed(aws.keys());
    AwsRole role = aws.role();
    return role == null ? first : chain.assuming(first, role.arn(), role.externalId());
  }

  private static Source<AwsCredentials> fixed(AwsConfig.Keys keys) {
    AwsCredentials credentials = credentials(keys);
    return () -> new Issued<>(credentials, Issued.UNLIMITED);
  }

  /** The configured keys. */
  static AwsCredentials credentials(AwsConfig.Keys keys) {
    Credential token = keys.sessionToken();
    return new AwsCredentials(
        keys.accessKeyId(), keys.secretAccessKey().reveal(), token == null ? null : token.reveal());
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
}
