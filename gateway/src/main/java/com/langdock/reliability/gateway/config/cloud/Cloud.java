package com.langdock.reliability.gateway.config.cloud;

import com.langdock.reliability.yaml.Section;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What only a provider of one cloud has. */
public sealed interface Cloud permits AwsConfig, AzureConfig, GoogleConfig {
  /** The clouds. */
  enum Kind {
    /** Amazon's. */
    AWS,
    /** Microsoft's. */
    AZURE,
    /** Google's. */
    GOOGLE
  }

  /**
   * Reads the settings of a provider.
   *
   * @param kind null for a provider that is at none of them
   * @param usual the base URL of its type, or only a path
   */
  static Optional<Cloud> read(Section section, @Nullable Kind kind, String usual) {
    if (kind != Kind.AZURE) {
      AzureConfig.reject(section);
    }
    return switch (kind) {
      case AWS -> Optional.of(AwsReader.read(section));
      case AZURE -> Optional.of(AzureConfig.read(section, usual));
      case GOOGLE -> Optional.of(GoogleConfig.read(section));
      case null -> Optional.empty();
    };
  }

  /**
   * The base URL of the provider.
   *
   * @param usual that of its type, or only a path
   */
  String address(String usual);

  /** Whether it has keys of the cloud's own, which come before others. */
  default boolean hasKeys() {
    return false;
  }

  /**
   * The same with a login, for a provider without a key.
   *
   * @param host of the provider
   */
  Cloud loggedIn(Section section, String host);

  /** Reports a login that is of no use, since the provider has a key. */
  default void rejectLogin(Section section) {}
}
