package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads what only providers of AWS have: {@code region} and {@code aws}. */
final class AwsReader {
  private static final Predicate<String> REGION =
      Pattern.compile("[a-z]{2,}(-[a-z0-9]+){1,4}").asMatchPredicate();

  private static final Predicate<String> KEY = Pattern.compile("[\\x21-\\x7e]+").asMatchPredicate();

  private static final String NO_REGION = "us-east-1";

  private AwsReader() {}

  /** The settings of a provider, which is at AWS. */
  static AwsConfig read(Section section) {
    return new AwsConfig(region(section), section.section("aws", AwsReader::keys).orElse(null));
  }

  private static String region(Section section) {
    Optional<String> region =
        section
            .value("region")
            .text()
            .or(() -> variable(section, "AWS_REGION"))
            .or(() -> variable(section, "AWS_DEFAULT_REGION"));
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

  private static Optional<AwsConfig.Keys> keys(Section section) {
    Optional<String> id = section.value("access_key_id").secret();
    Optional<String> secret = section.value("secret_access_key").secret();
    Optional<String> token = section.value("session_token").secret();
    return keys(section, id, secret, token);
  }

  /** The same settings with keys: its own, else those of the environment, if it has some. */
  static AwsConfig withKeys(Section section, AwsConfig aws) {
    if (aws.keys() != null) {
      return aws;
    }
    return new AwsConfig(
        aws.region(),
        keys(
                section,
                variable(section, "AWS_ACCESS_KEY_ID"),
                variable(section, "AWS_SECRET_ACCESS_KEY"),
                variable(section, "AWS_SESSION_TOKEN"))
            .orElse(null));
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
