package com.langdock.reliability.gateway.credentials.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A token of a service account, asked for with another account's token.
 *
 * @param delegates accounts in between
 */
record Impersonation(URI url, List<String> delegates) {
  private static final String FIELD = "service_account_impersonation_url";

  static Impersonation of(CredentialJson json) throws IOException {
    return new Impersonation(json.googleUrl(FIELD), JsonFields.texts(json.json(), "delegates"));
  }

  /** Whether {@code json} asks for one. */
  static boolean isIn(CredentialJson json) {
    return json.optional(FIELD).isPresent();
  }

  Issued<AccessToken> token(AccessToken own, CredentialClient client, Ticker clock)
      throws IOException, InterruptedException {
    String through = delegates.stream().map(JsonText::quote).collect(Collectors.joining(","));
    String body =
        "{\"scope\":["
            + JsonText.quote(Forms.SCOPE)
            + "],\"lifetime\":\"3600s\",\"delegates\":["
            + through
            + "]}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("authorization", "Bearer " + own.value())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    CredentialClient.Answer answer = client.ask(request);
    JsonValue json = answer.json();
    String token = JsonFields.text(json, "accessToken");
    String end = JsonFields.text(json, "expireTime");
    if (!answer.isSuccess() || token == null || end == null) {
      throw new IOException("impersonation: " + TokenAnswer.failure(answer));
    }
    try {
      Instant now = Instant.ofEpochMilli(clock.unixMillis());
      Duration left = Duration.between(now, OffsetDateTime.parse(end).toInstant());
      return new Issued<>(TokenAnswer.checked(token), TokenAnswer.lifetime(left));
    } catch (DateTimeException wrong) {
      throw new IOException("impersonation: expireTime is no time", wrong);
    }
  }
}
