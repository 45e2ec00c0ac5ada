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
import com.langdock.reliability.gateway.provider.stream.StreamDecoder;
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
  private final boolean takesStreamOptions;

  /**
   * A codec for one provider.
   *
   * @param takesStreamOptions whether it knows {@code stream_options}; Mistral refuses the field,
   *     and says what was used without being asked
   */
  public OpenAiCodec(boolean takesStreamOptions) {
    this.takesStreamOptions = takesStreamOptions;
  }

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
    if (request.stream()) {
      askForUsage(splice, root);
    }
    return new Encoded.Body(splice.bytes());
  }

  /** The gateway accounts for every stream, whether or not its client wants to know the usage. */
  private void askForUsage(JsonSplice splice, JsonValue root) {
    JsonValue options = Fields.object(root, "stream_options");
    if (!takesStreamOptions) {
      splice.remove(root, "stream_options");
    } else if (options == null) {
      splice.put(root, "stream_options", "{\"include_usage\":true}");
    } else {
      splice.put(options, "include_usage", "true");
    }
  }

  @Override
  public StreamDecoder stream(Exchange exchange, ReplyHead head) {
    return new OpenAiStream(exchange.target(), head);
  }

  @Override
  public Decoded decode(Exchange exchange, ReplyHead head, byte[] body) {
    return OpenAiAnswer.decode(exchange.target(), head, body);
  }
}
