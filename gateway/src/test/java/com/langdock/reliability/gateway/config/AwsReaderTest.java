package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.langdock.reliability.gateway.config.cloud.AwsConfig;
import com.langdock.reliability.gateway.config.cloud.AwsLogin;
import com.langdock.reliability.gateway.config.cloud.AwsRole;
import com.langdock.reliability.gateway.config.cloud.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsReaderTest {
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s3", "AWS_REGION", "eu-west-1");

  private static LoadedConfig load(String settings, Map<String, String> environment) {
    String yaml = "providers: [{name: bedrock, models: [claude-sonnet-4-5]" + settings + "}]";
    return new ConfigLoader(environment).parse(yaml, List.of());
  }

  private static ProviderConfig provider(String settings, Map<String, String> environment) {
    LoadedConfig config = load(settings, environment);
    assertThat(config).isInstanceOf(LoadedConfig.Loaded.class);
    return ((LoadedConfig.Loaded) config).config().providers().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, https://bedrock-runtime.eu-west-1.amazonaws.com",
    "cn-north-1, https://bedrock-runtime.cn-north-1.amazonaws.com.cn",
  })
  void theRegionIsInTheAddress(String region, String address) {
    ProviderConfig provider = provider(", region: " + region + ", api_key: k", Map.of());
    assertThat(provider.baseUrl()).hasToString(address);
    assertThat(provider.aws()).isEqualTo(new AwsConfig(region, null, null, null));
  }

  @Test
  void keysAreThoseOfTheConfiguration() {
    String aws = ", region: eu-west-1, aws: {access_key_id: A, secret_access_key: b}";
    ProviderConfig provider = provider(aws, Map.of("AWS_BEARER_TOKEN_BEDROCK", "k"));
    assertThat(provider.apiKey()).isNull();
    assertThat(provider.aws())
        .isEqualTo(
            new AwsConfig(
                "eu-west-1", new AwsConfig.Keys("A", new Credential("b"), null), null, null));
    assertThat(provider.toString()).doesNotContain("secret");
  }

  @Test
  void withoutAKeyTheyAreLookedForWhereAwsDoes() {
    AwsConfig aws = Objects.requireNonNull(provider("", KEYS).aws());
    AwsLogin login = Objects.requireNonNull(aws.login());
    assertThat(aws.region()).isEqualTo("eu-west-1");
    assertThat(login.environment())
        .containsOnly(entry("AWS_ACCESS_KEY_ID", "AKID"), entry("AWS_SECRET_ACCESS_KEY", "s3"));
    assertThat(login.profile()).isNull();
    assertThat(aws.isFetched()).isTrue();
    assertThat(aws.toString()).doesNotContain("s3");
  }

  @Test
  void theRegionMayBeThatOfTheProfile(@TempDir Path home) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"),
        """
        [default]
        region = eu-west-1
        [profile  work]
        output = json
        region=us-west-2
        [profile none]
        """);
    Map<String, String> here = Map.of("HOME", home.toString());
    assertThat(regionOf("", here)).isEqualTo("eu-west-1");
    assertThat(regionOf(", aws: {profile: work}", here)).isEqualTo("us-west-2");
    assertThat(regionOf(", region: ca-central-1, aws: {profile: work}", here))
        .isEqualTo("ca-central-1");
    assertThat(regionOf("", Map.of("HOME", home.toString(), "AWS_PROFILE", "work")))
        .isEqualTo("us-west-2");
    assertThat(load(", aws: {profile: none}", here).toString()).contains("message=is required");
  }

  private static String regionOf(String settings, Map<String, String> environment) {
    return Objects.requireNonNull(provider(settings, environment).aws()).region();
  }

  @Test
  void aProfileAndARoleMayBeNamed() {
    AwsConfig aws =
        Objects.requireNonNull(
            provider(
                    ", region: eu-west-1, aws: {profile: work, external_id: x,"
                        + " role_arn: 'arn:aws:iam::123456789012:role/a/b'}",
                    Map.of("HOME", "/home/me"))
                .aws());
    AwsLogin login = Objects.requireNonNull(aws.login());
    assertThat(login.profile()).isEqualTo("work");
    assertThat(login.home()).isEqualTo(Path.of("/home/me"));
    assertThat(aws.role()).isEqualTo(new AwsRole("arn:aws:iam::123456789012:role/a/b", "x"));
  }

  @Test
  void aKeyOfBedrockComesBeforeThem() {
    ProviderConfig provider =
        provider(", region: eu-west-1", Map.of("AWS_BEARER_TOKEN_BEDROCK", "k"));
    assertThat(provider.apiKey()).isEqualTo(new Credential("k"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| region, message=is required",
        ", region: 'Europe!'| region, message=is no name of a region",
        ", region: eu-west-1, aws: {role_arn: r}| role_arn, message=must be a role such as",
        ", region: eu-west-1, aws: {external_id: r}| external_id, message=is of no use without",
        ", region: eu-west-1, api_key: k, aws: {profile: p}| aws, message=has a profile or a role"
            + " beside a key",
        ", region: eu-west-1, aws: {access_key_id: A}| secret_access_key, message=is required",
        ", type: openai, base_url: 'http://x', region: eu-west-1| region, message=is not a known"
            + " key",
      })
  void problemsAreNamed(String settings, String problem) {
    assertThat(load(settings, Map.of()).toString()).contains(problem);
  }
}
