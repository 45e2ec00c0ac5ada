package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the request of a client of Gemini's API: the client's bytes, with the target's model in
 * the path. A model in the body is replaced, the gateway's own fields are removed, and signatures
 * of other formats do not reach Gemini ({@link SentSignatures}).
 *
 * <p>For the rest of an answer the delivered text is added, and its tokens are subtracted from the
 * limit.
 */
final class PassthroughRequest {
  private static final String COUNT = ":countTokens";

  private final TargetRequest request;
  private final GeminiHost host;
  private final JsonValue root;
  private final JsonSplice splice;

  private PassthroughRequest(TargetRequest request, GeminiHost host) {
    Payload payload = request.exchange().payload();
    this.request = request;
    this.host = host;
    this.root = payload.root();
    this.splice = new JsonSplice(root);
  }

  static Written write(TargetRequest request, GeminiHost host) {
    PassthroughRequest passed = new PassthroughRequest(request, host);
    boolean isWrapped = passed.edit();
    boolean counts = request.exchange().task() == Exchange.Task.COUNT_TOKENS;
    String path =
        counts
            ? GeneratePath.of(request.target(), COUNT)
            : GeneratePath.of(request.target(), request.exchange().stream());
    return new Written.Request(
        isWrapped && host != GeminiHost.API
            ? Outgoing.post(host.path(path), unwrapped(passed.splice.bytes()))
            : request.exchange().payload().post(host.path(path), passed.splice));
  }

  /** Whether the history has signatures that a placeholder can replace, or lacks one. */
  static boolean hasSignatures(TargetRequest request) {
    return new SentSignatures(request).areReplaceable(request.exchange().payload().root());
  }

  /** Edits the body; whether it wraps the request whose tokens are counted. */
  private boolean edit() {
    splice.remove(root, "preferred_provider").remove(root, "client_id");
    replaceModel(root);
    new SentSignatures(request).write(root, splice);
    JsonValue counted = GeminiNames.object(root, "generateContentRequest");
    if (counted != null) {
      replaceModel(counted);
      new SentSignatures(request).write(counted, splice);
    }
    if (request.continued() != null) {
      addDelivered(request.continued());
    }
    return counted != null;
  }

  /** Vertex counts a request that is not wrapped. */
  private static byte[] unwrapped(byte[] body) {
    JsonValue inner = GeminiNames.object(JsonBody.json(body), "generateContentRequest");
    return inner == null ? body : inner.raw().getBytes(StandardCharsets.UTF_8);
  }

  private void replaceModel(JsonValue holder) {
    if (host == GeminiHost.VERTEX) {
      splice.remove(holder, "model");
      return;
    }
    JsonValue model = JsonFields.value(holder, "model");
    String name = GeneratePath.resource(request.target().upstreamName());
    if (model != null && !model.isText(name)) {
      splice.replace(model, JsonText.quote(name));
    }
  }

  private void addDelivered(Continued continued) {
    JsonValue contents = JsonFields.value(root, "contents");
    if (contents != null) {
      turns(continued).forEach(turn -> splice.append(contents, turn));
    }
    JsonValue config = GeminiNames.object(root, "generationConfig");
    JsonValue limit = GeminiNames.value(config, "maxOutputTokens");
    if (limit != null && limit.integer().isPresent()) {
      splice.replace(limit, Long.toString(continued.left(limit.integer().getAsLong())));
    }
  }

  private static List<String> turns(Continued continued) {
    String instruction = continued.instruction();
    String delivered = turn("model", continued.delivered());
    return instruction == null ? List.of(delivered) : List.of(delivered, turn("user", instruction));
  }

  private static String turn(String role, String text) {
    return "{\"role\":\"" + role + "\",\"parts\":[{\"text\":" + JsonText.quote(text) + "}]}";
  }
}
