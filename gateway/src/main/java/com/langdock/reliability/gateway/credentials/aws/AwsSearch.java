package com.langdock.reliability.gateway.credentials.aws;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where keys are looked for.
 *
 * @param environment variables by their names; the values may be secret
 * @param home the folder with {@code .aws}
 * @param profile in the files there, instead of the whole search; null for none
 * @param region whose token service is asked
 */
public record AwsSearch(
    Map<String, String> environment, Path home, @Nullable String profile, String region) {
  /** Copies the map. */
  public AwsSearch {
    environment = Map.copyOf(environment);
  }

  /** The variable {@code name}, unless it is empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /** The file of the variable {@code name}, else {@code usual} in the folder {@code .aws}. */
  Path file(String name, String usual) {
    return variable(name).map(this::path).orElse(home.resolve(".aws").resolve(usual));
  }

  /** A path that may begin with the home's sign. */
  Path path(String text) {
    return text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
  }

  /** The region's token service. */
  URI tokenService() {
    String suffix = region.startsWith("cn-") ? ".cn" : "";
    return variable("AWS_ENDPOINT_URL_STS")
        .map(url -> URI.create(url.replaceFirst("/+$", "")))
        .orElse(URI.create("https://sts." + region + ".amazonaws.com" + suffix));
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "AwsSearch[profile=" + profile + ", region=" + region + "]";
  }
}
