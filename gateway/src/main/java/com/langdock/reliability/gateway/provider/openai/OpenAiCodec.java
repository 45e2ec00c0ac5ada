package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.json.JsonSplice;
import com.langdock.reliability.gateway.json.JsonText;
import com.langdock.reliability.gateway.json.JsonValue;
import com.langdock.reliability.gateway.provider.ChatRequest;
import com.langdock.reliability.gateway.provider.Codec;
import com.langdock.reliability.gateway.provider.Decoded;
import com.langdock.reliability.gateway.provider.Encoded;
import com.langdock.reliability.gateway.provider.Exchange;
import com.langdock.reliability.gateway.provider.Fields;
import com.langdock.reliability.gateway.provider.ReplyHead;
import java.util.Map;
import java.util.TreeMap;

/**
 * Speaks to OpenAI and to every API that is compatible with it.
 *
 * <p>The client already speaks this format, so its bytes go on as they are: unknown fields, number
 * spellings and key order survive. Only the model's name is replaced where it differs, and the
 * gateway's own fields are taken out.
 */
public final class OpenAiCodec implements Codec {
  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    if (!credential.isEmpty()) {
      headers.put("authorization", "Bearer " + credential);
    }
    return headers;
  }

  @Override
  public Encoded encode(Exchange exchange) {
    ChatRequest request = exchange.request();
    JsonValue root = request.root();
    String upstreamName = exchange.target().upstreamName();
    JsonSplice splice = new JsonSplice(request.body());
    JsonValue model = Fields.value(root, "model");
    if (model != null && !upstreamName.equals(Fields.text(root, "model"))) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
    splice.remove(root, "preferred_provider").remove(root, "client_id");
    return new Encoded.Body(splice.bytes());
  }

  @Override
  public Decoded decode(Exchange exchange, ReplyHead head, byte[] body) {
    return OpenAiAnswer.decode(exchange.target(), head, body);
  }
}
