package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.RequestChanges;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.claude.ClaudeWhitespace;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the request of a client of the Messages API: the client's bytes and headers. Only a
 * differing model name is replaced, and the gateway's own fields are removed.
 *
 * <p>For the rest of an answer the delivered text is added. A prefill excludes thinking, and so
 * does a token limit that does not exceed the thinking budget any more.
 *
 * <p>Thinking of another format never reaches Anthropic. Without signatures the history has no
 * thinking. The results of tools exclude thinking then, since Anthropic requires the thinking
 * before their calls.
 */
final class PassthroughRequest {
  private final TargetRequest request;
  private final MessagesHost host;
  private final JsonValue root;
  private final SentThinking thinking;
  private final JsonSplice splice;
  private final RequestChanges.Builder changes = new RequestChanges.Builder();

  private PassthroughRequest(TargetRequest request, MessagesHost host) {
    Payload payload = request.exchange().payload();
    this.request = request;
    this.host = host;
    this.root = payload.root();
    this.thinking = new SentThinking(root, request.target());
    this.splice = new JsonSplice(root);
  }

  static Written write(TargetRequest request, MessagesHost host) {
    PassthroughRequest passed = new PassthroughRequest(request, host);
    passed.edit();
    Payload payload = request.exchange().payload();
    Map<String, String> headers = host.headers(payload.headers());
    return new Written.Request(
        payload.post(host.path(request), headers, passed.splice), passed.changes.build());
  }

  /** Whether the history has thinking that can be left out. */
  static boolean hasSignatures(TargetRequest request) {
    return new SentThinking(request.exchange().payload().root(), request.target()).isRemovable();
  }

  private void edit() {
    if (host.isModelInBody(request)) {
      renameModel();
    } else {
      splice.remove(root, "model");
    }
    if (host.version() != null) {
      splice.put(root, "anthropic_version", JsonText.quote(host.version()));
    }
    if (!host.isStreamInBody()) {
      splice.remove(root, "stream");
    }
    addBetas();
    splice.remove(root, "preferred_provider").remove(root, "client_id");
    boolean excludesThinking = removeSignatures();
    if (request.continued() != null) {
      excludesThinking |= addDelivered(request.continued());
    }
    if (excludesThinking) {
      removeThinking();
    }
  }

  private void renameModel() {
    String upstreamName = request.target().upstreamName();
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !upstreamName.equals(JsonFields.text(root, "model"))) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
  }

  /** The client's betas, where they belong into the body. */
  private void addBetas() {
    List<String> betas = host.betas(request.exchange().payload().headers());
    if (!betas.isEmpty()) {
      Set<String> all = new LinkedHashSet<>(JsonFields.texts(root, "anthropic_beta"));
      all.addAll(betas);
      splice.put(
          root,
          "anthropic_beta",
          all.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]")));
    }
  }

  /**
   * Removes the thinking that the provider did not issue. Returns whether the model's last calls
   * are without thinking now.
   */
  private boolean removeSignatures() {
    if (request.withoutSignatures()) {
      thinking.removeAll(splice, changes);
      return thinking.isDueAfterResults();
    }
    return thinking.removeForeign(splice, changes)
        && thinking.isDueAfterResults()
        && !thinking.hasOwnBeforeResults();
  }

  /**
   * Adds the delivered text to the messages and subtracts its tokens from the limit. Returns
   * whether that excludes thinking.
   */
  private boolean addDelivered(Continued continued) {
    JsonValue messages = JsonFields.value(root, "messages");
    if (messages != null) {
      turns(continued).forEach(turn -> splice.append(messages, turn));
    }
    JsonValue limit = JsonFields.number(root, "max_tokens");
    long left = Long.MAX_VALUE;
    if (limit != null) {
      left = continued.left(JsonFields.count(root, "max_tokens"));
      splice.replace(limit, Long.toString(left));
    }
    long budget = JsonFields.count(JsonFields.object(root, "thinking"), "budget_tokens");
    return continued.instruction() == null || left <= budget;
  }

  /** Blank text cannot be sent: the answer begins again. White space at a prefill's end neither. */
  private static List<String> turns(Continued continued) {
    String delivered = continued.delivered();
    String instruction = continued.instruction();
    if (ClaudeWhitespace.isBlank(delivered)) {
      return List.of();
    }
    return instruction == null
        ? List.of(turn("assistant", ClaudeWhitespace.stripTrailing(delivered)))
        : List.of(turn("assistant", delivered), turn("user", instruction));
  }

  private static String turn(String role, String content) {
    return "{\"role\":\"" + role + "\",\"content\":" + JsonText.quote(content) + "}";
  }

  /** Removes the thinking settings, and the edits of the context that Anthropic ties to them. */
  private void removeThinking() {
    if (thinking.settings() == null) {
      return;
    }
    splice.remove(root, "thinking");
    changes.dropped("thinking");
    JsonValue management = JsonFields.object(root, "context_management");
    JsonValue edits = JsonFields.value(management, "edits");
    List<JsonValue> all = JsonFields.array(management, "edits");
    List<String> kept = new ArrayList<>();
    for (JsonValue edit : all) {
      String type = JsonFields.text(edit, "type");
      if (type == null || !type.startsWith("clear_thinking_")) {
        kept.add(edit.raw());
      }
    }
    if (edits != null && kept.size() < all.size()) {
      splice.replace(edits, "[" + String.join(",", kept) + "]");
      changes.dropped("context_management.edits");
    }
  }
}
