package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the request of a client of the Responses API: the client's bytes and headers. Only a
 * differing model name is replaced, the gateway's own fields are removed, and opaque state of other
 * formats is left out ({@link SentItems}).
 *
 * <p>For the rest of an answer the delivered text is added to the input, and its tokens are
 * subtracted from the limit.
 */
final class PassthroughRequest {
  private static final String INPUT = "input";
  private static final String LIMIT = "max_output_tokens";

  private final TargetRequest request;
  private final JsonValue root;
  private final JsonSplice splice;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();

  private PassthroughRequest(TargetRequest request) {
    Payload payload = request.exchange().payload();
    this.request = request;
    this.root = payload.root();
    this.splice = new JsonSplice(root);
  }

  static Written write(TargetRequest request) {
    PassthroughRequest passed = new PassthroughRequest(request);
    passed.edit();
    Payload payload = request.exchange().payload();
    return new Written.Request(
        payload.post(ResponsesFormat.PATH, payload.headers(), passed.splice),
        passed.changes.build());
  }

  /** Whether the history has opaque state that can be left out. */
  static boolean hasSignatures(TargetRequest request) {
    return new SentItems(request.exchange().payload().root(), false).areRemovable();
  }

  private void edit() {
    String upstreamName = request.target().upstreamName();
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !upstreamName.equals(JsonFields.text(root, "model"))) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
    splice.remove(root, "preferred_provider").remove(root, "client_id");
    new SentItems(root, request.withoutSignatures()).write(splice, changes);
    if (request.continued() != null) {
      addDelivered(request.continued());
    }
  }

  private void addDelivered(Continued continued) {
    List<String> turns = new ArrayList<>();
    turns.add(turn("assistant", continued.delivered()));
    String instruction = continued.instruction();
    if (instruction != null) {
      turns.add(turn("user", instruction));
    }
    JsonValue input = JsonFields.value(root, INPUT);
    if (input == null) {
      splice.append(root, INPUT, turns.toString());
    } else if (input.kind() == JsonValue.Kind.STRING) {
      turns.addFirst("{\"role\":\"user\",\"content\":" + input.raw() + "}");
      splice.replace(input, turns.toString());
    } else {
      turns.forEach(turn -> splice.append(input, turn));
    }
    JsonValue limit = JsonFields.number(root, LIMIT);
    if (limit != null) {
      long left = continued.left(JsonFields.count(root, LIMIT));
      splice.replace(limit, Long.toString(Math.max(RequestOptions.MIN_LIMIT, left)));
    }
  }

  private static String turn(String role, String content) {
    return "{\"role\":\"" + role + "\",\"content\":" + JsonText.quote(content) + "}";
  }
}
