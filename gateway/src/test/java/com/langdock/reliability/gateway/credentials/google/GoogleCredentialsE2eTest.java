package com.langdock.reliability.gateway.credentials.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.e2e.LoginServer;
import com.langdock.reliability.e2e.LoginServer.Given;
import com.langdock.reliability.e2e.LoginServer.Seen;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Application default credentials before servers that play Google's. */
@Tag("e2e")
class GoogleCredentialsE2eTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final Ticker CLOCK =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public long unixMillis() {
          return NOW.toEpochMilli();
        }
      };

  @TempDir Path folder;

  private final LoginServer server =
      new LoginServer(seen ->
          seen.path().contains("generateAccessToken")
              ? new Given(
                  200,
                  "{\"accessToken\":\"ya29.impersonated\","
                      + "\"expireTime\":\"2026-11-30T10:30:00Z\"}")
              : new Given(200, "{\"access_token\":\"ya29.own\",\"expires_in\":3599}"));

  @AfterEach
  void stop() {
    server.close();
  }

  private GoogleCredentials of(Path file) {
    return credentials(new GoogleCredentials.Search(file, null, "none"));
  }

  private static GoogleCredentials credentials(GoogleCredentials.Search search) {
    return new GoogleCredentials(search, CredentialClient.DIRECT, CLOCK);
  }

  private Path file(String json) throws IOException {
    Path file = folder.resolve("adc.json");
    Files.writeString(file, json.replace("'", "\"").replace("URL", server.url()));
    return file;
  }

  private static Map<String, String> form(Seen seen) {
    return Arrays.stream(seen.body().split("&", -1))
        .map(field -> field.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static String serviceAccount(String key) {
    return "{'type':'service_account','client_email':'me@p.iam.gserviceaccount.com',"
        + "'private_key_id':'k1','private_key':'"
        + key
        + "','token_uri':'URL/token'}";
  }

  @Test
  void aServiceAccountSignsWhatItAsksFor() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    Issued<AccessToken> issued = of(file(serviceAccount(pem))).fetch();

    assertThat(issued.value()).isEqualTo(new AccessToken("ya29.own"));
    assertThat(issued.lifetime()).isEqualTo(Duration.ofSeconds(3599));
    Map<String, String> form = form(server.requests.getFirst());
    assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    String[] parts = form.getOrDefault("assertion", "").split("\\.", -1);
    assertThat(decoded(parts[0]))
        .isEqualTo(JSON.readTree("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}"));
    JsonNode claims = decoded(parts[1]);
    assertThat(claims.path("iss").asString()).isEqualTo("me@p.iam.gserviceaccount.com");
    assertThat(claims.path("aud").asString()).isEqualTo(server.url() + "/token");
    assertThat(claims.path("scope").asString())
        .isEqualTo("https://www.googleapis.com/auth/cloud-platform");
    assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 3_600);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(pair.getPublic());
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  private static JsonNode decoded(String part) {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  @Test
  void aUsersLoginIsATokenForTokensAndNamesWhoPays() throws Exception {
    Issued<AccessToken> issued =
        of(file(
                "{'type':'authorized_user','client_id':'c','client_secret':'s',"
                    + "'refresh_token':'r','quota_project_id':'payer','token_uri':'URL/t'}"))
            .fetch();
    assertThat(issued.value())
        .isEqualTo(new AccessToken("ya29.own", Map.of("x-goog-user-project", "payer")));
    assertThat(form(server.requests.getFirst()))
        .isEqualTo(
            Map.of(
                "grant_type", "refresh_token",
                "client_id", "c",
                "client_secret", "s",
                "refresh_token", "r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject.jwt| {'file':'FILE'}",
        "{\"t\":\"subject.jwt\"}| {'file':'FILE','format':{'type':'json',"
            + "'subject_token_field_name':'t'}}",
      })
  void aTokenInAFileIsExchanged(String content, String source) throws Exception {
    Path token = folder.resolve("subject");
    Files.writeString(token, content + "\n");
    Issued<AccessToken> issued =
        of(file(federated(source.replace("FILE", token.toString()), ""))).fetch();
    assertThat(issued.value()).isEqualTo(new AccessToken("ya29.own"));
    assertThat(form(server.requests.getFirst()))
        .isEqualTo(
            Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "audience", "//iam.googleapis.com/pool",
                "scope", "https://www.googleapis.com/auth/cloud-platform",
                "requested_token_type", "urn:ietf:params:oauth:token-type:access_token",
                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt",
                "subject_token", "subject.jwt"));
  }

  private static String federated(String source, String more) {
    return "{'type':'external_account','audience':'//iam.googleapis.com/pool',"
        + "'subject_token_type':'urn:ietf:params:oauth:token-type:jwt','token_url':'URL/sts',"
        + more
        + "'credential_source':"
        + source
        + "}";
  }

  @Test
  void aTokenOfAUrlIsExchangedForAServiceAccounts() throws Exception {
    server.next(new Given(200, "subject.jwt"));
    Issued<AccessToken> issued =
        of(file(
                federated(
                    "{'url':'URL/subject','headers':{'X-Who':'me'}}",
                    "'service_account_impersonation_url':"
                        + "'URL/v1/projects/-/serviceAccounts/a:generateAccessToken',")))
            .fetch();
    assertThat(issued.value()).isEqualTo(new AccessToken("ya29.impersonated"));
    assertThat(issued.lifetime()).isEqualTo(Duration.ofMinutes(30));
    assertThat(server.header("x-who", "/subject")).containsExactly("me");
    assertThat(server.header("authorization", "generateAccessToken"))
        .containsExactly("Bearer ya29.own");
    assertThat(JSON.readTree(server.requests.getLast().body()).path("scope").path(0).asString())
        .isEqualTo("https://www.googleapis.com/auth/cloud-platform");
  }

  @Test
  void anAccountIsImpersonatedByAUser() throws Exception {
    Issued<AccessToken> issued =
        of(file(
                "{'type':'impersonated_service_account','delegates':['d'],"
                    + "'service_account_impersonation_url':'URL/x:generateAccessToken',"
                    + "'source_credentials':{'type':'authorized_user','client_id':'c',"
                    + "'client_secret':'s','refresh_token':'r','token_uri':'URL/t'}}"))
            .fetch();
    assertThat(issued.value()).isEqualTo(new AccessToken("ya29.impersonated"));
    assertThat(server.requests.getLast().body()).contains("\"delegates\":[\"d\"]");
  }

  @Test
  void theMachineIsAskedWhereThereIsNoFile() throws Exception {
    String host = URI.create(server.url()).getAuthority();
    Issued<AccessToken> issued =
        credentials(new GoogleCredentials.Search(null, folder.resolve("none.json"), host)).fetch();
    assertThat(issued.value()).isEqualTo(new AccessToken("ya29.own"));
    assertThat(server.header("metadata-flavor", "/computeMetadata/v1/instance/"))
        .containsExactly("Google");
  }

  @Test
  void theFileOfGooglesOwnProgramIsUsedIfItExists() throws Exception {
    Path usual =
        file(
            "{'type':'authorized_user','client_id':'c','client_secret':'s','refresh_token':'r',"
                + "'token_uri':'URL/t'}");
    assertThat(credentials(new GoogleCredentials.Search(null, usual, "none")).fetch().value())
        .isEqualTo(new AccessToken("ya29.own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'type':'gdch'}| a type that the gateway does not know",
        "{}| has no text type",
        "[| is no JSON",
        "{'type':'service_account','client_email':'m','private_key':'hidden','token_uri':'URL/t'}"
            + "| no RSA key",
        "{'type':'authorized_user','client_id':'c','client_secret':'hidden','refresh_token':'r',"
            + "'token_uri':'https://evil.example/t'}| that is not Google's",
        "{'type':'authorized_user','client_id':'c','client_secret':'hidden','refresh_token':'r',"
            + "'token_uri':'https://evilgoogleapis.com/t'}| that is not Google's",
        "{'type':'external_account','audience':'a','subject_token_type':'t','token_url':'URL/s',"
            + "'credential_source':{'executable':{'command':'hidden'}}}| has executable, which",
        "{'type':'external_account','audience':'a','subject_token_type':'t','token_url':'URL/s',"
            + "'credential_source':{'url':'http://192.0.2.1/hidden'}}| neither https nor",
      })
  void whatCannotBeUsedIsNamed(String json, String words) {
    assertThatThrownBy(() -> of(file(json)).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("hidden");
    assertThat(server.requests).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "400| {\"error\":\"invalid_grant\",\"error_description\":\"hidden\"}| invalid_grant",
        "500| <html>hidden</html>| status 500",
        "200| {\"access_token\":\"t\",\"expires_in\":0}| ended already",
        "200| {\"access_token\":\"t\",\"expires_in\":\"hidden\"}| expires_in is no number",
        "200| {\"access_token\":\"t hidden\",\"expires_in\":9}| that no header can have",
        "200| hidden| without a token",
      })
  void aTokenEndpointThatFailsIsNamed(int status, String body, String words) {
    server.usual(seen -> new Given(status, body));
    assertThatThrownBy(() ->
            of(file(
                    "{'type':'authorized_user','client_id':'c','client_secret':'s',"
                        + "'refresh_token':'r','token_uri':'URL/t'}"))
                .fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("hidden");
  }
}
