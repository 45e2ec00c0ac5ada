package com.langdock.reliability.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamConfigTest {
  private static String provider(String url, String more) {
    return "providers: [{name: openai, base_url: '" + url + "', models: [gpt-4]" + more + "}]\n";
  }

  private static LoadedConfig load(Map<String, String> environment, String yaml) {
    return new ConfigLoader(environment).parse(yaml, List.of());
  }

  private static UpstreamConfig upstream(Map<String, String> environment, String yaml) {
    LoadedConfig config = load(environment, yaml);
    assertThat(config).isInstanceOf(Loaded.class);
    return ((Loaded) config).config().providers().getFirst().upstream();
  }

  private static List<String> problems(Map<String, String> environment, String yaml) {
    LoadedConfig config = load(environment, yaml);
    assertThat(config).isInstanceOf(Rejected.class);
    return ((Rejected) config).problems().stream().map(problem -> problem.in("f")).toList();
  }

  @Nested
  class Proxies {
    private static @Nullable String proxy(Map<String, String> environment, String yaml) {
      UpstreamConfig.Proxy proxy = upstream(environment, yaml).proxy();
      return proxy == null ? null : proxy.host() + ":" + proxy.port();
    }

    @Test
    void areNotUsedUnlessNamed() {
      assertThat(proxy(Map.of(), provider("https://h", ""))).isNull();
    }

    @Test
    void areTakenFromTheFile() {
      String yaml = "upstream: {proxy: 'http://p.test:3128'}\n" + provider("https://h", "");
      assertThat(proxy(Map.of("HTTPS_PROXY", "http://other.test:1"), yaml))
          .isEqualTo("p.test:3128");
    }

    @Test
    void mayBeAProvidersOwn() {
      String yaml =
          "upstream: {proxy: 'http://p.test:3128', no_proxy: '*'}\n"
              + provider("https://h", ", proxy: 'own.test:8080'");
      assertThat(proxy(Map.of(), yaml)).isEqualTo("own.test:8080");
      String none =
          "upstream: {proxy: 'http://p.test:3128'}\n" + provider("https://h", ", proxy: none");
      assertThat(proxy(Map.of(), none)).isNull();
    }

    @Test
    void anEmptyOneIsADirectConnection() {
      String yaml = "upstream: {proxy: '${NOWHERE:-}'}\n" + provider("https://h", "");
      assertThat(proxy(Map.of("HTTPS_PROXY", "http://p.test:1"), yaml)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
      "https://h, HTTPS_PROXY, p.test:1",
      "https://h, https_proxy, p.test:1",
      "https://h, HTTP_PROXY,",
      "http://h, HTTP_PROXY, p.test:1",
      "http://h, http_proxy, p.test:1",
      "http://h, HTTPS_PROXY,",
      "http://localhost:8001, HTTP_PROXY,",
      "http://127.0.0.9, HTTP_PROXY,",
      "http://127.evil.test, HTTP_PROXY, p.test:1",
    })
    void areTakenFromTheEnvironment(String url, String variable, @Nullable String expected) {
      assertThat(proxy(Map.of(variable, "http://p.test:1"), provider(url, ""))).isEqualTo(expected);
    }

    @Test
    void keepTheirCredentialsToThemselves() {
      String yaml = "upstream: {proxy: 'http://us%20er:p%40ss+secret@p.test:1'}\n";
      UpstreamConfig config = upstream(Map.of(), yaml + provider("https://h", ""));
      UpstreamConfig.Proxy proxy = Objects.requireNonNull(config.proxy());
      assertThat(proxy.user()).isEqualTo("us er");
      assertThat(proxy.password().reveal()).isEqualTo("p@ss+secret");
      assertThat(config.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
      "https://secret@p.test",
      "socks5://secret@p.test:1",
      "http://secret:x@:1",
      "http://p.test:99999",
      "http://sec ret",
    })
    void aWrongOneIsAProblemThatDoesNotShowIt(String proxy) {
      String yaml = "upstream: {proxy: '" + proxy + "'}\n" + provider("https://h", "");
      assertThat(problems(Map.of(), yaml))
          .containsExactly(
              "f:1: upstream.proxy: must be none or a proxy such as"
                  + " http://user:password@proxy.example.com:3128");
      assertThat(problems(Map.of("HTTPS_PROXY", proxy), provider("https://h", "")))
          .singleElement()
          .asString()
          .startsWith("f: HTTPS_PROXY: must be")
          .doesNotContain("secret");
    }
  }

  @Nested
  class NoProxies {
    @ParameterizedTest
    @CsvSource({
      "*, https://any.test, true",
      "example.com, https://example.com, true",
      "example.com, https://api.example.com, true",
      ".example.com, https://api.example.com, true",
      "*.example.com, https://api.example.com, true",
      "EXAMPLE.com, https://example.COM, true",
      "example.com, https://badexample.com, false",
      "a.test b.test, https://b.test, true",
      "example.com:443, https://example.com, true",
      "example.com:8443, https://example.com, false",
      "10.0.0.0/8, https://10.1.2.3, true",
      "10.0.0.0/8, https://11.1.2.3, false",
      "10.0.0.0/99, https://10.1.2.3, false",
      "127.0.0.1, http://127.0.0.1:8001, true",
      "[::1], http://[::1]:8001, true",
      "::1, http://[::1]:8001, true",
      "fd00::/8, http://[fd12::7]:8001, true",
      "'', https://any.test, false",
    })
    void matchAsTheVariableIsUsuallyRead(String list, String url, boolean matches) {
      assertThat(new NoProxy(list).contains(URI.create(url))).isEqualTo(matches);
    }
  }

  @Nested
  class Certificates {
    @TempDir private Path folder;

    private String file(String name, String text) throws IOException {
      return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String pem(String label, byte[] der) {
      String lines = Base64.getMimeEncoder().encodeToString(der);
      return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    @Test
    void ofTheJvmAreEnough() {
      assertThat(upstream(Map.of(), provider("https://h", "")).authorities()).isEmpty();
    }

    @Test
    void thatCannotBeReadAreAProblemWithItsLine() throws IOException {
      String none = file("none.pem", "no certificate at all\n");
      String broken = file("broken.pem", pem("CERTIFICATE", new byte[] {1, 2, 3}));
      String yaml =
          provider("https://h", ", tls: {ca: ['" + broken + "', '/no/such.pem']}")
              + "upstream: {ca: '"
              + none
              + "'}\n";
      assertThat(problems(Map.of(), yaml))
          .containsExactly(
              "f:1: providers[0].tls.ca[0]: has a certificate that cannot be read: " + broken,
              "f:1: providers[0].tls.ca[1]: does not exist: /no/such.pem",
              "f:2: upstream.ca: has no -----BEGIN CERTIFICATE-----: " + none);
    }

    @Test
    void ofTheEnvironmentAreReadOnlyWhereTlsIsSpoken() {
      Map<String, String> environment = Map.of("SSL_CERT_FILE", "/no/such.pem");
      assertThat(problems(environment, provider("https://h", "")))
          .containsExactly("f: SSL_CERT_FILE: does not exist: /no/such.pem");
      assertThat(upstream(environment, provider("http://h", "")).authorities()).isEmpty();
    }

    @Test
    void needAKeyAndAKeyNeedsThem() {
      assertThat(problems(Map.of(), provider("https://h", ", tls: {cert: 'a.pem'}")))
          .containsExactly("f:1: providers[0].tls.cert: needs both cert and key");
      assertThat(problems(Map.of(), provider("https://h", ", tls: {key: 'a.pem'}")))
          .containsExactly("f:1: providers[0].tls.key: needs both cert and key");
    }

    @Test
    void aKeyInAnotherFormSaysHowToConvertIt() throws Exception {
      byte[] der = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
      String cert = file("cert.pem", "nothing");
      for (String label : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
        String key = file("key.pem", pem(label, der));
        String tls = ", tls: {cert: '" + cert + "', key: '" + key + "'}";
        assertThat(problems(Map.of(), provider("https://h", tls)))
            .hasSize(2)
            .last()
            .asString()
            .startsWith("f:1: providers[0].tls.key: is ")
            .contains("openssl")
            .doesNotContain(Base64.getMimeEncoder().encodeToString(der).substring(0, 40));
      }
    }
  }

  @Test
  void aQueryIsSentButNotShown() {
    LoadedConfig config =
        load(Map.of(), provider("https://h.test/openai/?api-version=1&key=secret", ""));
    ProviderConfig provider = ((Loaded) config).config().providers().getFirst();
    assertThat(provider.baseUrl()).hasToString("https://h.test/openai?api-version=1&key=secret");
    assertThat(provider.address()).isEqualTo("https://h.test/openai");
    assertThat(config.toString()).doesNotContain("secret");
  }
}
