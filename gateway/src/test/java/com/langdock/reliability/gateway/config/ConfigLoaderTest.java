package com.langdock.reliability.gateway.config;

import static com.langdock.reliability.gateway.config.Configs.PROVIDERS;
import static com.langdock.reliability.gateway.config.Configs.file;
import static com.langdock.reliability.gateway.config.Configs.loaded;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import com.langdock.reliability.gateway.config.ObservabilityConfig.LogLevel;
import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import com.langdock.reliability.gateway.config.access.BodyLimits;
import com.langdock.reliability.gateway.config.cloud.Credential;
import com.langdock.reliability.yaml.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigLoaderTest {
  @Nested
  final class Defaults {
    private final GatewayConfig config = loaded(PROVIDERS);

    @Test
    void ofTheServerAreTheDocumentedOnes() {
      assertThat(config.server())
          .isEqualTo(
              new ServerConfig(
                  "0.0.0.0",
                  8080,
                  new ServerConfig.Input(
                      new BodyLimits(33_554_432, Map.of()),
                      new WebSocketConfig(true, Duration.ofMinutes(60), Duration.ofMinutes(10))),
                  new ServerConfig.Stop(Duration.ofSeconds(5), Duration.ofSeconds(30)),
                  false,
                  new ServerConfig.Capacity(0, 10_000),
                  new ServerConfig.Connections(
                      ServerConfig.Transport.AUTO, TrustedProxies.NONE, false, null)));
    }

    @Test
    void ofRetriesAreTheDocumentedOnes() {
      assertThat(config.retry())
          .isEqualTo(
              new RetryConfig(
                  5,
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(60),
                  true,
                  Duration.ofSeconds(5),
                  Duration.ofMinutes(5),
                  new RetryConfig.Budget(0.3, 10)));
    }

    @Test
    void ofTimeoutsAreTheDocumentedOnes() {
      assertThat(config.timeout())
          .isEqualTo(
              new TimeoutConfig(
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(30),
                  Duration.ofMinutes(5),
                  Duration.ofSeconds(10),
                  Duration.ofMinutes(10),
                  Duration.ofMinutes(10)));
    }

    @Test
    void ofTheBreakerAreTheDocumentedOnes() {
      assertThat(config.circuitBreaker())
          .isEqualTo(
              new BreakerConfig(
                  BreakerConfig.Scope.AUTO,
                  5,
                  0.5,
                  Duration.ofSeconds(30),
                  10,
                  Duration.ofSeconds(60),
                  1));
    }

    @Test
    void ofStreamsAndObservabilityAreTheDocumentedOnes() {
      assertThat(config.streaming())
          .isEqualTo(
              new StreamingConfig(
                  Duration.ofSeconds(15),
                  Duration.ofMinutes(5),
                  Duration.ofSeconds(15),
                  Duration.ofSeconds(20),
                  true,
                  StreamingConfig.OnBreak.CONTINUE));
      assertThat(config.observability())
          .isEqualTo(new ObservabilityConfig(LogLevel.INFO, 9090, "127.0.0.1", null, Set.of()));
    }

    @Test
    void ofAProviderAreNoKeyNoHeadersAndTheGlobalTimeouts() {
      ProviderConfig provider = config.providers().getFirst();
      assertThat(provider.api().speaks()).isEqualTo(ProviderType.OPENAI);
      assertThat(provider.apiKey()).isNull();
      assertThat(provider.priority()).isEqualTo(1);
      assertThat(provider.headers()).isEmpty();
      assertThat(provider.timeout()).isEqualTo(config.timeout());
      assertThat(config.fallbacks()).isEmpty();
    }
  }

  @Nested
  final class AFile {
    @Test
    void withEveryKeyEqualsTheDefaults() throws IOException {
      GatewayConfig full = loaded(file("full.yaml"));
      GatewayConfig least = loaded(PROVIDERS);
      assertThat(full.server()).isEqualTo(least.server());
      assertThat(full.retry()).isEqualTo(least.retry());
      assertThat(full.timeout()).isEqualTo(least.timeout());
      assertThat(full.circuitBreaker()).isEqualTo(least.circuitBreaker());
      assertThat(full.streaming()).isEqualTo(least.streaming());
      assertThat(full.observability()).isEqualTo(least.observability());
    }

    @Test
    void needsNoAddressAndNoKeyForGemini() {
      String yaml = "providers: [{name: gemini, models: [gemini-2.5-flash]}]";
      ProviderConfig provider = gemini(yaml, Map.of("GOOGLE_API_KEY", "google"));
      assertThat(provider.api().speaks()).isEqualTo(ProviderType.GEMINI);
      assertThat(provider.baseUrl())
          .hasToString("https://generativelanguage.googleapis.com/v1beta");
      assertThat(provider.apiKey()).isEqualTo(new Credential("google"));
      assertThat(gemini(yaml, Map.of("GEMINI_API_KEY", "own", "GOOGLE_API_KEY", "google")).apiKey())
          .isEqualTo(new Credential("own"));
    }

    @Test
    void prefersItsOwnAddressAndKeyForGemini() {
      String yaml =
          "providers: [{name: g, type: gemini, base_url: 'http://localhost:8003', api_key: k,"
              + " models: [gemini-2.5-flash]}]";
      ProviderConfig provider = gemini(yaml, Map.of("GEMINI_API_KEY", "own"));
      assertThat(provider.baseUrl()).hasToString("http://localhost:8003/v1beta");
      assertThat(provider.apiKey()).isEqualTo(new Credential("k"));
    }

    private ProviderConfig gemini(String yaml, Map<String, String> environment) {
      LoadedConfig config = new ConfigLoader(environment).parse(yaml, List.of());
      assertThat(config).isInstanceOf(LoadedConfig.Loaded.class);
      return ((LoadedConfig.Loaded) config).config().providers().getFirst();
    }

    @Test
    void givesItsProvidersAndFallbacks() throws IOException {
      GatewayConfig full = loaded(file("full.yaml"));
      ProviderConfig openai = full.providers().get(0);
      assertThat(openai.baseUrl()).hasToString("http://localhost:8001/v1");
      assertThat(openai.apiKey()).isEqualTo(new Credential("sk-first-secret-0001"));
      assertThat(openai.headers()).isEqualTo(Map.of("X-Team", "team-secret-0002"));
      assertThat(openai.timeout().read()).isEqualTo(Duration.ofSeconds(20));
      assertThat(openai.timeout().total()).isEqualTo(Duration.ofMinutes(10));
      assertThat(full.providers().get(1).api().speaks()).isEqualTo(ProviderType.ANTHROPIC);
      assertThat(full.fallbacks())
          .containsEntry("gpt-4", List.of("claude-3-opus"))
          .containsEntry("gpt-3.5-turbo", List.of("claude-3-sonnet"));
    }

    @Test
    void ofTheOriginalDesignLoadsUnchanged() throws IOException {
      GatewayConfig original = loaded(file("original.yaml"));
      assertThat(original.retry().maxAttempts()).isEqualTo(3);
      assertThat(original.providers())
          .extracting(ProviderConfig::baseUrl)
          .allSatisfy(url -> assertThat(url).hasToString("http://localhost:8001/v1"));
    }

    @Test
    void mayLeaveASectionEmptyAndShareValuesByAlias() {
      GatewayConfig config =
          loaded("retry:\nfallbacks: {}\ntimeout: {read: &wait 7s, connect: *wait}\n" + PROVIDERS);
      assertThat(config.timeout().connect()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @Nested
  final class SharedValues {
    @Test
    void mayBeAnchorsAndMerged() {
      GatewayConfig config =
          loaded(
              """
              x-common: &common {type: openai, api_key: k, priority: 3}
              providers:
                - {<<: *common, name: one, base_url: 'http://localhost:1', models: [gpt-4]}
                - <<: [*common]
                  name: two
                  priority: 7
                  base_url: 'http://localhost:2'
                  models: [gpt-4]
              """);
      assertThat(config.providers()).extracting(ProviderConfig::priority).containsExactly(3, 7);
      assertThat(config.providers().get(1).apiKey()).isEqualTo(new Credential("k"));
    }

    @Test
    void mayUseExtensionKeysAtTheTopOnly() {
      assertThat(Configs.problems("retry: {<<: 1}\n" + PROVIDERS))
          .containsExactly("1: retry: a merge (<<) needs a section, or a list of sections");
      assertThat(Configs.problems("retry: {x-a: 1}\n" + PROVIDERS)).hasSize(1);
    }
  }

  @Nested
  final class TheManagementPort {
    @Test
    void hasATokenAndNamesOfItsOwn() {
      ObservabilityConfig config =
          loaded(
                  PROVIDERS
                      + "observability: {host: 0.0.0.0, admin_token: 0123456789abcdef,"
                      + " allowed_hosts: [Gateway.internal]}")
              .observability();
      assertThat(config.adminToken()).isEqualTo(new Credential("0123456789abcdef"));
      assertThat(config.allowedHosts()).containsExactly("gateway.internal");
      assertThat(config.isLocal()).isFalse();
    }

    @Test
    void isLocalAtLoopbackAddressesOnly() {
      for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1")) {
        assertThat(LocalHost.is(host)).as(host).isTrue();
      }
      for (String host : List.of("0.0.0.0", "::", "10.0.0.1", "127.evil.test", "localhost.a")) {
        assertThat(LocalHost.is(host)).as(host).isFalse();
      }
    }
  }

  @Nested
  final class AProvider {
    private static ProviderConfig with(String keys) {
      return loaded("providers: [{name: groq, type: openai, " + keys + "}]").providers().getFirst();
    }

    @Test
    void keepsThePathOfItsUrlWithoutTheSlashAtTheEnd() {
      assertThat(with("base_url: 'https://h/openai/v1/', models: [a]").baseUrl())
          .hasToString("https://h/openai/v1");
      assertThat(with("base_url: 'HTTP://h:81/', models: [a]").baseUrl())
          .hasToString("http://h:81/v1");
      assertThat(with("base_url: 'http://h//v1', models: [a]").baseUrl())
          .hasToString("http://h//v1");
    }

    @Test
    void givesModelsOtherNamesUpstreamInTheFilesOrder() {
      assertThat(with("base_url: 'http://h', models: {z: y, a: b/c}").models())
          .containsExactly(Map.entry("z", "y"), Map.entry("a", "b/c"));
      assertThat(with("base_url: 'http://h', models: [z, a: b]").models())
          .containsExactly(Map.entry("z", "z"), Map.entry("a", "b"));
    }

    @Test
    void hasNoKeyWhereTheKeyIsEmpty() {
      assertThat(with("base_url: 'http://h', models: [a], api_key: '${EMPTY}'").apiKey()).isNull();
    }
  }

  @Nested
  final class TheEnvironment {
    @Test
    void givesValuesAndDefaults() {
      GatewayConfig config =
          loaded(
              "server: {port: '${PORT}'}\nproviders: [{name: openai, base_url: 'http://h',"
                  + " models: [m], headers: {X-A: 'a${NONE:-b}${EMPTY:-c}$${x}'}}]");
      assertThat(config.server().port()).isEqualTo(9999);
      assertThat(config.providers().getFirst().headers()).containsEntry("X-A", "abc${x}");
    }
  }

  @Nested
  final class TheFileItself {
    @TempDir Path folder;

    private List<ConfigProblem> problems(Path file) {
      LoadedConfig config = new ConfigLoader(Map.of()).load(file, List.of());
      assertThat(config).isInstanceOf(Rejected.class);
      return ((Rejected) config).problems();
    }

    @Test
    void isReadFromDisk() throws IOException {
      Path file = Files.writeString(folder.resolve("config.yaml"), "\uFEFF" + PROVIDERS);
      assertThat(new ConfigLoader(Map.of()).load(file, List.of())).isInstanceOf(Loaded.class);
    }

    @Test
    void mustExistAndBeAFile() {
      assertThat(problems(folder.resolve("none.yaml")))
          .containsExactly(new ConfigProblem(0, "", "does not exist"));
      assertThat(problems(folder)).containsExactly(new ConfigProblem(0, "", "is a directory"));
    }

    @Test
    void mustBeTextOfAtMostOneMebibyte() throws IOException {
      Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0});
      assertThat(problems(binary)).containsExactly(new ConfigProblem(0, "", "is not UTF-8 text"));
      Path large = Files.writeString(folder.resolve("large"), "#".repeat((1 << 20) + 1));
      assertThat(problems(large)).containsExactly(new ConfigProblem(0, "", "is larger than 1 MiB"));
    }
  }
}
