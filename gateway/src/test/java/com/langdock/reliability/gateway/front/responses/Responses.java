package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.json.JsonValue;

/** Requests of this API; single quotes stand for double ones. */
final class Responses {
  private Responses() {}

  static JsonValue json(String json) {
    return Exchanges.json(json.replace('\'', '"'));
  }

  static Exchange request(String json) {
    JsonValue root = json(json);
    byte[] body = root.raw().getBytes(UTF_8);
    Payload payload = new Payload(WireFormat.RESPONSES, Body.of(body), root, ResponsesReader::read);
    return new Exchange(
        "m", Exchange.Task.ANSWER, null, null, true, AnswerTraits.PLAIN, 7, payload);
  }
}
