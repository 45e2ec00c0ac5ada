package com.langdock.reliability.gateway.front.chat;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a tool call in this format: {@code extra_content.google.thought_signature}, the
 * field of Google's own chat endpoint. Clients send it back with the call.
 */
final class CallSignature {
  private static final String CONTENT = "extra_content";
  private static final String VENDOR = "google";
  private static final String SIGNATURE = "thought_signature";

  private CallSignature() {}

  /** The field with a comma before it; empty if Gemini did not sign the call. */
  static String json(@Nullable Signature signature) {
    return signature == null || !signature.issuer().equals(WireFormat.GEMINI)
        ? ""
        : ",\"%s\":{\"%s\":{\"%s\":%s}}"
            .formatted(CONTENT, VENDOR, SIGNATURE, JsonText.quote(signature.value()));
  }

  /** The signature of {@code call}; null if it has none. */
  static @Nullable Signature read(@Nullable JsonValue call) {
    JsonValue vendor = JsonFields.object(JsonFields.object(call, CONTENT), VENDOR);
    String value = JsonFields.text(vendor, SIGNATURE);
    return value == null || value.isEmpty() ? null : new Signature(WireFormat.GEMINI, value);
  }
}
