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
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import com.langdock.reliability.gateway.upstream.UpstreamRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one attempt calls its target, whatever kind of answer it awaits. */
record TargetCall(
    Loop loop, Step.Begin step, Propagation propagation, Provider provider, TargetModel model) {
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

  /** Writes the request, unless the provider cannot be asked for its task. */
  Written write(TargetRequest request) {
    return format().supports(request.exchange())
        ? format().write(request)
        : new Written.Untranslatable(
            new Failure.Untranslatable(
                "model", "No provider of this model " + missing(request.exchange()) + "."));
  }

  /** What no provider of the model does, where none can be asked. */
  private static String missing(Exchange exchange) {
    return switch (exchange.task()) {
      case ANSWER -> "answers in this API";
      case COUNT_TOKENS -> "counts tokens";
      case FORWARD -> "serves " + exchange.payload().format().name();
    };
  }

  UpstreamCall send(Outgoing outgoing, ReplyListener listener) {
    return provider
        .pool()
        .send(
            new UpstreamRequest(
                outgoing.method(),
                outgoing.path(),
                headers(outgoing),
                outgoing.body(),
                step.limits(),
                step.freshConnection()),
            new GuardedReply(listener, loop.events()));
  }

  /** The request's own headers, those of its trace, and the signature's; usually none. */
  private Map<String, String> headers(Outgoing outgoing) {
    Map<String, String> trace = propagation.headers(step.attempt());
    Map<String, String> signature = provider.signer().sign(outgoing);
    if (outgoing.headers().isEmpty() && signature.isEmpty()) {
      return trace;
    }
    Map<String, String> all = new LinkedHashMap<>(outgoing.headers());
    all.putAll(trace);
    all.putAll(signature);
    return all;
  }

  /** What the head of the client's answer says of this attempt. */
  AnswerHead answerHead(TargetRequest request, RequestChanges changes, @Nullable ReplyHead head) {
    Map<String, String> headers = head == null ? Map.of() : format().answerHeaders(request, head);
    String contentType = head == null ? null : format().contentType(request, head);
    return changes.equals(RequestChanges.NONE) && headers.isEmpty() && contentType == null
        ? AnswerHead.NONE
        : new AnswerHead(changes, headers, contentType);
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
