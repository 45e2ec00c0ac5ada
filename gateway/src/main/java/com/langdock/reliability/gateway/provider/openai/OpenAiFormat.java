package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Speaks to OpenAI and to every API that is compatible with it.
 *
 * <p>The client already speaks this format, so its bytes go on as they are: unknown fields, number
 * spellings and key order survive. Only the model's name is replaced where it differs, and the
 * gateway's own fields are taken out.
 */
public final class OpenAiFormat implements ProviderFormat {
  private static final String PATH = "/chat/completions";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final List<String> LIMITS = List.of("max_tokens", "max_completion_tokens");
  private static final Set<String> ADDED = Set.of(STREAM_OPTIONS);

  private final boolean takesStreamOptions;

  /**
   * A codec for one provider.
   *
   * @param takesStreamOptions whether it knows {@code stream_options}; Mistral refuses the field,
   *     and says what was used without being asked
   */
  public OpenAiFormat(boolean takesStreamOptions) {
    this.takesStreamOptions = takesStreamOptions;
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
  public Written write(TargetRequest exchange) {
    Exchange request = exchange.request();
    JsonValue root = request.payload().root();
    String upstreamName = exchange.target().upstreamName();
    JsonSplice splice = new JsonSplice(request.payload().bytes());
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !upstreamName.equals(JsonFields.text(root, "model"))) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
    splice.remove(root, "preferred_provider").remove(root, "client_id");
    if (exchange.continued() != null) {
      addDelivered(splice, root, exchange.continued());
    }
    if (request.stream()) {
      askForUsage(splice, exchange);
    }
    return new Written.Request(Outgoing.post(PATH, splice.bytes()));
  }

  /** What the client has of the answer follows the messages, and is taken off every limit. */
  private static void addDelivered(JsonSplice splice, JsonValue root, Continued continued) {
    JsonValue messages = JsonFields.value(root, "messages");
    if (messages != null) {
      String raw = messages.raw();
      String instruction = continued.instruction();
      String turns =
          turn("assistant", continued.delivered())
              + (instruction == null ? "" : turn("user", instruction));
      splice.replace(messages, raw.substring(0, raw.length() - 1) + turns + "]");
    }
    for (String name : LIMITS) {
      JsonValue limit = JsonFields.number(root, name);
      if (limit != null) {
        splice.replace(limit, Long.toString(continued.left(JsonFields.count(root, name))));
      }
    }
  }

  private static String turn(String role, String content) {
    return ",{\"role\":\"" + role + "\",\"content\":" + JsonText.quote(content) + "}";
  }

  /**
   * The gateway accounts for every stream, whether or not its client wants to know the usage. The
   * client's own wish for it is left out too where the provider does not take it: the gateway
   * answers it.
   */
  private void askForUsage(JsonSplice splice, TargetRequest exchange) {
    JsonValue root = exchange.request().payload().root();
    JsonValue options = JsonFields.object(root, STREAM_OPTIONS);
    if (!takesStreamOptions(exchange)) {
      splice.remove(root, STREAM_OPTIONS);
    } else if (options == null) {
      splice.put(root, STREAM_OPTIONS, "{\"include_usage\":true}");
    } else {
      splice.put(options, "include_usage", "true");
    }
  }

  private boolean takesStreamOptions(TargetRequest exchange) {
    return takesStreamOptions && !exchange.omittedFields().contains(STREAM_OPTIONS);
  }

  @Override
  public Set<String> addedFields(TargetRequest exchange) {
    boolean added = exchange.request().stream() && takesStreamOptions(exchange);
    return added ? ADDED : Set.of();
  }

  @Override
  public PieceReader readStream(TargetRequest exchange, ReplyHead head) {
    return new OpenAiStream(exchange.target(), head);
  }

  @Override
  public Decoded readWhole(TargetRequest exchange, ReplyHead head, byte[] body) {
    return head.isSuccess() && EventStreams.isStream(body)
        ? StreamedAnswer.of(readStream(exchange, head), head, choices(exchange), body)
        : OpenAiAnswer.read(exchange, head, body);
  }

  private static int choices(TargetRequest exchange) {
    return exchange.request().choices();
  }
}
