package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import com.langdock.reliability.yaml.Section;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What only providers at Azure have.
 *
 * @param apiVersion of the classic API with deployments in its paths; null for v1
 * @param login at Entra ID; null where the provider has a key
 */
public record AzureConfig(@Nullable String apiVersion, @Nullable EntraLogin login) {
  /** The path of the classic API. */
  static final String CLASSIC = "/openai";

  /** A date, and {@code -preview} for some. */
  private static final Predicate<String> VERSION =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?").asMatchPredicate();

  /** With a login, for a resource at {@code host}; {@code section} may say which. */
  AzureConfig loggedIn(Section section, String host) {
    return new AzureConfig(apiVersion, EntraLogin.read(section, host));
  }

  /** Reads {@code api_version}, which no other provider may have. */
  static Optional<AzureConfig> from(Section section, ProviderType type) {
    Optional<String> version = section.value("api_version").text();
    if (type != ProviderType.AZURE) {
      if (section.has("api_version")) {
        section.place("api_version").reject("is a setting of type azure");
      }
      return Optional.empty();
    }
    if (version.isPresent() && !VERSION.test(version.get())) {
      section.place("api_version").reject("must be a date such as 2024-10-21");
    }
    return Optional.of(new AzureConfig(version.orElse(null), null));
  }
}
