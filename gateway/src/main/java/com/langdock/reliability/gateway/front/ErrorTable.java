package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ErrorCode;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.server.MalformedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one place where failures and problems become HTTP: status, type, code and message. Refused
 * access is in {@link AccessErrors}.
 */
public final class ErrorTable {
  /** The error for a bug in the gateway. */
  public static final ApiError BUG =
      new ApiError(
          500,
          "server_error",
          "internal_error",
          "The gateway failed on this request.",
          null,
          List.of(),
          OptionalLong.empty(),
          null,
          null);

  /** The error for a request that the gateway has no memory for. */
  public static final ApiError OVERLOADED =
      ApiError.unavailable(
          "gateway_overloaded",
          "Too many large requests in flight; try again.",
          OptionalLong.of(TimeUnit.SECONDS.toNanos(1)));

  /** The error for a request that comes while the gateway has too much to do. */
  public static final ApiError SHED =
      ApiError.unavailable(
          "gateway_overloaded",
          "The gateway is overloaded; try again.",
          OptionalLong.of(TimeUnit.SECONDS.toNanos(1)));

  /** The error for a request that is not done when the gateway stops. */
  public static final ApiError STOPPING =
      ApiError.unavailable(
          "gateway_stopping",
          "The gateway is stopping; try again.",
          OptionalLong.of(TimeUnit.SECONDS.toNanos(1)));

  private static final int BAD_REQUEST = 400;
  private static final int MAX_PROVIDER_MESSAGE = 2_000;

  private record Line(int status, String type, String message) {}

  private ErrorTable() {}

  /** The error for a request that validation refused. */
  public static ApiError of(Problem problem) {
    int status = problem.code() == Problem.Code.MODEL_NOT_FOUND ? 404 : 400;
    String code = problem.code().name().toLowerCase(Locale.ROOT);
    return ApiError.invalid(status, code, problem.message(), problem.param());
  }

  /** The error for what is no request. */
  public static ApiError of(MalformedRequest problem) {
    return switch (problem) {
      case LONG_LINE ->
          ApiError.invalid(414, "uri_too_long", "The request line is too long.", null);
      case LARGE_HEADERS ->
          ApiError.invalid(431, "headers_too_large", "The headers are too large.", null);
      case NOT_HTTP ->
          ApiError.invalid(400, "invalid_request", "The request is not valid HTTP.", null);
      case OTHER_VERSION ->
          ApiError.invalid(505, "http_version_not_supported", "Use HTTP/1.1 or HTTP/1.0.", null);
      case NOT_ONE_HOST ->
          ApiError.invalid(
              400, "invalid_request", "The request must have exactly one Host header.", "Host");
    };
  }

  /** The error for a request that no target could answer. */
  public static ApiError of(Step.GiveUp giveUp, List<EndedAttempt> attempts) {
    Failure failure = giveUp.failure();
    if (failure instanceof Failure.Untranslatable untranslatable) {
      return ApiError.invalid(
          400, "invalid_value", untranslatable.message(), untranslatable.field());
    }
    if (giveUp.code() == ErrorCode.REQUEST_REJECTED
        && failure instanceof Failure.Answered answered) {
      return asTheProviderSaid(answered.reply(), attempts, giveUp);
    }
    Line line = line(giveUp.code());
    return new ApiError(
        line.status(),
        line.type(),
        giveUp.code().name().toLowerCase(Locale.ROOT),
        line.message(),
        param(giveUp.code()),
        attempts,
        retryAfter(giveUp),
        said(failure),
        null);
  }

  /** What the provider said, where the request is at fault; else it may name a credential. */
  private static @Nullable ProviderReply said(Failure failure) {
    return switch (failure) {
      case Failure.ContextLengthExceeded tooLong -> tooLong.reply();
      case Failure.ContentPolicy refused -> refused.reply();
      default -> null;
    };
  }

  private static OptionalLong retryAfter(Step.GiveUp giveUp) {
    if (giveUp.code() == ErrorCode.GATEWAY_STOPPING) {
      return STOPPING.retryAfterNanos();
    }
    return giveUp.code() == ErrorCode.GATEWAY_OVERLOADED
        ? OVERLOADED.retryAfterNanos()
        : giveUp.retryAfterNanos();
  }

  private static Line line(ErrorCode code) {
    return switch (code) {
      case PROVIDER_ERROR -> provider(502, "The provider failed to answer.");
      case PROVIDER_UNREACHABLE -> provider(502, "The provider could not be reached.");
      case PROVIDER_REFUSED -> provider(502, "The provider refused the request.");
      case PROVIDER_AUTH_FAILED -> provider(502, "The provider refused the gateway's credential.");
      case MALFORMED_RESPONSE -> provider(502, "The provider's answer could not be understood.");
      case CIRCUIT_OPEN -> provider(503, "Every provider of this model is unavailable for now.");
      case PROVIDER_OVERLOADED -> provider(503, "The provider is overloaded.");
      case RATE_LIMIT_EXCEEDED ->
          new Line(429, "rate_limit_error", "Every provider of this model is rate limited.");
      case QUOTA_EXHAUSTED ->
          new Line(429, "rate_limit_error", "The gateway's quota at the provider is used up.");
      case PROVIDER_TIMEOUT -> timeout("The provider did not answer in time.");
      case DEADLINE_EXCEEDED -> timeout("The deadline passed before a provider answered.");
      case MODEL_NOT_FOUND -> invalid(404, "No provider knows the model.");
      case CONTEXT_LENGTH_EXCEEDED ->
          invalid(400, "The prompt is too long for the model's context window.");
      case CONTENT_POLICY_VIOLATION ->
          invalid(400, "The provider's content policy refused the request.");
      case REQUEST_REJECTED -> invalid(400, "The provider refused the request.");
      case INTERNAL_ERROR -> new Line(BUG.status(), BUG.type(), BUG.message());
      case GATEWAY_OVERLOADED -> provider(OVERLOADED.status(), OVERLOADED.message());
      case GATEWAY_STOPPING -> provider(STOPPING.status(), STOPPING.message());
      case INVALID_API_KEY ->
          new Line(401, "authentication_error", "The key of this request was revoked.");
      case INSUFFICIENT_QUOTA ->
          new Line(429, "insufficient_quota", "The budget or quota of this request is used up.");
      case CLIENT_GONE -> invalid(499, "The client closed the connection.");
    };
  }

  private static Line provider(int status, String message) {
    return new Line(status, ApiError.PROVIDER, message);
  }

  private static Line timeout(String message) {
    return new Line(504, "timeout_error", message);
  }

  private static Line invalid(int status, String message) {
    return new Line(status, ApiError.INVALID_REQUEST, message);
  }

  private static @Nullable String param(ErrorCode code) {
    return switch (code) {
      case CONTEXT_LENGTH_EXCEEDED, CONTENT_POLICY_VIOLATION -> "messages";
      case MODEL_NOT_FOUND -> "model";
      case PROVIDER_ERROR,
          PROVIDER_UNREACHABLE,
          PROVIDER_AUTH_FAILED,
          PROVIDER_REFUSED,
          MALFORMED_RESPONSE,
          CIRCUIT_OPEN,
          PROVIDER_OVERLOADED,
          RATE_LIMIT_EXCEEDED,
          QUOTA_EXHAUSTED,
          PROVIDER_TIMEOUT,
          DEADLINE_EXCEEDED,
          REQUEST_REJECTED,
          INTERNAL_ERROR,
          GATEWAY_OVERLOADED,
          GATEWAY_STOPPING,
          INVALID_API_KEY,
          INSUFFICIENT_QUOTA,
          CLIENT_GONE ->
          null;
    };
  }

  private static ApiError asTheProviderSaid(
      ProviderReply reply, List<EndedAttempt> attempts, Step.GiveUp giveUp) {
    String message =
        reply.message().isBlank() ? "The provider refused the request." : reply.message();
    int length = Math.min(message.length(), MAX_PROVIDER_MESSAGE);
    return new ApiError(
        Math.max(reply.status(), BAD_REQUEST), // an error inside a success is still an error
        ApiError.INVALID_REQUEST,
        Objects.requireNonNullElse(reply.code(), "invalid_value"),
        message.substring(0, length),
        reply.param(),
        attempts,
        giveUp.retryAfterNanos(),
        reply,
        null);
  }
}
