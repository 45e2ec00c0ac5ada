package com.langdock.reliability.gateway.provider.openai;

import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.StreamedPieces;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonSplice;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The format of OpenAI and compatible APIs.
 *
 * <p>The bytes of a client of this format are sent unchanged: unknown fields, number spellings and
 * key order are kept. Only a differing model name is replaced, the gateway's own fields are
 * removed, and what the provider is known to reject is repaired. The request of any other client is
 * written from its conversation, and the answer is read as neutral pieces.
 */
public final class OpenAiFormat implements ProviderFormat {
  private static final String PATH = "/chat/completions";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final List<String> LIMITS = List.of("max_tokens", "max_completion_tokens");
  private static final Set<String> ADDED = Set.of(STREAM_OPTIONS);

  /** What most providers accept besides {@code stream_options}. */
  private static final Set<Feature> USUAL =
      Set.of(Feature.JSON_SCHEMA, Feature.USER, Feature.LONG_CALL_IDS);

  private final Set<Feature> features;
  private final Set<Deviation> deviations;
  private final boolean servesChat;

  /**
   * A format for one provider.
   *
   * @param features what it accepts
   * @param deviations how it differs from others
   * @param servesChat whether it can be asked for chat completions
   */
  public OpenAiFormat(Set<Feature> features, Set<Deviation> deviations, boolean servesChat) {
    this.features = Set.copyOf(features);
    this.deviations = Set.copyOf(deviations);
    this.servesChat = servesChat;
  }

  /**
   * A format for a provider that differs from others in what it accepts only.
   *
   * @param features what it accepts
   */
  public OpenAiFormat(Set<Feature> features) {
    this(features, Set.of(), true);
  }

  /**
   * A format for a provider that accepts what most do.
   *
   * @param acceptsStreamOptions whether it accepts {@code stream_options}; Mistral rejects the
   *     field and always reports usage
   */
  public OpenAiFormat(boolean acceptsStreamOptions) {
    this(with(USUAL, acceptsStreamOptions));
  }

  private static Set<Feature> with(Set<Feature> features, boolean streamOptions) {
    EnumSet<Feature> all = EnumSet.noneOf(Feature.class);
    all.addAll(features);
    if (streamOptions) {
      all.add(Feature.STREAM_OPTIONS);
    } else {
      all.remove(Feature.STREAM_OPTIONS);
    }
    return all;
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
  public boolean supports(Exchange exchange) {
    return servesChat && exchange.task() == Exchange.Task.ANSWER;
  }

  @Override
  public Written write(TargetRequest request) {
    Written written =
        isChat(request)
            ? passedThrough(request)
            : ChatRequest.write(request, PATH, with(features, acceptsStreamOptions(request)));
    return written instanceof Written.Request sent && !deviations.isEmpty()
        ? RequestRepairs.of(sent, deviations)
        : written;
  }

  /**
   * The request as it is written for clients of other formats, whatever the client's.
   *
   * @param path of the provider's endpoint
   */
  public Written translated(TargetRequest request, String path) {
    return ChatRequest.write(request, path, features);
  }

  private Written passedThrough(TargetRequest request) {
    Payload payload = request.exchange().payload();
    JsonValue root = payload.root();
    String upstreamName = request.target().upstreamName();
    JsonSplice splice = new JsonSplice(root);
    JsonValue model = JsonFields.value(root, "model");
    if (model != null && !upstreamName.equals(JsonFields.text(root, "model"))) {
      splice.replace(model, JsonText.quote(upstreamName));
    }
    splice.remove(root, "preferred_provider").remove(root, "client_id");
    if (request.continued() != null) {
      addDelivered(splice, root, request.continued());
    }
    if (request.exchange().stream()) {
      requestUsage(splice, request);
    }
    return new Written.Request(payload.post(PATH, splice));
  }

  /** Appends the delivered text to the messages and subtracts its tokens from every limit. */
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
   * Requests the usage of every stream, since the gateway records it even if the client does not
   * want it. If the provider does not accept the field, the client's own is removed; the gateway
   * itself sends the usage to the client.
   */
  private void requestUsage(JsonSplice splice, TargetRequest request) {
    JsonValue root = request.exchange().payload().root();
    JsonValue options = JsonFields.object(root, STREAM_OPTIONS);
    if (!acceptsStreamOptions(request)) {
      splice.remove(root, STREAM_OPTIONS);
    } else if (options == null) {
      splice.put(root, STREAM_OPTIONS, "{\"include_usage\":true}");
    } else {
      splice.put(options, "include_usage", "true");
    }
  }

  private boolean acceptsStreamOptions(TargetRequest request) {
    return features.contains(Feature.STREAM_OPTIONS)
        && !request.omittedFields().contains(STREAM_OPTIONS);
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    boolean added = request.exchange().stream() && acceptsStreamOptions(request);
    return added ? ADDED : Set.of();
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return isChat(request)
        ? new OpenAiStream(request.target(), head)
        : new NeutralStream(request, head);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    boolean isStream = head.isSuccess() && EventStreams.isStream(body);
    if (!isChat(request)) {
      return isStream
          ? StreamedPieces.read(readStream(request, head), head, body)
          : NeutralAnswer.read(request, head, body);
    }
    return isStream
        ? StreamedAnswer.of(readStream(request, head), head, request.exchange().choices(), body)
        : OpenAiAnswer.read(request, head, body);
  }

  /** Whether the client's format is this one. */
  private static boolean isChat(TargetRequest request) {
    return request.exchange().payload().format().equals(WireFormat.CHAT);
  }
}
