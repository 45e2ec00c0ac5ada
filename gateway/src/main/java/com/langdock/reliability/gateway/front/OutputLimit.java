package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.json.JsonFields;

/** Reads the most tokens that an answer may have. */
public final class OutputLimit {
  private OutputLimit() {}

  /** The number in the field {@code name} of a request; the largest number without one. */
  public static long of(Exchange request, String name) {
    return JsonFields.number(request.payload().root(), name) == null
        ? Long.MAX_VALUE
        : JsonFields.count(request.payload().root(), name);
  }
}
