package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.json.JsonValue;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which failure a provider's error is: by words that only one failure is told with ({@link
 * ErrorMessages}), by its code, then its type, then the HTTP status.
 *
 * <p>A 403 is the gateway's own fault only where its JSON names the credential, the account or a
 * permission. Any other may be a firewall's answer to what the prompt says, and must not cost
 * others the provider.
 *
 * <p>The header {@code x-should-retry}, which OpenAI and Anthropic send to their own clients, is
 * not read: it adds nothing to status and code, and it speaks about this provider only, while a
 * failure also decides about others.
 */
public final class ErrorAnswer {
  private static final Pattern OF_MODEL = Pattern.compile("(?i)\\bmodels?\\b");

  private ErrorAnswer() {}

  /**
   * The failure that {@code head} and the error in {@code json} describe.
   *
   * @param json the body, or one event of a stream; null when it is not JSON
   */
  public static Failure failure(ReplyHead head, @Nullable JsonValue json) {
    ErrorBody body = ErrorBody.of(json);
    ProviderReply reply = body.reply(head);
    int status = status(head, body, reply);
    OptionalLong wait = RetryAfter.nanos(head, body.error());
    return switch (word(status, body, reply, wait.isPresent())) {
      case CONTEXT_LENGTH -> new Failure.ContextLengthExceeded(reply);
      case CONTENT_POLICY -> new Failure.ContentPolicy(reply);
      case QUOTA -> new Failure.QuotaExhausted(reply);
      case CREDENTIAL -> new Failure.CredentialRejected(reply, isOfModel(status, reply));
      case MODEL -> new Failure.ModelNotFound(reply);
      case PREFILL -> new Failure.PrefillRejected(reply);
      case RATE_LIMIT -> new Failure.RateLimited(reply, wait);
      case OVERLOADED -> new Failure.Overloaded(reply, wait);
      case null -> rest(status, reply, head);
    };
  }

  private static @Nullable ErrorWord word(
      int status, ErrorBody body, ProviderReply reply, boolean waits) {
    ErrorWord told = told(status, body, reply, waits);
    if (told != null) {
      return told;
    }
    ErrorWord said = ErrorWord.of(reply.code(), reply.type());
    if (said != null) {
      return said;
    }
    return switch (status) {
      case 401 -> ErrorWord.CREDENTIAL;
      case 402 -> ErrorWord.QUOTA;
      case 403 -> body.isModeration() ? ErrorWord.CONTENT_POLICY : null;
      case 404 -> isAboutTheModel(body, reply) ? ErrorWord.MODEL : null;
      case 429 -> ErrorWord.RATE_LIMIT;
      case 498, 503, 529 -> ErrorWord.OVERLOADED; // 498: Groq's capacity_exceeded
      default -> null;
    };
  }

  /**
   * What the error says in words alone, or in a detail; null when it says nothing so.
   *
   * <p>A 429 that says when to come back is a rate limit, whatever it calls the limit. A 500 counts
   * because llama.cpp and others report a full context with it.
   */
  private static @Nullable ErrorWord told(
      int status, ErrorBody body, ProviderReply reply, boolean waits) {
    if (status == 429) {
      boolean spent = body.isDailyQuota() || ErrorMessages.isSpendLimit(reply.message());
      ErrorWord word = spent ? ErrorWord.QUOTA : ErrorMessages.of(reply.message());
      return word == ErrorWord.QUOTA && !waits ? word : null;
    }
    return status <= 500 ? ErrorMessages.of(reply.message()) : null;
  }

  /** What no word says more about. 424 and 499: a gateway's own upstream failed, or timed out. */
  private static Failure rest(int status, ProviderReply reply, ReplyHead head) {
    return switch (status) {
      case 400, 422 -> rejected(reply, head);
      case 403 -> new Failure.ProviderRefused(reply);
      case 404, 408, 409, 424, 499 -> new Failure.ServerError(reply);
      default ->
          status >= 400 && status < 500
              ? new Failure.RequestRejected(reply)
              : new Failure.ServerError(reply);
    };
  }

  private static Failure rejected(ProviderReply reply, ReplyHead head) {
    String added = AddedFields.named(reply, head.addedFields());
    return added == null
        ? new Failure.RequestRejected(reply)
        : new Failure.AddedFieldRejected(reply, added);
  }

  /** Whether a permission is missing for this model only. */
  private static boolean isOfModel(int status, ProviderReply reply) {
    return status != 401
        && ("model".equals(reply.param()) || OF_MODEL.matcher(reply.message()).find());
  }

  /** The status meant: an error inside a success may name its own. */
  private static int status(ReplyHead head, ErrorBody body, ProviderReply reply) {
    if (!head.isSuccess()) {
      return head.status();
    }
    int inside = body.statusInside();
    return inside == 0 && "invalid_request_error".equals(reply.type()) ? 400 : inside;
  }

  /**
   * A 404 is about the model unless it is one that the provider gives for a path it does not know:
   * no JSON, no error object ({@code {"detail":"Not Found"}}), the digits 404 for a code (Azure),
   * or no code at all beside a type that only says "bad request" (OpenAI).
   */
  private static boolean isAboutTheModel(ErrorBody body, ProviderReply reply) {
    boolean unnamed = reply.code() == null && "invalid_request_error".equals(reply.type());
    return body.isOfTheApi() && !"404".equals(reply.code()) && !unnamed;
  }
}
