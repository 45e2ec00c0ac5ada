package com.langdock.reliability.gateway.config.cloud;

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
public record AzureConfig(@Nullable String apiVersion, @Nullable EntraLogin login)
    implements Cloud {
  /** The path of the classic API. */
  private static final String CLASSIC = "/openai";

  /** A date, and {@code -preview} for some. */
  private static final Predicate<String> VERSION =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?").asMatchPredicate();

  /**
   * Reads {@code api_version}.
   *
   * @param usual the path of the type, of which only OpenAI's has a classic API
   */
  static AzureConfig read(Section section, String usual) {
    Optional<String> version = section.value("api_version").text();
    if (version.isPresent() && !usual.startsWith(CLASSIC)) {
      section.place("api_version").reject("is a setting of type azure");
    } else if (version.isPresent() && !VERSION.test(version.get())) {
      section.place("api_version").reject("must be a date such as 2024-10-21");
    }
    return new AzureConfig(version.orElse(null), null);
  }

  /** Reports settings of Azure at a provider that is elsewhere. */
  static void reject(Section section) {
    if (section.value("api_version").text().isPresent()) {
      section.place("api_version").reject("is a setting of type azure");
    }
    if (section.has("entra")) {
      section.place("entra").reject("is a setting of type azure");
    }
    section.section("entra", EntraLogin::keys);
  }

  @Override
  public String address(String usual) {
    return apiVersion == null ? usual : CLASSIC;
  }

  @Override
  public AzureConfig loggedIn(Section section, String host) {
    return new AzureConfig(apiVersion, EntraLogin.read(section, host));
  }

  @Override
  public void rejectLogin(Section section) {
    if (section.has("entra")) {
      section.place("entra").reject("is set beside a key");
    }
    section.section("entra", EntraLogin::keys);
  }
}
