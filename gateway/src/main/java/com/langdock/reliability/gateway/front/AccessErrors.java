package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.domain.Labels;
import com.langdock.reliability.gateway.access.Access;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The errors for requests that are not let in, or ask for what their caller may not use. */
final class AccessErrors {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final String INVALID = "invalid_api_key";
  private static final String MISSING = "missing_api_key";

  private static final String HOW =
      " Set server.allow_anonymous: true to let others in without a key.";

  /** Never a 401: clients throw a key away that is called invalid. */
  private static final ApiError UNAVAILABLE =
      new ApiError(
          503,
          "server_error",
          "keys_unavailable",
          "The gateway cannot read its keys now, so it does not know this one; try again.",
          null,
          List.of(),
          OptionalLong.of(TimeUnit.SECONDS.toNanos(1)),
          null,
          null);

  private AccessErrors() {}

  /** The error of a request that ran when its key was revoked. */
  static ApiError revoked() {
    return of(Access.Reason.INVALID_KEY);
  }

  /** The error for a request that is not let in. */
  static ApiError of(Access.Refusal refusal) {
    return switch (refusal) {
      case Access.Reason reason -> of(reason);
      case Access.ExpiredKey expired ->
          unauthorized("expired_api_key", "The key " + expired.keyId() + " has expired.");
    };
  }

  private static ApiError of(Access.Reason reason) {
    return switch (reason) {
      case OTHER_MACHINE ->
          local(
              "protected_mode",
              "The gateway has no client keys and so answers clients on its own machine only.");
      case PROXY ->
          local(
              "protected_mode",
              "The gateway has no client keys and so answers clients on its own machine only; this"
                  + " request came through a proxy (X-Forwarded-For, Forwarded or X-Real-IP).");
      case OTHER_HOST ->
          local(
              "forbidden_host",
              "The Host header does not name this machine. Without client keys the gateway answers"
                  + " to localhost, to IP addresses and to its host name only, so that no web page"
                  + " can use it (DNS rebinding).");
      case OTHER_ORIGIN ->
          local(
              "forbidden_origin",
              "The request comes from a web page of another site. Without client keys the gateway"
                  + " answers no pages but this machine's own.");
      case MISSING_KEY ->
          unauthorized(
              MISSING, "Send a key of this gateway: Authorization: Bearer KEY, or x-api-key: KEY.");
      case KEY_IN_QUERY ->
          unauthorized(
              MISSING,
              "A key in the URL is not read, because URLs are logged. Send it in a header:"
                  + " Authorization: Bearer KEY, x-api-key: KEY, or x-goog-api-key: KEY.");
      case INVALID_KEY ->
          unauthorized(INVALID, "This is not a valid key of this gateway, or not the only one.");
      case KEYS_UNAVAILABLE -> UNAVAILABLE;
    };
  }

  /** The error for a request to an API that its caller may not use. */
  static ApiError notAllowed(EndpointName endpoint) {
    return forbidden(
        "endpoint_not_allowed", "This key may not use " + Labels.of(endpoint) + ".", null);
  }

  /** The error for a model that its caller may not use, or for which no target is left to it. */
  static ApiError modelNotAllowed() {
    return forbidden(
        "model_not_allowed",
        "This key may not use the model, or no provider of it. GET /v1/models lists what it may.",
        "model");
  }

  private static ApiError local(String code, String message) {
    return forbidden(code, message + HOW, null);
  }

  private static ApiError forbidden(String code, String message, @Nullable String param) {
    return error(FORBIDDEN, "permission_error", code, message, param);
  }

  private static ApiError unauthorized(String code, String message) {
    return error(UNAUTHORIZED, "authentication_error", code, message, null);
  }

  private static ApiError error(
      int status, String type, String code, String message, @Nullable String param) {
    return new ApiError(
        status, type, code, message, param, List.of(), OptionalLong.empty(), null, null);
  }
}
