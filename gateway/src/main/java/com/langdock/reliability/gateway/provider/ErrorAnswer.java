package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.json.JsonValue;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Classifies a provider's error as a {@link Failure}: by its message if that is unambiguous ({@link
 * ErrorMessages}), then by its code, its type, and the HTTP status.
 *
 * <p>A 403 counts as a rejected credential only if its JSON names the credential, the account or a
 * permission. Any other may be a firewall's reaction to this prompt and must not disable the
 * provider for other requests.
 *
 * <p>The header {@code x-should-retry}, which OpenAI and Anthropic send to their own clients, is
 * ignored: it adds nothing to status and code, and it is about this provider only, while a failure
 * also decides whether other providers are tried.
 */
public final class ErrorAnswer {
  /** OpenAI: "Previous response with id 'resp_1' not found." The code is not always there. */
  private static final Pattern STATE_NOT_FOUND =
      Pattern.compile(
          "(Previous response|Response|Conversation|Item) with id '[^']{1,200}' not found");

  private static final Pattern OF_MODEL = Pattern.compile("(?i)\\bmodels?\\b");

  private ErrorAnswer() {}

  /**
   * The failure that {@code head} and the error in {@code json} describe.
   *
   * @param json the body or one event of a stream; null if it is not JSON
   */
  public static Failure failure(ReplyHead head, @Nullable JsonValue json) {
    ErrorBody body = ErrorBody.of(json);
    ProviderReply reply = body.reply(head);
    int status = status(head, body, reply);
    OptionalLong wait = RetryAfter.nanos(head, body.error());
    return switch (kind(status, body, reply, wait.isPresent())) {
      case CONTEXT_LENGTH -> new Failure.ContextLengthExceeded(reply);
      case CONTENT_POLICY -> new Failure.ContentPolicy(reply);
      case QUOTA -> new Failure.QuotaExhausted(reply);
      case CREDENTIAL -> new Failure.CredentialRejected(reply, isOfModel(status, reply));
      case MODEL -> new Failure.ModelNotFound(reply);
      case PREFILL -> new Failure.PrefillRejected(reply);
      case RATE_LIMIT -> new Failure.RateLimited(reply, wait);
      case OVERLOADED -> new Failure.Overloaded(reply, wait);
      case null -> byStatus(status, reply, head);
    };
  }

  private static @Nullable ErrorKind kind(
      int status, ErrorBody body, ProviderReply reply, boolean hasRetryAfter) {
    ErrorKind byMessage = byMessage(status, body, reply, hasRetryAfter);
    if (byMessage != null) {
      return byMessage;
    }
    ErrorKind byCode = ErrorKind.of(reply.code(), reply.type());
    if (byCode != null) {
      return byCode;
    }
    return switch (status) {
      case 401 -> ErrorKind.CREDENTIAL;
      case 402 -> ErrorKind.QUOTA;
      case 403 -> body.isModeration() ? ErrorKind.CONTENT_POLICY : null;
      case 404 -> isAboutTheModel(body, reply) ? ErrorKind.MODEL : null;
      case 429 -> ErrorKind.RATE_LIMIT;
      case 498, 503, 529 -> ErrorKind.OVERLOADED; // 498: Groq's capacity_exceeded
      default -> null;
    };
  }

  /**
   * The error that only the message or a detail identifies; null if neither does.
   *
   * <p>A 429 with a retry time is a rate limit, whatever its message, except for Google's quota of
   * a day, beside which Google names a time of seconds. A 500 is included because llama.cpp and
   * others report a full context with it.
   */
  private static @Nullable ErrorKind byMessage(
      int status, ErrorBody body, ProviderReply reply, boolean hasRetryAfter) {
    if (status == 429) {
      if (body.isDailyQuota()) {
        return ErrorKind.QUOTA;
      }
      boolean spent = ErrorMessages.isSpendLimit(reply.message());
      ErrorKind kind = spent ? ErrorKind.QUOTA : ErrorMessages.of(reply.message());
      return kind == ErrorKind.QUOTA && !hasRetryAfter ? kind : null;
    }
    return status <= 500 ? ErrorMessages.of(reply.message()) : null;
  }

  /**
   * Classification by status alone. 424 and 499: the upstream of an intermediate gateway failed or
   * timed out.
   */
  private static Failure byStatus(int status, ProviderReply reply, ReplyHead head) {
    return switch (status) {
      case 400, 422 -> rejected(reply, head);
      case 403 -> new Failure.ProviderRefused(reply);
      case 404 -> {
        if (isOfSignature(reply, head)) {
          yield new Failure.SignatureRejected(reply);
        }
        yield isOfState(reply) ? new Failure.StateNotFound(reply) : new Failure.ServerError(reply);
      }
      case 408, 409, 424, 499 -> new Failure.ServerError(reply);
      default ->
          status >= 400 && status < 500
              ? new Failure.RequestRejected(reply)
              : new Failure.ServerError(reply);
    };
  }

  private static Failure rejected(ProviderReply reply, ReplyHead head) {
    String added = AddedFields.named(reply, head.addedFields());
    if (added != null) {
      return new Failure.AddedFieldRejected(reply, added);
    }
    if (isOfSignature(reply, head)) {
      return new Failure.SignatureRejected(reply);
    }
    return isOfState(reply) ? new Failure.StateNotFound(reply) : new Failure.RequestRejected(reply);
  }

  /** Whether the provider does not have what the request refers to by its id. */
  private static boolean isOfState(ProviderReply reply) {
    return STATE_NOT_FOUND.matcher(reply.message()).lookingAt();
  }

  /** Whether opaque state in the history was rejected, which can be left out. */
  private static boolean isOfSignature(ProviderReply reply, ReplyHead head) {
    return SignatureMessages.match(reply.message()) && head.hasSignatures().getAsBoolean();
  }

  /** Whether the permission is missing for this model only. */
  private static boolean isOfModel(int status, ProviderReply reply) {
    return status != 401
        && ("model".equals(reply.param()) || OF_MODEL.matcher(reply.message()).find());
  }

  /** The effective status: an error inside a success may contain its own. */
  private static int status(ReplyHead head, ErrorBody body, ProviderReply reply) {
    if (!head.isSuccess()) {
      return head.status();
    }
    int inside = body.statusInside();
    return inside == 0 && "invalid_request_error".equals(reply.type()) ? 400 : inside;
  }

  /**
   * A 404 is about the model unless it is the provider's response to an unknown path: no JSON, no
   * error object ({@code {"detail":"Not Found"}}), the digits 404 for a code (Azure), or no code at
   * all beside a type that only says "bad request" (OpenAI).
   */
  private static boolean isAboutTheModel(ErrorBody body, ProviderReply reply) {
    boolean unnamed = reply.code() == null && "invalid_request_error".equals(reply.type());
    return !isOfState(reply) && body.isFromApi() && !"404".equals(reply.code()) && !unnamed;
  }
}
