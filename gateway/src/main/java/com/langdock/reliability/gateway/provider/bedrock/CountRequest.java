package com.langdock.reliability.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonValue;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has the tokens of a request counted: the body of InvokeModel in base64. Bedrock counts for models
 * themselves only, whose id an inference profile of several regions has in its name.
 */
final class CountRequest {
  private static final Pattern MODEL =
      Pattern.compile("(?:(?:[a-z]{2,6}|us-gov)\\.)?(anthropic\\.[A-Za-z0-9._:-]+)");

  private CountRequest() {}

  /** The request for a count of what {@code written} sends. */
  static Written write(TargetRequest request, Written written) {
    Matcher model = MODEL.matcher(request.target().upstreamName());
    if (!(written instanceof Written.Request sent)) {
      return written;
    }
    if (!model.matches()) {
      sent.outgoing().content().release();
      return new Written.Untranslatable(
          new Failure.Untranslatable(
              "model", "Bedrock counts tokens for models only, not for this inference profile."));
    }
    byte[] asked = sent.outgoing().body();
    sent.outgoing().content().release();
    String body = Base64.getEncoder().encodeToString(withLimit(asked));
    String json = "{\"input\":{\"invokeModel\":{\"body\":\"" + body + "\"}}}";
    String path = "/model/" + URLEncoder.encode(model.group(1), UTF_8) + "/count-tokens";
    return new Written.Request(Outgoing.post(path, json.getBytes(UTF_8)), sent.changes());
  }

  /** A request must have a limit, above that of its thinking; a client that counts has none. */
  private static byte[] withLimit(byte[] body) {
    JsonValue root = Objects.requireNonNull(JsonBody.json(body));
    if (JsonFields.value(root, "max_tokens") != null) {
      return body;
    }
    long budget = JsonFields.count(JsonFields.object(root, "thinking"), "budget_tokens");
    return new JsonSplice(body).put(root, "max_tokens", Long.toString(budget + 1)).bytes();
  }
}
