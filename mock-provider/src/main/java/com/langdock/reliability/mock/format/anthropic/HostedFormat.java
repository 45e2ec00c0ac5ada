package com.langdock.reliability.mock.format.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.format.Answer;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Delivery;
import com.langdock.reliability.mock.format.Events;
import com.langdock.reliability.mock.format.Example;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.TokenCounter;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's Messages as a cloud serves them: the model is in the path, a version in the body.
 * Most errors are the cloud's own. Source: Anthropic's SDKs for Vertex and Bedrock, recorded
 * answers.
 */
public final class HostedFormat implements ProviderFormat, TokenCounter {
  /** What the model itself refuses, in Anthropic's shape at Vertex. */
  private static final Set<Refusal> OF_MODEL =
      Set.of(
          Refusal.BAD_REQUEST,
          Refusal.CONTEXT_LENGTH,
          Refusal.PREFILL_REFUSED,
          Refusal.CONTENT_POLICY);

  private static final String EXPIRED =
      "{\"error\":{\"code\":401,\"message\":\"Request had invalid authentication credentials."
          + " Expected OAuth 2 access token.\",\"status\":\"UNAUTHENTICATED\"}}";

  private final HostedPath.Host host;
  private final ProviderFormat cloud;
  private final AnthropicFormat anthropic;

  private HostedFormat(HostedPath.Host host, ProviderFormat cloud, AnthropicFormat anthropic) {
    this.host = host;
    this.cloud = cloud;
    this.anthropic = anthropic;
  }

  /** Claude at Google's cloud, with the name and the errors of {@code cloud}. */
  public static HostedFormat atVertex(ProviderFormat cloud) {
    return new HostedFormat(HostedPath.Host.VERTEX, cloud, new AnthropicFormat());
  }

  /** Claude at AWS, with the name and the errors of {@code cloud}. */
  public static HostedFormat atBedrock(ProviderFormat cloud) {
    return new HostedFormat(HostedPath.Host.BEDROCK, cloud, new AnthropicFormat());
  }

  @Override
  public String name() {
    return cloud.name();
  }

  @Override
  public boolean isChat(String path) {
    return HostedPath.of(host, path).isChat();
  }

  @Override
  public Optional<TokenCounter> tokenCounter() {
    return Optional.of(this);
  }

  @Override
  public boolean serves(String path) {
    return HostedPath.of(host, path).isCount();
  }

  @Override
  public String count(RawRequest request) {
    ObjectNode body = object(request.body());
    if (host == HostedPath.Host.BEDROCK) {
      String inner = body.at("/input/invokeModel/body").asString("");
      if (inner.isEmpty()) {
        throw AnthropicRequests.invalid("input: one of invokeModel and converse is required");
      }
      ObjectNode counted = object(Base64.getDecoder().decode(inner));
      checkVersion(counted);
      counted.put("model", HostedPath.of(host, request.path()).model());
      int tokens = AnthropicRequests.read(plain(counted)).inputTokens();
      return Json.text(Json.object("inputTokens", tokens));
    }
    checkVersion(body);
    int tokens = AnthropicRequests.readToCount(plain(body)).inputTokens();
    return Json.text(Json.object("input_tokens", tokens));
  }

  @Override
  public Example example() {
    return cloud.example();
  }

  @Override
  public ChatRequest read(RawRequest request) {
    HostedPath path = HostedPath.of(host, request.path());
    ObjectNode body = object(request.body());
    checkVersion(body);
    if (body.has("model")) {
      throw AnthropicRequests.invalid("model: Extra inputs are not permitted");
    }
    boolean says = body.path("stream").booleanValue(false);
    boolean isWrong =
        host == HostedPath.Host.BEDROCK ? body.has("stream") : says != path.isStream();
    if (isWrong) {
      throw AnthropicRequests.invalid("stream: does not belong to this method");
    }
    body.put("model", path.model());
    ChatRequest read = AnthropicRequests.read(plain(body));
    boolean isFramed = host == HostedPath.Host.BEDROCK && path.isStream();
    Delivery delivery = isFramed ? Delivery.AWS_EVENTS : read.delivery();
    return new ChatRequest(read.model(), delivery, read.turns(), read.tools(), read.output());
  }

  private void checkVersion(ObjectNode body) {
    if (!host.version().equals(body.path("anthropic_version").asString(""))) {
      throw AnthropicRequests.invalid("anthropic_version: must be " + host.version());
    }
    body.remove("anthropic_version");
    if (host == HostedPath.Host.BEDROCK) {
      body.remove("anthropic_beta");
    }
  }

  private static ObjectNode object(byte[] json) {
    try {
      if (Json.parse(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException notJson) {
      throw AnthropicRequests.invalid("The body is not valid JSON");
    }
    throw AnthropicRequests.invalid("The body is no object");
  }

  private static byte[] plain(JsonNode body) {
    return body.toString().getBytes(UTF_8);
  }

  @Override
  public List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (Rule rule : anthropic.rules()) {
      rules.add((request, body) -> {
        ObjectNode own = object(plain(body));
        checkVersion(own);
        rule.check(request, own);
      });
    }
    return rules;
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return anthropic.answer(request, answer, stamp);
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    Events events = anthropic.stream(request, answer, stamp);
    return request.delivery() == Delivery.AWS_EVENTS
        ? new Events(
            framed(events.opening()),
            framed(events.content()),
            framed(events.closing()),
            framed(events.terminator()))
        : events;
  }

  /** Each event as a chunk with its bytes. */
  private static List<String> framed(List<String> texts) {
    List<String> framed = new ArrayList<>();
    for (String text : texts) {
      StringBuilder chunks = new StringBuilder();
      text.lines()
          .filter(line -> line.startsWith("data: "))
          .forEach(line -> {
            byte[] data = line.substring("data: ".length()).getBytes(UTF_8);
            Object chunk =
                Json.object("bytes", Base64.getEncoder().encodeToString(data), "p", "abcd");
            chunks.append("event: chunk\ndata: ").append(Json.text(chunk)).append("\n\n");
          });
      framed.add(chunks.toString());
    }
    return framed;
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    if (host == HostedPath.Host.VERTEX && refusal == Refusal.AUTH) {
      return new JsonAnswer(401, EXPIRED);
    }
    return host == HostedPath.Host.VERTEX && OF_MODEL.contains(refusal)
        ? anthropic.refusal(refusal, request, details, stamp)
        : cloud.refusal(refusal, request, details, stamp);
  }

  @Override
  public boolean hasRetryDelayInBody() {
    return cloud.hasRetryDelayInBody();
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return host == HostedPath.Host.VERTEX
        ? anthropic.invalid(problem, stamp)
        : cloud.invalid(problem, stamp);
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return cloud.unroutable(status, message, stamp);
  }

  @Override
  public String overloadedBody() {
    return cloud.overloadedBody();
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    return delivery == Delivery.AWS_EVENTS
        ? cloud.overloadedEvent(delivery)
        : anthropic.overloadedEvent(delivery);
  }

  @Override
  public String models() {
    return cloud.models();
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return cloud.headers(stamp);
  }
}
