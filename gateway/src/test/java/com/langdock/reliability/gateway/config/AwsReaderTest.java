package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
    assertThat(provider.aws()).isEqualTo(new AwsConfig(region, null));
  }

  @Test
  void keysAreThoseOfTheConfiguration() {
    String aws = ", region: eu-west-1, aws: {access_key_id: A, secret_access_key: b}";
    ProviderConfig provider = provider(aws, Map.of("AWS_BEARER_TOKEN_BEDROCK", "k"));
    assertThat(provider.apiKey()).isNull();
    assertThat(provider.aws())
        .isEqualTo(new AwsConfig("eu-west-1", new AwsConfig.Keys("A", new Credential("b"), null)));
    assertThat(provider.toString()).doesNotContain("secret");
  }

  @Test
  void keysMayBeInTheEnvironment() {
    ProviderConfig provider = provider("", KEYS);
    assertThat(provider.aws())
        .isEqualTo(
            new AwsConfig("eu-west-1", new AwsConfig.Keys("AKID", new Credential("s3"), null)));
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
        ", region: eu-west-1, aws: {access_key_id: A}| secret_access_key, message=is required",
        ", type: openai, base_url: 'http://x', region: eu-west-1| region, message=is not a known"
            + " key",
      })
  void problemsAreNamed(String settings, String problem) {
    assertThat(load(settings, Map.of()).toString()).contains(problem);
  }
}
