package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the answers of token endpoints of OAuth 2.0. */
public final class TokenAnswer {
  /** An error's code may be passed on to the log, but no sentence of the endpoint's. */
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private static final Predicate<String> VISIBLE =
      Pattern.compile("[\\x21-\\x7e]+").asMatchPredicate();

  private TokenAnswer() {}

  /**
   * The token in an answer; {@code expires_in} is a number, or one in digits.
   *
   * @throws IOException if there is none, or it has ended
   */
  public static Issued<AccessToken> issued(CredentialClient.Answer answer) throws IOException {
    JsonValue json = answer.json();
    String token = JsonFields.text(json, "access_token");
    JsonValue seconds = JsonFields.value(json, "expires_in");
    if (!answer.isSuccess() || token == null || seconds == null) {
      throw new IOException(failure(answer));
    }
    String digits = seconds.kind() == JsonValue.Kind.STRING ? seconds.text() : seconds.raw();
    try {
      Duration lifetime = lifetime(Duration.ofSeconds(Long.parseLong(digits)));
      return new Issued<>(checked(token), lifetime);
    } catch (NumberFormatException wrong) {
      throw new IOException("expires_in is no number", wrong);
    }
  }

  /**
   * A token that can be sent in a header.
   *
   * @throws IOException if it cannot
   */
  public static AccessToken checked(String token) throws IOException {
    if (!VISIBLE.test(token)) {
      throw new IOException("the endpoint issued a token that no header can have");
    }
    return new AccessToken(token);
  }

  /**
   * The same lifetime, at most {@link Issued#UNLIMITED}.
   *
   * @throws IOException if it is over
   */
  public static Duration lifetime(Duration lifetime) throws IOException {
    if (!lifetime.isPositive()) {
      throw new IOException("the endpoint issued a credential that has ended already");
    }
    return lifetime.compareTo(Issued.UNLIMITED) > 0 ? Issued.UNLIMITED : lifetime;
  }

  /** Why an endpoint issued nothing: its status, and its error's code. */
  public static String failure(CredentialClient.Answer answer) {
    JsonValue json = answer.json();
    String error = JsonFields.text(json, "error");
    error = error == null ? JsonFields.text(JsonFields.object(json, "error"), "status") : error;
    error = error == null ? JsonFields.text(json, "code") : error;
    if (error != null && CODE.matcher(error).matches()) {
      return "status " + answer.status() + ", " + error;
    }
    return answer.isSuccess()
        ? "status " + answer.status() + " without a token"
        : "status " + answer.status();
  }
}
