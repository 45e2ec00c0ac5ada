package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the parts of an answer. */
final class PartJson {
  private PartJson() {}

  /** Text, which is a JSON string. */
  static String text(String literal) {
    return "{\"text\":" + literal + "}";
  }

  /** Thinking, with its signature if that is known already. */
  static String thought(String literal, @Nullable Signature signature) {
    return "{\"text\":" + literal + ",\"thought\":true" + field(signature) + "}";
  }

  /** A signature of Gemini's own, which belongs to the answer but to no thinking that is shown. */
  static String signature(Signature signature) {
    return "{\"text\":\"\"" + field(signature) + "}";
  }

  /**
   * A call.
   *
   * @param more arguments besides those in the call
   */
  static String call(Piece.Block.Call call, String more) {
    return "{\"functionCall\":{\"id\":"
        + JsonText.quote(call.id())
        + ",\"name\":"
        + JsonText.quote(call.name())
        + ",\"args\":"
        + arguments(call.arguments() + more)
        + "}"
        + field(call.signature())
        + "}";
  }

  /** The text of a JSON string. */
  static String decoded(String literal) {
    return Objects.requireNonNull(JsonBody.json(literal.getBytes(UTF_8))).text();
  }

  /** The arguments; what the model wrote in vain is kept under a name of its own. */
  private static String arguments(String json) {
    if (json.isBlank()) {
      return "{}";
    }
    JsonValue read = JsonBody.json(json.getBytes(UTF_8));
    return read != null && read.kind() == JsonValue.Kind.OBJECT
        ? json
        : "{\"_raw\":" + JsonText.quote(json) + "}";
  }

  /** Clients take base64 only: a foreign signature is in an envelope that is. */
  private static String field(@Nullable Signature signature) {
    if (signature == null) {
      return "";
    }
    String value =
        signature.issuer().equals(WireFormat.GEMINI)
            ? signature.value()
            : SignatureEnvelope.wrapBase64(signature);
    return ",\"thoughtSignature\":" + JsonText.quote(value);
  }
}
