package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.session.Step;
import com.langdock.reliability.gateway.exchange.Codec;
import com.langdock.reliability.gateway.exchange.Encoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import com.langdock.reliability.gateway.upstream.UpstreamRequest;
import java.time.Instant;

/** How one attempt calls its target, whatever kind of answer it awaits. */
record TargetCall(
    Loop loop, Step.Begin step, Propagation propagation, Provider provider, TargetModel model) {
  static TargetCall of(Loop loop, Step.Begin step, Propagation propagation) {
    Target target = step.attempt().target();
    Provider provider = loop.provider(target.provider());
    return new TargetCall(loop, step, propagation, provider, provider.model(target.model()));
  }

  Codec codec() {
    return provider.codec();
  }

  TargetRequest exchange(Exchange request) {
    return new TargetRequest(request, model, step.omittedFields(), null);
  }

  UpstreamCall send(Encoded.Body json, ReplyListener listener) {
    return provider
        .pool()
        .send(
            new UpstreamRequest(
                codec().path(),
                propagation.headers(step.attempt()),
                json.json(),
                step.limits(),
                step.freshConnection()),
            new GuardedReply(listener, loop.events()));
  }

  /** The head of the answer to {@code exchange}, received now. */
  ReplyHead head(TargetRequest exchange, int status, ReplyHeaders headers) {
    Instant now = Instant.ofEpochMilli(loop.ticker().unixMillis());
    return new ReplyHead(
        status, headers::value, now, provider.redactor(), codec().addedFields(exchange));
  }
}
