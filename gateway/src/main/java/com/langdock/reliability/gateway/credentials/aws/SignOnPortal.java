package com.langdock.reliability.gateway.credentials.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.CredentialFile;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The portal that gives the keys of a role to a person who has logged in. The login itself is that
 * of {@code aws sso login}, whose token is in a file; it is read each time, so that another login
 * is found.
 */
record SignOnPortal(AwsSearch search, CredentialClient client, Ticker clock) {
  private static final String WHERE = "AWS's portal of single sign-on";
  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,32}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  Issued<AwsCredentials> fetch(SingleSignOn login) throws IOException, InterruptedException {
    String token = token(login);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url(login)).header("x-amz-sso_bearer_token", token);
    CredentialClient.Answer answer = client.ask(request);
    if (answer.status() == 401) {
      throw expired(login);
    }
    JsonValue keys = JsonFields.object(answer.json(), "roleCredentials");
    if (!answer.isSuccess() || keys == null) {
      throw new IOException(WHERE + ": " + TokenAnswer.failure(answer));
    }
    AwsCredentials checked =
        Keys.checked(
            WHERE,
            JsonFields.text(keys, "accessKeyId"),
            JsonFields.text(keys, "secretAccessKey"),
            JsonFields.text(keys, "sessionToken"));
    long end = JsonFields.count(keys, "expiration");
    Duration left = Duration.ofMillis(end - clock.unixMillis());
    return new Issued<>(checked, TokenAnswer.lifetime(left));
  }

  private URI url(SingleSignOn login) throws IOException {
    if (!REGION.matcher(login.region()).matches()) {
      throw new IOException("profile " + login.profile() + " has no region in sso_region");
    }
    String suffix = login.region().startsWith("cn-") ? ".cn" : "";
    String base =
        search
            .variable("AWS_ENDPOINT_URL_SSO")
            .map(url -> url.replaceFirst("/+$", ""))
            .orElse("https://portal.sso." + login.region() + ".amazonaws.com" + suffix);
    return URI.create(
        base
            + "/federation/credentials?role_name="
            + URLEncoder.encode(login.role(), UTF_8)
            + "&account_id="
            + URLEncoder.encode(login.account(), UTF_8));
  }

  /** The token of the last login. */
  private String token(SingleSignOn login) throws IOException {
    Path file = search.home().resolve(".aws/sso/cache").resolve(sha1(login.session()) + ".json");
    if (!Files.exists(file)) {
      throw expired(login);
    }
    JsonValue json = JsonBody.json(CredentialFile.read(file).getBytes(UTF_8));
    String token = JsonFields.text(json, "accessToken");
    String end = JsonFields.text(json, "expiresAt");
    if (token == null || end == null || !VISIBLE.matcher(token).matches()) {
      throw new IOException(file + " has no token of a login");
    }
    if (!end(file, end).isAfter(Instant.ofEpochMilli(clock.unixMillis()))) {
      throw expired(login);
    }
    return token;
  }

  private static Instant end(Path file, String time) throws IOException {
    try {
      return OffsetDateTime.parse(time.replace("UTC", "Z")).toInstant();
    } catch (DateTimeException wrong) {
      throw new IOException(file + " has a token whose end is no time", wrong);
    }
  }

  private static IOException expired(SingleSignOn login) {
    String profile = login.profile();
    return new IOException(
        "the login of profile " + profile + " has ended: aws sso login --profile " + profile);
  }

  private static String sha1(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
