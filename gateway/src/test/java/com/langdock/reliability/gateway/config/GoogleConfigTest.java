package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.cloud.GoogleConfig;
import com.langdock.reliability.gateway.config.cloud.GoogleLogin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleConfigTest {
  private static LoadedConfig load(String settings, Map<String, String> environment) {
    String yaml = "providers: [{name: vertex, models: [gemini-2.5-flash]" + settings + "}]";
    return new ConfigLoader(environment).parse(yaml, List.of());
  }

  private static ProviderConfig provider(String settings, Map<String, String> environment) {
    LoadedConfig config = load(settings, environment);
    assertThat(config).isInstanceOf(LoadedConfig.Loaded.class);
    return ((LoadedConfig.Loaded) config).config().providers().getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "europe-west1, https://europe-west1-aiplatform.googleapis.com",
    "global, https://aiplatform.googleapis.com",
    "eu, https://aiplatform.eu.rep.googleapis.com",
  })
  void theLocationIsInTheAddress(String location, String host) {
    ProviderConfig provider = provider(", project: my-p, location: " + location, Map.of());
    assertThat(provider.baseUrl()).hasToString(host + "/v1/projects/my-p/locations/" + location);
  }

  @Test
  void projectAndLocationMayBeInTheEnvironment() {
    ProviderConfig provider =
        provider("", Map.of("GOOGLE_CLOUD_PROJECT", "my-p", "HOME", "/home/me"));
    assertThat(provider.cloud())
        .isEqualTo(
            new GoogleConfig(
                "my-p",
                "global",
                new GoogleLogin(
                    null,
                    Path.of("/home/me/.config/gcloud/application_default_credentials.json"),
                    "metadata.google.internal")));
  }

  @Test
  void anotherAddressGetsThePath() {
    assertThat(provider(", project: my-p, base_url: 'http://localhost:1'", Map.of()).baseUrl())
        .hasToString("http://localhost:1/v1/projects/my-p/locations/global");
  }

  @Test
  void theFileOfTheConfigurationComesFirst() {
    Map<String, String> environment =
        Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/e.json", "CLOUDSDK_CONFIG", "/sdk");
    GoogleLogin named =
        new GoogleLogin(
            Path.of("/f.json"),
            Path.of("/sdk/application_default_credentials.json"),
            "metadata.google.internal");
    assertThat(provider(", project: my-p, credentials_file: /f.json", environment).cloud())
        .isEqualTo(new GoogleConfig("my-p", "global", named));
    assertThat(provider(", project: my-p", environment).cloud())
        .isEqualTo(
            new GoogleConfig(
                "my-p",
                "global",
                new GoogleLogin(Path.of("/e.json"), named.usualFile(), named.metadataHost())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| project, message=is required",
        ", project: 'Not one'| project, message=is no id of a project",
        ", project: my-p, location: 'x/y'| location, message=is no location",
        ", project: my-p, api_key: k, credentials_file: f| credentials_file, message=is set beside",
        ", type: openai, base_url: 'http://x', project: my-p| project, message=is not a known key",
      })
  void problemsAreNamed(String settings, String problem) {
    assertThat(load(settings, Map.of()).toString()).contains(problem);
  }
}
