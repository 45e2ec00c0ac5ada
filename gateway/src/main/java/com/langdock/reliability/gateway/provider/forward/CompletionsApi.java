package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.Set;

/**
 * OpenAI's completions of a text. An answer that broke off goes on from the prompt and the
 * delivered text, which is what such a model continues anyway.
 */
final class CompletionsApi implements ForwardedApi {
  private static final String STREAM_OPTIONS = "stream_options";
  private static final String LIMIT = "max_tokens";

  @Override
  public byte[] body(TargetRequest request) {
    byte[] body = ForwardedApi.super.body(request);
    JsonValue root = request.exchange().stream() ? JsonBody.json(body) : null;
    if (root == null) {
      return body;
    }
    JsonSplice splice = new JsonSplice(body);
    requestUsage(splice, root, request);
    if (request.continued() != null) {
      addDelivered(splice, root, request.continued());
    }
    return splice.bytes();
  }

  /** The usage of every stream is recorded, even if the client does not want it. */
  private static void requestUsage(JsonSplice splice, JsonValue root, TargetRequest request) {
    JsonValue options = JsonFields.object(root, STREAM_OPTIONS);
    if (request.omittedFields().contains(STREAM_OPTIONS)) {
      splice.remove(root, STREAM_OPTIONS);
    } else if (options == null) {
      splice.put(root, STREAM_OPTIONS, "{\"include_usage\":true}");
    } else {
      splice.put(options, "include_usage", "true");
    }
  }

  private static void addDelivered(JsonSplice splice, JsonValue root, Continued continued) {
    String prompt = JsonFields.text(root, "prompt");
    splice.put(
        root, "prompt", JsonText.quote((prompt == null ? "" : prompt) + continued.delivered()));
    JsonValue limit = JsonFields.number(root, LIMIT);
    if (limit != null) {
      splice.replace(limit, Long.toString(continued.left(JsonFields.count(root, LIMIT))));
    }
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return request.exchange().stream() ? Set.of(STREAM_OPTIONS) : Set.of();
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return JsonAnswer.read(request, head, body, "choices", JsonAnswer.Edit.NONE);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new CompletionStream(request.target(), head);
  }
}
