package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.EndedAttempt;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.limits.LimitDecision;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told when there is no answer.
 *
 * @param param the request's field at fault, null when none is
 * @param attempts that were made, in order
 * @param retryAfterNanos when it makes sense to ask again, empty when unknown
 * @param said what the provider said of the request, if that is at fault; else null
 * @param limit the limit of ours that refused the request, null when none did
 */
public record ApiError(
    int status,
    String type,
    String code,
    String message,
    @Nullable String param,
    List<EndedAttempt> attempts,
    OptionalLong retryAfterNanos,
    @Nullable ProviderReply said,
    LimitDecision.@Nullable LimitRefusal limit) {
  static final String INVALID_REQUEST = "invalid_request_error";
  static final String PROVIDER = "provider_error";

  /** Whose limit refused, such as {@code team:search}; empty where none did. */
  public String limitedSubject() {
    return limit == null ? "" : limit.limit().subject().toString();
  }

  /** The name of the limit that refused, such as {@code budget_day}; empty where none did. */
  public String limitName() {
    return limit == null ? "" : limit.limit().limitName();
  }

  /** The limit of ours that refused, as JSON; {@code null} where none did. */
  public String limitJson() {
    return limit == null ? "null" : LimitErrors.json(limit);
  }

  /** An error of the request itself, with nothing attempted. */
  public static ApiError invalid(int status, String code, String message, @Nullable String param) {
    return new ApiError(
        status, INVALID_REQUEST, code, message, param, List.of(), OptionalLong.empty(), null, null);
  }

  /** An error of the gateway's own state, with nothing attempted. */
  public static ApiError unavailable(String code, String message, OptionalLong retryAfterNanos) {
    return new ApiError(503, PROVIDER, code, message, null, List.of(), retryAfterNanos, null, null);
  }
}
