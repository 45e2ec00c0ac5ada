package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.config.AwsConfig;
import com.langdock.reliability.gateway.config.Credential;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.AwsSigner;
import com.langdock.reliability.gateway.exchange.Signer;

/** Makes what signs the requests to a provider. */
final class Signers {
  private Signers() {}

  /** The signer for {@code provider}; {@link Signer#NONE} where a header has its key. */
  static Signer of(ProviderConfig provider, Ticker clock) {
    AwsConfig aws = provider.aws();
    if (aws == null || aws.keys() == null || provider.apiKey() != null) {
      return Signer.NONE;
    }
    Credential token = aws.keys().sessionToken();
    AwsCredentials credentials =
        new AwsCredentials(
            aws.keys().accessKeyId(),
            aws.keys().secretAccessKey().reveal(),
            token == null ? null : token.reveal());
    return new AwsSigner(provider.baseUrl(), aws.region(), credentials, clock);
  }
}
