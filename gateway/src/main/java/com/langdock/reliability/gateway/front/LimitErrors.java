package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.quota.LimitKind;
import com.langdock.reliability.core.quota.Refusal;
import com.langdock.reliability.core.quota.Standing;
import com.langdock.reliability.gateway.limits.LimitDecision.LimitRefusal;
import com.langdock.reliability.gateway.limits.Money;
import com.langdock.reliability.json.JsonText;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The errors of requests that a limit of ours refuses. */
final class LimitErrors {
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  /** The error for a caller with a budget where no target has a price. */
  static final ApiError UNPRICED =
      new ApiError(
          FORBIDDEN,
          "permission_error",
          "model_not_allowed",
          "The model has no price, and the caller has a budget. Set models.NAME.price, or"
              + " price: free.",
          "model",
          List.of(),
          OptionalLong.empty(),
          null,
          null);

  /** The error while it is not known what was used. */
  static final ApiError UNREAD =
      new ApiError(
          UNAVAILABLE,
          "server_error",
          "keys_unavailable",
          "The gateway has not read yet what was used of the caller's budget; try again.",
          null,
          List.of(),
          OptionalLong.of(TimeUnit.SECONDS.toNanos(1)),
          null,
          null);

  /** The error while a limit that replicas share cannot be asked. */
  static final ApiError SHARED_AWAY =
      new ApiError(
          UNAVAILABLE,
          "server_error",
          "limits_unavailable",
          "The gateway cannot reach the store of its shared limits; try again.",
          null,
          List.of(),
          OptionalLong.of(TimeUnit.SECONDS.toNanos(1)),
          null,
          null);

  private LimitErrors() {}

  /** The error for {@code refusal}. */
  static ApiError of(LimitRefusal refusal) {
    Refusal limit = refusal.limit();
    boolean exhausted = limit.isExhausted();
    return new ApiError(
        TOO_MANY,
        exhausted ? "insufficient_quota" : "rate_limit_error",
        exhausted ? "insufficient_quota" : "rate_limit_exceeded",
        message(refusal),
        null,
        List.of(),
        refusal.hasWait() ? OptionalLong.of(refusal.waitNanos()) : OptionalLong.empty(),
        null,
        refusal);
  }

  private static String message(LimitRefusal refusal) {
    Refusal limit = refusal.limit();
    String whose =
        switch (limit.subject().kind()) {
          case KEY -> "of the key " + limit.subject().name();
          case TEAM -> "of the team " + limit.subject().name();
          case MODEL -> "of the model " + limit.subject().name();
          case ALL -> "of all requests";
          case ANONYMOUS -> "of requests without a key";
        };
    String what = "The limit " + limit.limitName() + " " + whose;
    if (limit.isExhausted()) {
      return what
          + " ("
          + amount(limit, limit.limit())
          + ") is used up: "
          + amount(limit, limit.remaining())
          + " left, "
          + amount(limit, limit.needed())
          + " needed.";
    }
    if (!refusal.hasWait()) {
      return what + " can never hold the " + limit.needed() + " that the request needs.";
    }
    return what
        + " ("
        + limit.limit()
        + ") is reached; ask again in "
        + TimeUnit.NANOSECONDS.toMillis(refusal.waitNanos() + 999_999)
        + " ms.";
  }

  private static String amount(Refusal limit, long amount) {
    return limit.kind() == LimitKind.BUDGET ? "$" + Money.dollars(amount) : Long.toString(amount);
  }

  /** The limit as JSON, for the field {@code limit} of an error. */
  static String json(LimitRefusal refusal) {
    Refusal limit = refusal.limit();
    return "{\"of\":"
        + JsonText.quote(limit.subject().of())
        + ",\"name\":"
        + (limit.subject().name().isEmpty() ? "null" : JsonText.quote(limit.subject().name()))
        + ",\"kind\":"
        + JsonText.quote(limit.limitName())
        + ",\"limit\":"
        + number(limit, limit.limit())
        + ",\"remaining\":"
        + number(limit, limit.remaining())
        + ",\"needed\":"
        + number(limit, limit.needed())
        + (refusal.hasWait()
            ? ",\"retry_after_ms\":" + millis(refusal.waitNanos())
            : ",\"retry_after_ms\":null")
        + "}";
  }

  /** What is left of a limit as JSON; {@code resetNanos} is the largest number for never. */
  static String json(Standing.OfLimit limit, long resetNanos) {
    boolean isMoney = limit.kind() == LimitKind.BUDGET;
    return "{\"of\":"
        + JsonText.quote(limit.subject().of())
        + ",\"name\":"
        + (limit.subject().name().isEmpty() ? "null" : JsonText.quote(limit.subject().name()))
        + ",\"kind\":"
        + JsonText.quote(Refusal.name(limit.kind(), limit.period()))
        + ",\"limit\":"
        + (isMoney ? Money.dollars(limit.limit()) : Long.toString(limit.limit()))
        + ",\"remaining\":"
        + (isMoney ? Money.dollars(limit.remaining()) : Long.toString(limit.remaining()))
        + ",\"reset_ms\":"
        + (resetNanos == Long.MAX_VALUE ? "null" : Long.toString(millis(resetNanos)))
        + "}";
  }

  private static String number(Refusal limit, long amount) {
    return limit.kind() == LimitKind.BUDGET ? Money.dollars(amount) : Long.toString(amount);
  }

  /** Milliseconds, rounded up. */
  static long millis(long nanos) {
    return nanos / 1_000_000 + (nanos % 1_000_000 == 0 ? 0 : 1);
  }
}
