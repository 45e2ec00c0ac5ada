package com.langdock.reliability.gateway.credentials.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.e2e.LoginServer;
import com.langdock.reliability.e2e.LoginServer.Given;
import com.langdock.reliability.e2e.LoginServer.Seen;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for keys before servers that play AWS's. */
@Tag("e2e")
class AwsChainE2eTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final String IN_AN_HOUR = "2026-11-30T11:00:00Z";
  private static final AwsCredentials KEYS = new AwsCredentials("ASIA1", "s3cret", "t0ken");
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

  @TempDir Path home;

  private final LoginServer server = new LoginServer(this::usual);
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void begin() {
    environment.put("AWS_ENDPOINT_URL_STS", server.url());
    environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Given usual(Seen seen) {
    return switch (seen.path()) {
      case "/" -> new Given(200, sts(IN_AN_HOUR));
      case "/latest/api/token" -> new Given(200, "metadata-token");
      case "/latest/meta-data/iam/security-credentials/" -> new Given(200, "my-role");
      default -> new Given(200, json(IN_AN_HOUR));
    };
  }

  private static String sts(String end) {
    return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><R><Credentials>"
        + "<AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s3cret</SecretAccessKey>"
        + "<SessionToken>t0ken</SessionToken><Expiration>"
        + end
        + "</Expiration></Credentials></R></AssumeRoleResponse>";
  }

  private static String json(String end) {
    return "{\"Code\":\"Success\",\"AccessKeyId\":\"ASIA1\",\"SecretAccessKey\":\"s3cret\","
        + "\"Token\":\"t0ken\",\"Expiration\":\""
        + end
        + "\"}";
  }

  private AwsChain chain(@Nullable String profile) {
    return new AwsChain(
        new AwsSearch(environment, home, profile, "eu-west-1"), CredentialClient.DIRECT, CLOCK);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(file), text);
  }

  private void assertGivesForAnHour(Source<AwsCredentials> source) throws Exception {
    Issued<AwsCredentials> issued = source.fetch();
    assertThat(issued.value()).isEqualTo(KEYS);
    assertThat(issued.lifetime()).isEqualTo(Duration.ofHours(1));
  }

  private void webIdentity() throws IOException {
    write("token", "jwt.of.pod\n");
    environment.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/r");
    environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", home.resolve("token").toString());
  }

  @Test
  void theEnvironmentComesFirst() throws Exception {
    webIdentity();
    environment.put("AWS_ACCESS_KEY_ID", "AKIA");
    environment.put("AWS_SECRET_ACCESS_KEY", "s");
    Issued<AwsCredentials> issued = chain(null).fetch();
    assertThat(issued.value()).isEqualTo(new AwsCredentials("AKIA", "s", null));
    assertThat(issued.lifetime()).isEqualTo(Issued.UNLIMITED);
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aWebIdentityIsExchangedAndItsFileReadEachTime() throws Exception {
    webIdentity();
    assertGivesForAnHour(chain(null));
    write("token", "next.jwt");
    assertGivesForAnHour(chain(null));
    assertThat(server.requests)
        .extracting(Seen::body)
        .containsExactly(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=llm-gateway"
                + "&WebIdentityToken=jwt.of.pod",
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=llm-gateway"
                + "&WebIdentityToken=next.jwt");
    assertThat(server.header("authorization", "/")).containsExactly("", "");
  }

  @Test
  void theRoleOfAProfileIsAssumedByASignedRequest() throws Exception {
    write(
        ".aws/config",
        """
        [profile work]
        role_arn = R
        source_profile = base
        external_id = x
        [profile base]
        aws_access_key_id = AKIABASE
        aws_secret_access_key = b
        """);
    assertGivesForAnHour(chain("work"));
    environment.put("AWS_PROFILE", "work");
    assertGivesForAnHour(chain(null));
    assertThat(server.requests.getFirst().body())
        .isEqualTo(
            "Action=AssumeRole&Version=2011-06-15&RoleArn=R&RoleSessionName=llm-gateway"
                + "&ExternalId=x");
    assertThat(server.header("authorization", "/").getFirst())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIABASE/20261130/eu-west-1/sts/aws4_request,");
  }

  @Test
  void theUsualProfileIsUsedIfItExists() throws Exception {
    write(".aws/credentials", "[default]\naws_access_key_id=D\naws_secret_access_key=d\n");
    assertThat(chain(null).fetch().value()).isEqualTo(new AwsCredentials("D", "d", null));
  }

  @Test
  void aContainersEndpointIsAskedWithItsToken() throws Exception {
    write("pod-token", "pod\n");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url() + "/v1/credentials");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "other");
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", home.resolve("pod-token").toString());
    assertGivesForAnHour(chain(null));
    assertThat(server.header("authorization", "/v1/credentials")).containsExactly("pod");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://192.0.2.1/x", "http://[2001:db8::1]/x", "ftp://localhost/x", "x"})
  void aContainersTokenIsSentNowhereElse(String url) {
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
    environment.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "secret");
    assertThatThrownBy(() -> chain(null).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be https")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aMachineIsAskedWithATokenOfItsOwn() throws Exception {
    assertGivesForAnHour(chain(null));
    assertThat(server.requests)
        .extracting(seen -> seen.method() + " " + seen.path())
        .containsExactly(
            "PUT /latest/api/token",
            "GET /latest/meta-data/iam/security-credentials/",
            "GET /latest/meta-data/iam/security-credentials/my-role");
    assertThat(server.header("x-aws-ec2-metadata-token", "iam"))
        .containsExactly("metadata-token", "metadata-token");
    assertThat(server.header("x-aws-ec2-metadata-token-ttl-seconds", "token"))
        .containsExactly("21600");
  }

  @Test
  void aMachineMayBeDisabled() {
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    assertThatThrownBy(() -> chain(null).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no keys of AWS")
        .hasMessageContaining("AWS_EC2_METADATA_DISABLED");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aRoleMayBeAssumedWithWhatIsFound() throws Exception {
    AwsChain chain = chain(null);
    assertGivesForAnHour(chain.assuming(chain, "arn:aws:iam::1:role/r", null));
    assertThat(server.header("x-amz-security-token", "/").getLast()).isEqualTo("t0ken");
    assertThat(server.requests.getLast().body()).startsWith("Action=AssumeRole&");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500| oops| status 500",
        "403| <E><Error><Code>AccessDenied</Code><Message>u</Message></Error></E>| AccessDenied",
        "200| {\"x\":1}| has no access key id",
        "200| <A><AccessKeyId>a</AccessKeyId></A>| has no access key id",
        "200| ''| has no access key id",
      })
  void aTokenServiceThatFailsIsNamed(int status, String body, String words) throws IOException {
    webIdentity();
    server.usual(seen -> new Given(status, body));
    assertThatThrownBy(() -> chain(null).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("jwt");
  }

  @Test
  void keysThatHaveEndedOrCannotBeSentAreRefused() throws IOException {
    webIdentity();
    server.usual(seen -> new Given(200, sts("2026-11-30T09:59:59Z")));
    assertThatThrownBy(() -> chain(null).fetch()).hasMessageContaining("ended already");
    server.usual(seen -> new Given(200, sts("soon")));
    assertThatThrownBy(() -> chain(null).fetch()).hasMessageContaining("whose end is no time");
    server.usual(seen -> new Given(200, sts(IN_AN_HOUR).replace("t0ken", "t\n0")));
    assertThatThrownBy(() -> chain(null).fetch()).hasMessageContaining("that no key has");
    write("token", "");
    assertThatThrownBy(() -> chain(null).fetch()).hasMessageContaining("is empty");
  }

  @ParameterizedTest
  @CsvSource({"404, ''", "200, '<html>'", "500, '{}'"})
  void aMachineThatFailsIsNamed(int status, String body) {
    server.usual(seen -> new Given(status, body));
    assertThatThrownBy(() -> chain(null).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metadata server");
  }

  @Test
  void aSlowMachineIsNotWaitedFor() {
    server.usual(seen -> new Given(200, "late", 5_000));
    assertThatThrownBy(() -> chain(null).fetch())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("metadata server");
  }

  @Test
  void aHugeAnswerIsRefused() {
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url() + "/huge");
    server.usual(seen -> new Given(200, json("x".repeat(400_000))));
    assertThatThrownBy(() -> chain(null).fetch()).isInstanceOf(IOException.class);
  }

  private void signedOn(String end) throws IOException {
    write(
        ".aws/config",
        """
        [profile person]
        sso_session = work
        sso_account_id = 12
        sso_role_name = a reader
        [sso-session work]
        sso_start_url = https://s.test
        sso_region = eu-west-3
        """);
    Files.createDirectories(home.resolve(".aws/sso/cache"));
    // The name is SHA-1 of "work".
    write(
        ".aws/sso/cache/e274eeff768c6396088ec6eb091f4bf4d47ab1e0.json",
        "{\"accessToken\":\"sso-token\",\"expiresAt\":\"" + end + "\"}");
    environment.put("AWS_ENDPOINT_URL_SSO", server.url());
  }

  @Test
  void aPersonsLoginGivesKeys() throws Exception {
    signedOn(IN_AN_HOUR);
    server.usual(seen ->
        new Given(
            200,
            "{\"roleCredentials\":{\"accessKeyId\":\"ASIA1\",\"secretAccessKey\":\"s3cret\","
                + "\"sessionToken\":\"t0ken\",\"expiration\":"
                + NOW.plusSeconds(3_600).toEpochMilli()
                + "}}"));
    assertGivesForAnHour(chain("person"));
    assertThat(server.requests)
        .singleElement()
        .satisfies(seen -> {
          assertThat(seen.path()).startsWith("/federation/credentials");
          assertThat(seen.headers()).containsEntry("x-amz-sso_bearer_token", "sso-token");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-30T09:59:59Z", "2026-11-30T09:00:00UTC"})
  void aLoginThatHasEndedIsToldWithWhatToDo(String end) throws IOException {
    signedOn(end);
    assertThatThrownBy(() -> chain("person").fetch())
        .hasMessage("the login of profile person has ended: aws sso login --profile person");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aLoginThatThePortalRefusesHasEnded() throws IOException {
    signedOn(IN_AN_HOUR);
    server.usual(seen -> new Given(401, "{\"message\":\"Session token not found\"}"));
    assertThatThrownBy(() -> chain("person").fetch()).hasMessageContaining("aws sso login");
  }
}
