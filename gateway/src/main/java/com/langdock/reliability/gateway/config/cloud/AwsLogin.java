package com.langdock.reliability.gateway.config.cloud;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where keys of AWS are looked for.
 *
 * @param environment the variables that AWS's own programs read; the values may be secret
 * @param home the folder with {@code .aws}
 * @param profile in the files there, instead of the whole search; null for none
 */
public record AwsLogin(Map<String, String> environment, Path home, @Nullable String profile) {
  private static final List<String> SECRET =
      List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN");

  /** Copies the map. */
  public AwsLogin {
    environment = Map.copyOf(environment);
  }

  /** The secrets in the environment. */
  public List<String> secrets() {
    return SECRET.stream().map(name -> environment.getOrDefault(name, "")).toList();
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "AwsLogin[profile=" + profile + ", environment=" + environment.keySet() + "]";
  }
}
