package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.core.access.EndpointName;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestHead;
import org.jspecify.annotations.Nullable;

/** A front that runs a test's action before it reads or writes; the action may throw. */
record FaultyFront(Front front, Runnable inReading, Runnable inAnswering) implements Front {
  @Override
  public @Nullable EndpointName endpoint(String path) {
    return front.endpoint(path);
  }

  @Override
  public @Nullable Page page(String path, Rights rights) {
    return front.page(path, rights);
  }

  @Override
  public Reading read(RequestHead head, Body body, boolean mayTakeLong) {
    inReading.run();
    return front.read(head, body, mayTakeLong);
  }

  @Override
  public byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    inAnswering.run();
    return front.answer(answer, request, facts);
  }

  @Override
  public ClientWriter writer(Exchange request, RequestHead head) {
    inAnswering.run();
    return front.writer(request, head);
  }

  @Override
  public byte[] error(ApiError error, String requestId) {
    return front.error(error, requestId);
  }

  @Override
  public byte @Nullable [] streamError(
      ApiError error, String requestId, @Nullable ClientWriter writer) {
    return front.streamError(error, requestId, writer);
  }
}
