package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.util.Set;

/**
 * OpenAI's embeddings.
 *
 * <p>The official clients ask for base64 and decode it. A provider that ignores {@code
 * encoding_format} answers with numbers, which they would read as garbage, and one that rejects it
 * is asked for numbers: these are encoded here, as 32-bit floats in little-endian order.
 */
final class EmbeddingsApi implements ForwardedApi {
  private static final String ENCODING = "encoding_format";

  @Override
  public byte[] body(TargetRequest request) {
    byte[] body = ForwardedApi.super.body(request);
    JsonValue root = request.omittedFields().contains(ENCODING) ? JsonBody.json(body) : null;
    return root == null ? body : new JsonSplice(body).remove(root, ENCODING).bytes();
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return isBase64(request) ? Set.of(ENCODING) : Set.of();
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    JsonAnswer.Edit edit = isBase64(request) ? EmbeddingsApi::encode : JsonAnswer.Edit.NONE;
    return JsonAnswer.read(request, head, body, "data", edit);
  }

  private static boolean isBase64(TargetRequest request) {
    return JsonFields.isText(request.exchange().payload().root(), ENCODING, "base64");
  }

  /** There is no such stream. */
  private static void encode(JsonSplice splice, JsonValue root) {
    for (JsonValue entry : JsonFields.array(root, "data")) {
      JsonValue vector = JsonFields.value(entry, "embedding");
      if (vector != null && vector.kind() == JsonValue.Kind.ARRAY) {
        splice.replace(vector, "\"" + Base64Vector.of(vector.elements()) + "\"");
      }
    }
  }
}
