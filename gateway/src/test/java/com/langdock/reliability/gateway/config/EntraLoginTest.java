package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.cloud.AzureConfig;
import com.langdock.reliability.gateway.config.cloud.EntraLogin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EntraLoginTest {
  private static LoadedConfig load(String more, Map<String, String> environment) {
    return new ConfigLoader(environment)
        .parse(
            "providers: [{name: azure, base_url: 'https://a.services.ai.azure.com', models: [m]"
                + more
                + "}]",
            List.of());
  }

  private static EntraLogin login(String more, Map<String, String> environment) {
    LoadedConfig.Loaded loaded = (LoadedConfig.Loaded) load(more, environment);
    AzureConfig azure = loaded.config().providers().getFirst().azure();
    return Objects.requireNonNull(Objects.requireNonNull(azure).login());
  }

  @Test
  void isByTheSecretOfTheFile() {
    EntraLogin login =
        login(", entra: {tenant: t, client_id: c, client_secret: 'a&b', scope: x}", Map.of());
    assertThat(login.url()).hasToString("https://login.microsoftonline.com/t/oauth2/v2.0/token");
    assertThat(login.form())
        .isEqualTo("grant_type=client_credentials&client_id=c&scope=x&client_secret=a%26b");
    assertThat(login).hasToString("EntraLogin[login.microsoftonline.com]");
  }

  @Test
  void isByWorkloadIdentityWhereTheEnvironmentHasIt() {
    EntraLogin login =
        login(
            "",
            Map.of(
                "AZURE_FEDERATED_TOKEN_FILE", "/var/token",
                "AZURE_TENANT_ID", "t",
                "AZURE_CLIENT_ID", "c",
                "AZURE_AUTHORITY_HOST", "https://login.example/"));
    assertThat(login.url()).hasToString("https://login.example/t/oauth2/v2.0/token");
    assertThat(login.form()).contains("scope=https%3A%2F%2Fai.azure.com%2F.default");
    assertThat(login.assertion()).isEqualTo(Path.of("/var/token"));
  }

  @Test
  void isByTheMachinesIdentityOtherwise() {
    EntraLogin login = login("", Map.of());
    assertThat(login.url())
        .hasToString(
            "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fai.azure.com");
    assertThat(login.headers()).isEqualTo(Map.of("Metadata", "true"));
    EntraLogin service =
        login("", Map.of("IDENTITY_ENDPOINT", "http://localhost:1/msi", "IDENTITY_HEADER", "h"));
    assertThat(service.url())
        .hasToString(
            "http://localhost:1/msi?api-version=2019-08-01"
                + "&resource=https%3A%2F%2Fai.azure.com");
    assertThat(service.headers()).isEqualTo(Map.of("X-IDENTITY-HEADER", "h"));
  }

  @Test
  void isRejectedWhereItIsIncompleteOrOfNoUse() {
    assertThat(load(", entra: {tenant: t}", Map.of())).isInstanceOf(LoadedConfig.Rejected.class);
    assertThat(load(", api_key: k, entra: {tenant: t}", Map.of()))
        .isInstanceOf(LoadedConfig.Rejected.class);
    assertThat(Configs.problems("providers: [{name: ollama, models: [m], entra: {tenant: t}}]"))
        .containsExactly("1: providers[0].entra: is a setting of type azure");
  }
}
