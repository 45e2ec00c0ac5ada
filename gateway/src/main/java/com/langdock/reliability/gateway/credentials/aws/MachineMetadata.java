package com.langdock.reliability.gateway.credentials.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The metadata server of a machine at EC2, which gives the keys of its role: version 2, which wants
 * a token of its own first.
 */
record MachineMetadata(AwsSearch search, CredentialClient client, Ticker clock) {
  private static final String WHERE = "the machine's metadata server";
  private static final String USUAL = "http://169.254.169.254";
  private static final String KEYS = "/latest/meta-data/iam/security-credentials/";

  /** It is beside this machine, or there is none. */
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private static final Predicate<String> VISIBLE =
      Pattern.compile("[\\x21-\\x7e]{1,1000}").asMatchPredicate();

  private static final Predicate<String> ROLE =
      Pattern.compile("[\\w+=,.@-]{1,128}").asMatchPredicate();

  boolean isAllowed() {
    return search.variable("AWS_EC2_METADATA_DISABLED").filter("true"::equalsIgnoreCase).isEmpty();
  }

  Issued<AwsCredentials> fetch() throws IOException, InterruptedException {
    if (!isAllowed()) {
      throw new IOException(WHERE + " is disabled by AWS_EC2_METADATA_DISABLED");
    }
    String token =
        text(
            request("/latest/api/token")
                .header("x-aws-ec2-metadata-token-ttl-seconds", "21600")
                .PUT(HttpRequest.BodyPublishers.noBody()),
            VISIBLE);
    String role = text(request(KEYS).header("x-aws-ec2-metadata-token", token), ROLE);
    CredentialClient.Answer keys =
        ask(request(KEYS + role).header("x-aws-ec2-metadata-token", token));
    return Keys.of(WHERE, keys, clock.unixMillis());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String server =
        search.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElse(USUAL).replaceFirst("/+$", "");
    try {
      return HttpRequest.newBuilder(URI.create(server + path));
    } catch (IllegalArgumentException wrong) {
      throw new IOException("AWS_EC2_METADATA_SERVICE_ENDPOINT is no URL", wrong);
    }
  }

  private CredentialClient.Answer ask(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return client.ask(request, TIMEOUT);
    } catch (IOException unreachable) {
      throw new IOException(WHERE + ": " + unreachable.getMessage(), unreachable);
    }
  }

  private String text(HttpRequest.Builder request, Predicate<String> valid)
      throws IOException, InterruptedException {
    CredentialClient.Answer answer = ask(request);
    String text = new String(answer.body(), UTF_8).strip();
    if (!answer.isSuccess() || !valid.test(text)) {
      throw new IOException(WHERE + ": " + TokenAnswer.failure(answer));
    }
    return text;
  }
}
