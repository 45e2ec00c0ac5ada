package com.langdock.reliability.gateway.config.cloud;

import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what only providers of AWS have: {@code region} and {@code aws}. */
final class AwsReader {
  private static final Predicate<String> REGION =
      Pattern.compile("[a-z]{2,}(-[a-z0-9]+){1,4}").asMatchPredicate();

  private static final Predicate<String> KEY = Pattern.compile("[\\x21-\\x7e]+").asMatchPredicate();

  private static final Predicate<String> ROLE =
      Pattern.compile("arn:[\\w-]+:iam::\\d{12}:role/[\\w+=,.@/-]{1,600}").asMatchPredicate();

  private static final String NO_REGION = "us-east-1";

  /** The variables that lead to keys. */
  private static final List<String> VARIABLES =
      List.of(
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_ROLE_ARN",
          "AWS_ROLE_SESSION_NAME",
          "AWS_WEB_IDENTITY_TOKEN_FILE",
          "AWS_PROFILE",
          "AWS_SHARED_CREDENTIALS_FILE",
          "AWS_CONFIG_FILE",
          "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
          "AWS_EC2_METADATA_DISABLED",
          "AWS_EC2_METADATA_SERVICE_ENDPOINT",
          "AWS_ENDPOINT_URL_STS");

  private AwsReader() {}

  /** The settings of a provider, which is at AWS. */
  static AwsConfig read(Section section) {
    return section.section(
        "aws",
        aws -> {
          AwsLogin profile = profile(aws);
          String region = region(section, profile == null ? null : profile.profile());
          return new AwsConfig(region, keys(aws).orElse(null), role(aws).orElse(null), profile);
        });
  }

  /** A profile alone, until it is known whether there is a key. */
  private static @Nullable AwsLogin profile(Section aws) {
    return aws.value("profile")
        .text()
        .map(name -> new AwsLogin(Map.of(), Path.of(""), name))
        .orElse(null);
  }

  private static Optional<AwsRole> role(Section aws) {
    Optional<String> arn = aws.value("role_arn").text();
    Optional<String> externalId = aws.value("external_id").text();
    if (arn.isPresent() && !ROLE.test(arn.get())) {
      aws.place("role_arn").reject("must be a role such as arn:aws:iam::123456789012:role/name");
    }
    if (arn.isEmpty() && externalId.isPresent()) {
      aws.place("external_id").reject("is of no use without role_arn");
    }
    return arn.map(role -> new AwsRole(role, externalId.orElse(null)));
  }

  /** The same settings with a search for keys. */
  static AwsConfig loggedIn(Section section, AwsConfig aws) {
    Map<String, String> environment = new HashMap<>();
    for (String name : VARIABLES) {
      variable(section, name).ifPresent(value -> environment.put(name, value));
    }
    String home =
        variable(section, "HOME")
            .or(() -> variable(section, "USERPROFILE"))
            .orElse(System.getProperty("user.home", ""));
    String profile = aws.login() == null ? null : aws.login().profile();
    return new AwsConfig(
        aws.region(), null, aws.role(), new AwsLogin(environment, Path.of(home), profile));
  }

  private static String region(Section section, @Nullable String profile) {
    Optional<String> region =
        section
            .value("region")
            .text()
            .or(() -> variable(section, "AWS_REGION"))
            .or(() -> variable(section, "AWS_DEFAULT_REGION"))
            .or(() -> regionOfProfile(section, profile));
    if (region.isEmpty() || !REGION.test(region.get())) {
      section
          .place("region")
          .reject(
              region.isEmpty()
                  ? "is required, such as eu-central-1, here or in AWS_REGION"
                  : "is no name of a region, such as eu-central-1");
      return NO_REGION;
    }
    return region.get();
  }

  private static Optional<String> regionOfProfile(Section section, @Nullable String profile) {
    String name = profile == null ? variable(section, "AWS_PROFILE").orElse("default") : profile;
    return variable(section, "AWS_CONFIG_FILE")
        .map(Path::of)
        .or(() -> variable(section, "HOME").map(home -> Path.of(home, ".aws", "config")))
        .or(() -> variable(section, "USERPROFILE").map(home -> Path.of(home, ".aws", "config")))
        .flatMap(file -> AwsConfigFile.region(file, name));
  }

  private static Optional<AwsConfig.Keys> keys(Section section) {
    Optional<String> id = section.value("access_key_id").secret();
    Optional<String> secret = section.value("secret_access_key").secret();
    Optional<String> token = section.value("session_token").secret();
    return keys(section, id, secret, token);
  }

  private static Optional<String> variable(Section section, String name) {
    return section.environment(name).map(Item::value).filter(value -> !value.isEmpty());
  }

  private static Optional<AwsConfig.Keys> keys(
      Section section, Optional<String> id, Optional<String> secret, Optional<String> token) {
    if (id.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    check(section, "access_key_id", id);
    check(section, "secret_access_key", secret);
    token.ifPresent(some -> check(section, "session_token", token));
    return Optional.of(
        new AwsConfig.Keys(
            id.orElse(""),
            new Credential(secret.orElse("")),
            token.map(Credential::new).orElse(null)));
  }

  private static void check(Section section, String name, Optional<String> key) {
    if (key.isEmpty()) {
      section.place(name).reject("is required beside the other key");
    } else if (!KEY.test(key.get())) {
      section.place(name).reject("has a space, line break or other sign that no key has");
    }
  }
}
