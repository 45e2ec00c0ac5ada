package com.langdock.reliability.gateway.front.forward;

import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.OpenAiError;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A front whose requests and answers are passed on as they are, whatever is in them. */
interface PassingFront extends Front {
  /** What is known of a body that nobody reads. */
  JsonValue NO_FIELDS =
      Objects.requireNonNull(JsonBody.json("{}".getBytes(StandardCharsets.UTF_8)));

  /** A body that is passed on with {@code forwarding}. */
  static Payload payload(Body body, Forwarding forwarding) {
    return Payload.form(WireFormat.UNKNOWN, body, NO_FIELDS, forwarding);
  }

  @Override
  default Bodies bodies(String path) {
    return Bodies.ANY;
  }

  @Override
  default @Nullable Page page(String path, Rights rights) {
    return null;
  }

  @Override
  default byte[] answer(WholeAnswer answer, Exchange request, AnswerFacts facts) {
    throw new IllegalStateException("what is passed on is always a stream");
  }

  @Override
  default ClientWriter writer(Exchange request, RequestHead head) {
    return new FileWriter();
  }

  @Override
  default byte[] error(ApiError error, String requestId) {
    return OpenAiError.body(error, requestId);
  }

  /** Only the end of the connection can show that what was passed on is not whole. */
  @Override
  default byte @Nullable [] streamError(
      ApiError error, String requestId, @Nullable ClientWriter writer) {
    return null;
  }
}
