package com.langdock.reliability.gateway.front.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelCatalog;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A validator with four models, and requests for it. */
final class Validations {
  static final RequestValidator VALIDATOR =
      new RequestValidator(
          new ModelCatalog(
              Map.of(
                  "gpt",
                  facts("cl100k_base"),
                  "rare",
                  facts("r50k_base"),
                  "claude",
                  facts(null),
                  "free",
                  ModelFacts.UNKNOWN)),
          model -> !model.startsWith("nobody-serves-this"));

  private Validations() {}

  /** A window of 1,000 tokens, 500 of output. */
  private static ModelFacts facts(@Nullable String tokenizer) {
    return new ModelFacts(OptionalLong.of(1_000), OptionalLong.of(500), false, true, tokenizer);
  }

  /** Validates a body that is written with single quotes. */
  static Validation validate(String body) {
    return VALIDATOR.validate(Body.of(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  /** A valid request with additional fields, each followed by a comma. */
  static String with(String fields) {
    String comma = fields.isEmpty() ? "" : ",";
    return "{" + fields + comma + "'model':'gpt','messages':[{'role':'user','content':'hi'}]}";
  }

  /** A valid request with these messages. */
  static String saying(String messages) {
    return "{'model':'gpt','messages':[" + messages + "]}";
  }

  static Exchange valid(String body) {
    Validation validation = validate(body);
    assertThat(validation).as(body).isInstanceOf(Validation.Valid.class);
    return ((Validation.Valid) validation).request();
  }

  static Problem problem(String body) {
    Validation validation = validate(body);
    assertThat(validation).as(body).isInstanceOf(Validation.Invalid.class);
    return ((Validation.Invalid) validation).problem();
  }
}
