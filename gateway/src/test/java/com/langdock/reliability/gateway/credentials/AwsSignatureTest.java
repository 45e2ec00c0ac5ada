package com.langdock.reliability.gateway.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.provider.Replies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AwsSignatureTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant TIME = Instant.parse("2026-03-04T05:06:07Z");
  private static final String SUITE = "specs/aws-sigv4-test-suite.json";

  private static Map<String, String> signed(AwsCredentials keys, String path, String body) {
    AwsSigner signer =
        new AwsSigner(
            URI.create("https://bedrock-runtime.eu-west-1.amazonaws.com"),
            new AwsSigner.Scope("eu-west-1", "bedrock"),
            new HeldCredential.Fixed<>(keys),
            new FixedClock(TIME));
    return signer.sign(Outgoing.post(path, body.getBytes(UTF_8))).orElseThrow();
  }

  @Test
  void onlyTheBytesOfALentBodyAreSigned() {
    Body.Lender lender =
        new Body.Lender() {
          @Override
          public Body lend(int length) {
            throw new AssertionError();
          }

          @Override
          public void giveBack(byte[] array) {}
        };
    AwsSigner signer =
        new AwsSigner(
            URI.create("https://bedrock-runtime.eu-west-1.amazonaws.com"),
            new AwsSigner.Scope("eu-west-1", "bedrock"),
            new HeldCredential.Fixed<>(new AwsCredentials("A", "b", "c")),
            new FixedClock(TIME));
    Body lent = Body.lent("{}and what was there before".getBytes(UTF_8), 2, lender);
    assertThat(signer.sign(new Outgoing("POST", "/p", Map.of(), lent, true)))
        .isEqualTo(signer.sign(Outgoing.post("/p", "{}".getBytes(UTF_8))));
  }

  /** The signatures were computed by a program of its own. */
  @Test
  void signsWhatIsSent() {
    assertThat(
            signed(
                new AwsCredentials("AKIDGARDEN", "water/the+beds", null),
                "/model/eu.amazon.nova-pro-v1%3A0/converse",
                "{\"messages\":[]}"))
        .containsEntry("x-amz-date", "20260304T050607Z")
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDGARDEN/20260304/eu-west-1/bedrock/aws4_request,"
                + " SignedHeaders=host;x-amz-date, "
                + "Signature=8e688160a7c47987990f4b0730e2dafe3287ce3cbd4da1b292ca5b6c7906f2c6")
        .hasSize(2);
  }

  @Test
  void signsTheTokenOfASession() {
    assertThat(
            signed(
                new AwsCredentials("AKIDGARDEN", "water/the+beds", "to/ken=="),
                "/model/a%2Fb/converse-stream?x=1",
                ""))
        .containsEntry("x-amz-security-token", "to/ken==")
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDGARDEN/20260304/eu-west-1/bedrock/aws4_request,"
                + " SignedHeaders=host;x-amz-date;x-amz-security-token, "
                + "Signature=d8b069f5ea5fa094fa63dcd586bf58f66d94805338986a655200dec4bc031279");
  }

  /** AWS's own cases, but for paths that HTTP clients normalize before they send them. */
  @Test
  void signsAsTheSuiteOfAwsDoes() throws IOException {
    Path suite = shared();
    Assumptions.assumeTrue(Files.exists(suite), "no suite beside the repository");
    int checked = 0;
    for (Map.Entry<String, JsonNode> one : JSON.readTree(Files.readString(suite)).properties()) {
      JsonNode context = JSON.readTree(one.getValue().path("context.json").asString());
      boolean isNormalized = one.getKey().endsWith("-normalized");
      boolean omitsToken = context.path("omit_session_token").asBoolean(false);
      if (!isNormalized && !omitsToken) {
        check(one.getKey(), one.getValue(), context);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private static void check(String name, JsonNode files, JsonNode context) {
    String[] parts = files.path("request.txt").asString().split("\n\n", 2);
    List<String> lines = parts[0].lines().toList();
    String[] start = lines.getFirst().split(" ", 2);
    String target = start[1].substring(0, start[1].lastIndexOf(' '));
    String[] address = target.split("\\?", 2);
    TreeMap<String, String> headers = new TreeMap<>();
    String last = "";
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith(" ")) {
        headers.merge(last, line.strip(), (one, more) -> one + " " + more);
      } else {
        last = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
        headers.merge(
            last, line.substring(last.length() + 1).strip(), (one, more) -> one + "," + more);
      }
    }
    JsonNode keys = context.path("credentials");
    String body = parts.length < 2 ? "" : parts[1];
    if (context.path("sign_body").asBoolean(false)) {
      headers.put("x-amz-content-sha256", hashIn(files));
    }
    AwsSignature signature =
        new AwsSignature(
            new AwsCredentials(
                keys.path("access_key_id").asString(),
                keys.path("secret_access_key").asString(),
                keys.has("token") ? keys.path("token").asString() : null),
            context.path("region").asString(),
            context.path("service").asString(),
            Instant.parse(context.path("timestamp").asString()));
    String query = address.length < 2 ? "" : address[1];
    assertThat(
            signature.headers(
                new AwsSignature.Request(
                    start[0], address[0], query, headers, Body.of(body.getBytes(UTF_8)))))
        .as(name)
        .extracting("authorization")
        .asString()
        .endsWith("Signature=" + files.path("header-signature.txt").asString().strip());
  }

  private static String hashIn(JsonNode files) {
    return files
        .path("header-canonical-request.txt")
        .asString()
        .lines()
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Path shared() {
    String given = System.getenv("SHARED_DIR");
    Path folder = Path.of("").toAbsolutePath();
    while (given == null && folder != null) {
      Path suite = folder.resolveSibling("shared").resolve(SUITE);
      if (Files.exists(suite)) {
        return suite;
      }
      folder = folder.getParent();
    }
    return Path.of(given == null ? "" : given, SUITE);
  }

  /** A refused request whose service has another time is signed with that from then on. */
  @Test
  void theTimeOfTheServiceIsLearnedFromARefusal() {
    AwsSigner signer = signer();
    ReplyHead ahead = Replies.head(403, Map.of("date", "Wed, 4 Mar 2026 06:06:07 GMT"));

    assertThat(signer.corrects(ahead)).isTrue();
    assertThat(signer.corrects(ahead)).isFalse();
    assertThat(signer.sign(Outgoing.post("/p", "{}".getBytes(UTF_8))).orElseThrow())
        .containsEntry("x-amz-date", "20260304T060607Z");
    assertThat(signer.corrects(Replies.head(403, Map.of("date", "Wed, 4 Mar 2026 05:06:07 GMT"))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "403, 'Wed, 4 Mar 2026 05:09:07 GMT'",
    "403, 'Wed, 4 Mar 2026 05:03:07 GMT'",
    "429, 'Wed, 4 Mar 2026 09:06:07 GMT'",
    "403, tomorrow",
    "403,",
  })
  void otherRefusalsLeaveTheTimeAsItIs(int status, @Nullable String date) {
    Map<String, String> headers = date == null ? Map.of() : Map.of("date", date);
    AwsSigner signer = signer();

    assertThat(signer.corrects(Replies.head(status, headers))).isFalse();
    assertThat(signer.sign(Outgoing.post("/p", "{}".getBytes(UTF_8))).orElseThrow())
        .containsEntry("x-amz-date", "20260304T050607Z");
  }

  private static AwsSigner signer() {
    return new AwsSigner(
        URI.create("https://bedrock-runtime.eu-west-1.amazonaws.com"),
        new AwsSigner.Scope("eu-west-1", "bedrock"),
        new HeldCredential.Fixed<>(new AwsCredentials("A", "b", null)),
        new FixedClock(TIME));
  }
}
