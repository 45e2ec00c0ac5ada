package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signatures in the history that a client of Gemini's API sends.
 *
 * <p>Those of other formats, which this gateway sent in envelopes, are removed. The first call of a
 * turn must have a signature for models from Gemini 3 on: where another provider made the call, a
 * placeholder signs it. Once the provider has rejected the signatures all of them are removed. A
 * part that was nothing but a signature goes with it, and so does a turn without a part.
 */
final class SentSignatures {
  private static final String FIELD = "thoughtSignature";

  private final boolean byLevel;
  private final boolean removesAll;

  SentSignatures(TargetRequest request) {
    this.byLevel = request.target().facts().traits().thinking().byLevel();
    this.removesAll = request.withoutSignatures();
  }

  /** Whether {@code root} has signatures that a placeholder can replace, or lacks one. */
  boolean areReplaceable(JsonValue root) {
    return JsonFields.array(root, "contents").stream()
        .flatMap(content -> JsonFields.array(content, "parts").stream())
        .anyMatch(part -> {
          JsonValue signature = GeminiNames.value(part, FIELD);
          return signature == null
              ? !byLevel && isCall(part)
              : !signature.isText(Turn.NO_SIGNATURE);
        });
  }

  /** Edits the history of {@code root}. */
  void write(JsonValue root, JsonSplice splice) {
    JsonValue contents = JsonFields.value(root, "contents");
    List<JsonValue> turns = JsonFields.array(root, "contents");
    for (int i = 0; contents != null && i < turns.size(); i++) {
      List<JsonValue> parts = JsonFields.array(turns.get(i), "parts");
      if (!parts.isEmpty() && parts.stream().allMatch(this::isOnlySignature)) {
        splice.remove(contents, i);
      } else {
        writeParts(turns.get(i), parts, splice);
      }
    }
  }

  private void writeParts(JsonValue turn, List<JsonValue> parts, JsonSplice splice) {
    JsonValue all = JsonFields.value(turn, "parts");
    JsonValue firstCall = parts.stream().filter(SentSignatures::isCall).findFirst().orElse(null);
    for (int i = 0; all != null && i < parts.size(); i++) {
      JsonValue part = parts.get(i);
      if (isOnlySignature(part)) {
        splice.remove(all, i);
      } else {
        write(part, firstCall != null && firstCall.equals(part) && (byLevel || removesAll), splice);
      }
    }
  }

  /** Whether nothing is left of {@code part} without its signature, which Gemini does not get. */
  private boolean isOnlySignature(JsonValue part) {
    JsonValue signature = GeminiNames.value(part, FIELD);
    JsonValue text = JsonFields.value(part, "text");
    return signature != null && kept(signature) == null && text != null && text.isEmptyString();
  }

  private void write(JsonValue part, boolean isDue, JsonSplice splice) {
    JsonValue sent = GeminiNames.value(part, FIELD);
    String kept = sent == null ? null : kept(sent);
    String signature = kept == null && isDue ? Turn.NO_SIGNATURE : kept;
    if (sent == null) {
      if (signature != null) {
        splice.append(part, FIELD, JsonText.quote(signature));
      }
    } else if (signature == null) {
      splice.remove(part, FIELD).remove(part, "thought_signature");
    } else if (!sent.text().equals(signature)) {
      splice.replace(sent, JsonText.quote(signature));
    }
  }

  private @Nullable String kept(JsonValue signature) {
    return removesAll ? null : own(signature);
  }

  /** The signature if Gemini issued it, else null. */
  private static @Nullable String own(JsonValue sent) {
    Signature signature = SignatureEnvelope.unwrapBase64(sent.text(), WireFormat.GEMINI);
    return signature.issuer().equals(WireFormat.GEMINI) ? signature.value() : null;
  }

  private static boolean isCall(JsonValue part) {
    return GeminiNames.object(part, "functionCall") != null;
  }
}
