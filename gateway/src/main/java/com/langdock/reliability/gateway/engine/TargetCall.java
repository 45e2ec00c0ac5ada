package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Attempt;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.RequestForm;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.exchange.AnswerHead;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.Signer;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.loop.LoopTimer;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import com.langdock.reliability.gateway.upstream.UpstreamRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How one attempt calls its target, whatever kind of answer it awaits. */
record TargetCall(
    Loop loop, Step.Begin step, Propagation propagation, Provider provider, TargetModel model) {
  /** The longest wait for another credential. */
  static final long MAX_RENEWAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  static TargetCall of(Loop loop, Step.Begin step, Propagation propagation) {
    Target target = step.attempt().target();
    Provider provider = loop.provider(target.provider());
    return new TargetCall(loop, step, propagation, provider, provider.model(target.model()));
  }

  Attempt attempt() {
    return step.attempt();
  }

  ProviderFormat format() {
    return provider.format();
  }

  TargetRequest request(Exchange exchange) {
    RequestForm form = step.form();
    return new TargetRequest(exchange, model, form.omittedFields(), form.withoutSignatures(), null);
  }

  /**
   * Writes and signs the request, unless the provider cannot be asked for its task. Hashing a large
   * body takes time, so this runs where bodies are worked on.
   */
  Written write(TargetRequest request) {
    return format().supports(request.exchange())
        ? signed(format().write(request))
        : new Written.Untranslatable(
            new Failure.Untranslatable(
                "model", "No provider of this model " + missing(request.exchange()) + "."));
  }

  private Written signed(Written written) {
    if (provider.signer().equals(Signer.NONE)) {
      return written;
    }
    return switch (written) {
      case Written.Request request ->
          signed(List.of(request.outgoing()))
              .<Written>map(sent -> new Written.Request(sent.getFirst(), request.changes()))
              .orElseGet(TargetCall::unsigned);
      case Written.Parts parts ->
          signed(parts.outgoing())
              .<Written>map(
                  sent -> new Written.Parts(sent, parts.changes(), parts.join(), parts.usage()))
              .orElseGet(TargetCall::unsigned);
      case Written.Untranslatable untranslatable -> untranslatable;
      case Written.Unsigned unsigned -> unsigned;
    };
  }

  private static Written unsigned() {
    return new Written.Unsigned(new Failure.CredentialMissing());
  }

  /** The requests with their signatures; empty if there is no credential. */
  private Optional<List<Outgoing>> signed(List<Outgoing> requests) {
    List<Outgoing> signed = new ArrayList<>();
    for (Outgoing request : requests) {
      provider.signer().sign(request).ifPresent(headers -> signed.add(request.with(headers)));
    }
    if (signed.size() < requests.size()) {
      requests.forEach(request -> request.content().release());
      return Optional.empty();
    }
    return Optional.of(signed);
  }

  /**
   * What a provider's refusal means for a credential that can be fetched anew, or a signature that
   * is made anew.
   *
   * @param head of the refusal; null if none came
   */
  Failure judged(Failure failure, @Nullable ReplyHead head) {
    if (head != null
        && failure instanceof Failure.Answered answered
        && provider.signer().corrects(head)) {
      return new Failure.CredentialExpired(answered.reply());
    }
    return failure instanceof Failure.CredentialRejected rejected
            && rejected.mayHaveExpired()
            && provider.signer().isRenewable()
        ? new Failure.CredentialExpired(rejected.reply())
        : failure;
  }

  /** Runs {@code then} when the credential was fetched anew, or could not be within a while. */
  void renewCredential(Runnable then) {
    LoopTimer limit = loop.events().timer();
    AtomicBoolean isOver = new AtomicBoolean();
    Runnable once =
        () -> {
          if (isOver.compareAndSet(false, true)) {
            limit.cancel();
            then.run();
          }
        };
    limit.set(MAX_RENEWAL_NANOS, once);
    provider.signer().renew(attempt().startedAt(), () -> loop.events().execute(once));
  }

  /** What no provider of the model does, where none can be asked. */
  private static String missing(Exchange exchange) {
    return switch (exchange.task()) {
      case ANSWER -> "answers in this API";
      case COUNT_TOKENS -> "counts tokens";
      case FORWARD -> "serves " + exchange.payload().format().name();
      case PASS -> "is there for this path";
    };
  }

  /** Releases what was written for an attempt that does not send it. */
  static void discard(@Nullable Written written) {
    switch (written) {
      case Written.Request request -> request.outgoing().content().release();
      case Written.Parts parts -> parts.outgoing().forEach(part -> part.content().release());
      case Written.Untranslatable untranslatable -> {}
      case Written.Unsigned unsigned -> {}
      case null -> {}
    }
  }

  UpstreamCall send(Outgoing outgoing, ReplyListener listener) {
    return provider
        .pool()
        .send(
            new UpstreamRequest(
                outgoing.method(),
                outgoing.path(),
                headers(outgoing),
                outgoing.content(),
                step.limits(),
                new UpstreamRequest.Reuse(!step.freshConnection(), outgoing.isRecurring())),
            new GuardedReply(listener, loop.events()));
  }

  /** The request's own headers and those of its trace; usually none. */
  private Map<String, String> headers(Outgoing outgoing) {
    Map<String, String> trace = propagation.headers(step.attempt());
    return outgoing.headers().isEmpty() ? trace : outgoing.with(trace).headers();
  }

  /** What the head of the client's answer says of this attempt. */
  AnswerHead answerHead(TargetRequest request, RequestChanges changes, @Nullable ReplyHead head) {
    Map<String, String> headers = head == null ? Map.of() : format().answerHeaders(request, head);
    String contentType = head == null ? null : format().contentType(request, head);
    int status = head == null ? AnswerHead.OK : format().status(request, head);
    boolean isUsual = headers.isEmpty() && contentType == null && status == AnswerHead.OK;
    return isUsual && changes.equals(RequestChanges.NONE)
        ? AnswerHead.NONE
        : new AnswerHead(status, changes, headers, contentType);
  }

  /** The head of the answer to {@code request}, received now. */
  ReplyHead head(TargetRequest request, int status, ReplyHeaders headers) {
    Instant now = Instant.ofEpochMilli(loop.ticker().unixMillis());
    return new ReplyHead(
        status,
        headers::value,
        now,
        provider.redactor(),
        format().addedFields(request),
        () -> !request.withoutSignatures() && format().hasSignatures(request));
  }
}
