package com.langdock.reliability.core.domain;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything that can go wrong with an attempt.
 *
 * <p>What a failure means (again on the same target, on another, for the breaker, for the client)
 * is one line of {@code FailureTable}. Failures are told apart by status, code and phase, never by
 * searching a message's text.
 */
public sealed interface Failure {

  /** The label in logs, metrics, the attempt trail and the {@code attempts} of an error. */
  String word();

  /** The HTTP status that the provider answered, empty when it did not answer. */
  default OptionalInt status() {
    return OptionalInt.empty();
  }

  /** Nanoseconds that the provider asked to wait from when it answered, empty when it did not. */
  default OptionalLong retryAfterNanos() {
    return OptionalLong.empty();
  }

  /** A failure reported by the provider in an HTTP response. */
  sealed interface Answered extends Failure {
    /** What the provider said. */
    ProviderReply reply();

    @Override
    default OptionalInt status() {
      return OptionalInt.of(reply().status());
    }
  }

  /** No connection, or one that was lost before the answer began. */
  record Unreachable(UnreachableReason reason) implements Failure {
    /** Where reaching the provider ended. */
    public enum Cause {
      /** The address refused, or did not accept in time. */
      CONNECT,
      /** The connection was reset or closed before the answer. */
      RESET,
      /** The TLS handshake or the certificate check failed. */
      TLS,
      /** The host's name was not found. */
      DNS
    }

    /** A failure whose cause alone is known. */
    public Unreachable(Cause cause) {
      this(UnreachableReason.of(cause));
    }

    /** Where reaching the provider ended. */
    public Cause cause() {
      return reason.cause();
    }

    @Override
    public String word() {
      return switch (cause()) {
        case CONNECT -> "connect_failed";
        case RESET -> "connection_reset";
        case TLS -> "tls_failed";
        case DNS -> "dns_failed";
      };
    }
  }

  /** A reused keep-alive connection was found closed before any byte of the answer. */
  record StaleConnection() implements Failure {
    @Override
    public String word() {
      return "stale_connection";
    }
  }

  /** The provider sent nothing within the time limit. */
  record Silent(Phase phase) implements Failure {
    /** What was awaited. */
    public enum Phase {
      /** The response's head. */
      HEADERS,
      /** The first content of a stream. */
      FIRST_CONTENT,
      /** The next byte of an answer that had begun. */
      BODY
    }

    @Override
    public String word() {
      return phase == Phase.BODY ? "stalled" : "timeout";
    }
  }

  /** 429: too many requests or tokens for now. */
  record RateLimited(ProviderReply reply, OptionalLong retryAfterNanos) implements Answered {
    @Override
    public String word() {
      return "rate_limited";
    }
  }

  /** 402, or a 429 about a used-up quota or balance: waiting does not help. */
  record QuotaExhausted(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "quota_exhausted";
    }
  }

  /** 503 or 529: too busy for now. */
  record Overloaded(ProviderReply reply, OptionalLong retryAfterNanos) implements Answered {
    @Override
    public String word() {
      return "overloaded";
    }
  }

  /** Any other 5xx, 408 or 409. */
  record ServerError(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "server_error";
    }
  }

  /** An answer that cannot be understood. */
  record Unreadable(Why why, int httpStatus) implements Failure {
    /** What was wrong with it. */
    public enum Why {
      /** The body, or an event of the stream, is not JSON or not of the provider's shape. */
      NOT_JSON,
      /** A success without content. */
      EMPTY,
      /** Larger than an answer may be. */
      TOO_LARGE
    }

    @Override
    public String word() {
      return "malformed_response";
    }

    @Override
    public OptionalInt status() {
      return OptionalInt.of(httpStatus);
    }
  }

  /** The model was asked to continue a broken answer and began another one instead. */
  record NotContinued() implements Failure {
    @Override
    public String word() {
      return "not_continued";
    }
  }

  /** The answer ended without the end marker of the provider's protocol. */
  record Broken() implements Failure {
    @Override
    public String word() {
      return "stream_broken";
    }
  }

  /**
   * 401, or a 403 whose body names the credential, the account or a permission.
   *
   * @param ofModel whether the refusal names the model, so that other models may still be allowed
   */
  record CredentialRejected(ProviderReply reply, boolean ofModel) implements Answered {
    /** AWS's codes for temporary keys that have ended, or that it does not know. */
    private static final Set<String> ENDED =
        Set.of(
            "expiredtokenexception",
            "expiredtoken",
            "unrecognizedclientexception",
            "invalidclienttokenid");

    /** Whether another credential of the same account may be accepted. */
    public boolean mayHaveExpired() {
      String code = reply.code() == null ? "" : reply.code();
      return reply.status() == 401 || ENDED.contains(code.toLowerCase(Locale.ROOT));
    }

    @Override
    public String word() {
      return "credential_rejected";
    }
  }

  /**
   * The provider says that the credential has ended, or does not know it. It can be fetched anew,
   * so the same request may be accepted with the next one.
   */
  record CredentialExpired(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "credential_expired";
    }
  }

  /** The credential could not be fetched; no provider was called. */
  record CredentialMissing() implements Failure {
    @Override
    public String word() {
      return "credential_missing";
    }
  }

  /** Any other 403: a firewall's page, a blocked prompt. It says nothing about the credential. */
  record ProviderRefused(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "provider_refused";
    }
  }

  /** 404: the provider does not know the model. */
  record ModelNotFound(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "model_not_found";
    }
  }

  /** The request is longer than the model's context window. */
  record ContextLengthExceeded(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "context_length_exceeded";
    }
  }

  /** The provider's policy refuses the request's content. */
  record ContentPolicy(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "content_policy";
    }
  }

  /** Any other 400, 413 or 422: the request itself is at fault. */
  record RequestRejected(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "request_rejected";
    }
  }

  /**
   * A 400 or 422 about a field that the gateway itself added to the request.
   *
   * @param field its path in the provider's format, such as {@code stream_options}
   */
  record AddedFieldRejected(ProviderReply reply, String field) implements Answered {
    @Override
    public String word() {
      return "added_field_rejected";
    }
  }

  /** A 400 because the model does not support prefill. */
  record PrefillRejected(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "prefill_rejected";
    }
  }

  /**
   * A 400 about opaque state in the history that another provider, account or model issued: signed
   * thinking, or the signature of a call. The same request without that state may be accepted.
   */
  record SignatureRejected(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "signature_rejected";
    }
  }

  /**
   * A 400 or 404 because the provider does not have the stored response, conversation or item that
   * the request refers to. Another one may.
   */
  record StateNotFound(ProviderReply reply) implements Answered {
    @Override
    public String word() {
      return "state_not_found";
    }
  }

  /**
   * The request is valid but cannot be expressed in the target's wire format; no provider was
   * called.
   *
   * @param field the request's field, such as {@code n}
   */
  record Untranslatable(String field, String message) implements Failure {
    @Override
    public String word() {
      return "untranslatable";
    }
  }

  /**
   * The gateway itself rejected the attempt.
   *
   * @param waitNanos nanoseconds until it makes sense to ask again
   */
  record Refused(By by, long waitNanos) implements Failure {
    /** Who refused. */
    public enum By {
      /** The circuit breaker is open, or its probes are under way. */
      BREAKER,
      /** The provider asked for a pause that is not over. */
      PAUSE,
      /** The retry budget is empty. */
      BUDGET
    }

    @Override
    public String word() {
      return switch (by) {
        case BREAKER -> "circuit_open";
        case PAUSE -> "paused";
        case BUDGET -> "budget_empty";
      };
    }
  }

  /** The request's deadline has passed. */
  record DeadlineOver() implements Failure {
    @Override
    public String word() {
      return "deadline_exceeded";
    }
  }

  /** A bug in the gateway ended the attempt. */
  record GatewayBug() implements Failure {
    @Override
    public String word() {
      return "internal_error";
    }
  }

  /** The gateway has no memory left for the answer; not the provider's fault. */
  record OutOfMemory() implements Failure {
    @Override
    public String word() {
      return "gateway_overloaded";
    }
  }

  /** The gateway is stopping and cancelled the attempt; not the provider's fault. */
  record GatewayStopping() implements Failure {
    @Override
    public String word() {
      return "gateway_stopping";
    }
  }

  /** The permission of a request that ran was withdrawn; not the provider's fault. */
  record Withdrawn(Reason why) implements Failure {
    /** What happened to the permission. */
    public enum Reason {
      /** Its key was revoked. */
      KEY_REVOKED,
      /** It passed a budget or a quota. */
      QUOTA_EXCEEDED
    }

    @Override
    public String word() {
      return switch (why) {
        case KEY_REVOKED -> "key_revoked";
        case QUOTA_EXCEEDED -> "quota_exceeded";
      };
    }
  }

  /** The client closed its connection. */
  record ClientGone() implements Failure {
    @Override
    public String word() {
      return "client_gone";
    }
  }
}
