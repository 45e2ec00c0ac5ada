package com.langdock.reliability.gateway.credentials.aws;

import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads keys in the forms in which they are given. */
final class Keys {
  /** What can be in a header. */
  private static final Predicate<String> VISIBLE =
      Pattern.compile("[\\x21-\\x7e]+").asMatchPredicate();

  private Keys() {}

  /** Keys that do not end. */
  static Issued<AwsCredentials> fixed(
      String where, @Nullable String id, @Nullable String secret, @Nullable String token)
      throws IOException {
    return new Issued<>(checked(where, id, secret, token), Issued.UNLIMITED);
  }

  /** Keys that end at {@code expiration}, an ISO time; null if they do not. */
  static Issued<AwsCredentials> until(
      String where, AwsCredentials keys, @Nullable String expiration, long nowMillis)
      throws IOException {
    if (expiration == null) {
      return new Issued<>(keys, Issued.UNLIMITED);
    }
    try {
      Instant end = OffsetDateTime.parse(expiration).toInstant();
      Duration left = Duration.between(Instant.ofEpochMilli(nowMillis), end);
      return new Issued<>(keys, TokenAnswer.lifetime(left));
    } catch (DateTimeException wrong) {
      throw new IOException(where + " gave keys whose end is no time", wrong);
    }
  }

  /** The keys in the JSON of containers and machines. */
  static Issued<AwsCredentials> of(String where, CredentialClient.Answer answer, long nowMillis)
      throws IOException {
    JsonValue json = answer.json();
    if (!answer.isSuccess() || json == null) {
      throw new IOException(where + ": " + TokenAnswer.failure(answer));
    }
    AwsCredentials keys =
        checked(
            where,
            JsonFields.text(json, "AccessKeyId"),
            JsonFields.text(json, "SecretAccessKey"),
            JsonFields.text(json, "Token"));
    return until(where, keys, JsonFields.text(json, "Expiration"), nowMillis);
  }

  /** Keys that can be sent. */
  static AwsCredentials checked(
      String where, @Nullable String id, @Nullable String secret, @Nullable String token)
      throws IOException {
    if (id == null || secret == null || id.isBlank() || secret.isBlank()) {
      throw new IOException(where + " has no access key id with its secret");
    }
    if (!VISIBLE.test(id) || !VISIBLE.test(secret) || (token != null && !VISIBLE.test(token))) {
      throw new IOException(where + " has keys with a space or another sign that no key has");
    }
    return new AwsCredentials(id, secret, token);
  }
}
