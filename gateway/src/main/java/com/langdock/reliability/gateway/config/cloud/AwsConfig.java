package com.langdock.reliability.gateway.config.cloud;

import com.langdock.reliability.yaml.Section;
import org.jspecify.annotations.Nullable;

/**
 * How a provider of AWS is asked.
 *
 * @param region such as {@code eu-central-1}
 * @param keys that sign each request; null for none
 * @param role a role to assume with the keys that the login finds; null for none
 * @param login finds keys where AWS's own programs look for them; null where there is a key
 */
public record AwsConfig(
    String region, @Nullable Keys keys, @Nullable AwsRole role, @Nullable AwsLogin login)
    implements Cloud {
  /** The region in the address of a type of AWS. */
  private static final String USUAL_REGION = "us-east-1";

  /**
   * Keys of AWS.
   *
   * @param accessKeyId names the secret one, and is not secret itself
   * @param sessionToken null for keys of a user
   */
  public record Keys(
      String accessKeyId, Credential secretAccessKey, @Nullable Credential sessionToken) {}

  /** Another region is at another address, and China has a domain of its own. */
  @Override
  public String address(String usual) {
    return usual.replace(USUAL_REGION, region) + (region.startsWith("cn-") ? ".cn" : "");
  }

  @Override
  public boolean hasKeys() {
    return keys != null;
  }

  /** Whether its keys are fetched, and then fetched again. */
  public boolean isFetched() {
    return login != null || (keys != null && role != null);
  }

  @Override
  public void rejectLogin(Section section) {
    if (login != null || role != null) {
      section.place("aws").reject("has a profile or a role beside a key");
    }
  }

  @Override
  public AwsConfig loggedIn(Section section, String host) {
    return keys == null ? AwsReader.loggedIn(section, this) : this;
  }
}
