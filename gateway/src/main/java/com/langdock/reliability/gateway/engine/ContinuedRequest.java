package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;

/** Asks for the rest of an answer whose beginning the client has. */
public final class ContinuedRequest {
  private static final String INSTRUCTION =
      "Your answer above was cut off by a technical fault. Go on from exactly where it ends, in the"
          + " middle of a word if need be. Repeat nothing, explain nothing, and do not mention the"
          + " interruption: your words will be joined to those above.";

  private static final List<String> LIMITS = List.of("max_tokens", "max_completion_tokens");

  private ContinuedRequest() {}

  /**
   * The request that goes on from {@code delivered}; {@code request} itself when nothing was.
   *
   * <p>What was delivered is taken off the client's limit of the answer's length, by the estimate
   * of four characters to a token.
   */
  public static Exchange of(Exchange request, String delivered, Continuation way) {
    JsonValue messages = request.payload().root().field("messages");
    if (delivered.isEmpty() || messages == null) {
      return request;
    }
    String turns =
        switch (way) {
          case NONE -> "";
          case PREFILL -> turn("assistant", delivered);
          case INSTRUCTION -> turn("assistant", delivered) + turn("user", INSTRUCTION);
        };
    String raw = messages.raw();
    String longer = raw.substring(0, raw.length() - 1) + turns + "]";
    JsonSplice splice = new JsonSplice(request.payload().bytes()).replace(messages, longer);
    for (String name : LIMITS) {
      JsonValue limit = JsonFields.number(request.payload().root(), name);
      if (limit != null) {
        long left =
            JsonFields.count(request.payload().root(), name)
                - delivered.length() / Usage.CHARACTERS_PER_TOKEN;
        splice.replace(limit, Long.toString(Math.max(1, left)));
      }
    }
    return request.with(splice.bytes());
  }

  private static String turn(String role, String content) {
    return ",{\"role\":\"" + role + "\",\"content\":" + JsonText.quote(content) + "}";
  }
}
