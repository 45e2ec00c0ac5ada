package com.langdock.reliability.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.core.domain.ModelTraits.Sampling;
import com.langdock.reliability.core.domain.ModelTraits.Thinking;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.chat.ConversationReader;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** Requests for tests of provider formats. */
public final class Exchanges {
  /** An old model: 4,096 output tokens, prefill, no thinking, no structured output. */
  public static final ModelFacts OLD =
      facts(4_096, new ModelTraits(false, true, Sampling.ANY, Thinking.NONE, false));

  /** A model with thinking by budget. */
  public static final ModelFacts BUDGET =
      facts(64_000, new ModelTraits(true, true, Sampling.ONE, Thinking.BUDGET, true));

  /** A model with thinking by effort, without the level xhigh, off by default. */
  public static final ModelFacts ADAPTIVE =
      facts(64_000, new ModelTraits(false, false, Sampling.ONE, Thinking.ADAPTIVE, true));

  /** A model with thinking by effort, on by default. */
  public static final ModelFacts EFFORT =
      facts(64_000, new ModelTraits(true, false, Sampling.NONE, Thinking.EFFORT, true));

  /** A model that always thinks. */
  public static final ModelFacts ALWAYS =
      facts(64_000, new ModelTraits(true, false, Sampling.NONE, Thinking.ALWAYS, true));

  private Exchanges() {}

  /** A request with {@code json} to a model with the same name at the provider. */
  public static TargetRequest of(String json, String model, ModelFacts facts) {
    return new TargetRequest(request(json), new TargetModel(model, model, facts));
  }

  /** A request with {@code json} to {@code claude-3-opus}. */
  public static TargetRequest ofOpus(String json) {
    return of(json, "claude-3-opus", OLD);
  }

  /** A client's request, without the facts that validation reads. */
  public static Exchange request(String json) {
    return request(json, false);
  }

  /** The same for a stream. */
  public static Exchange streaming(String json) {
    return request(json, true);
  }

  private static Exchange request(String json, boolean stream) {
    byte[] body = json.getBytes(UTF_8);
    JsonValue root = json(json);
    Payload payload = new Payload(WireFormat.CHAT, Body.of(body), root, ConversationReader::read);
    boolean isStream = stream || JsonFields.isTrue(root, "stream");
    return new Exchange(
        "", Exchange.Task.ANSWER, null, null, isStream, AnswerTraits.PLAIN, 0, payload);
  }

  /** A request of a client of the Messages API, whose meaning is not to be read. */
  public static TargetRequest ofMessages(
      String json, Map<String, String> headers, TargetModel target) {
    return ofMessages(Exchange.Task.ANSWER, json, headers, target);
  }

  /** The same for any task. */
  public static TargetRequest ofMessages(
      Exchange.Task task, String json, Map<String, String> headers, TargetModel target) {
    JsonValue root = json(json);
    Payload payload =
        new Payload(
            WireFormat.MESSAGES,
            Body.of(json.getBytes(UTF_8)),
            root,
            headers,
            unread -> {
              throw new AssertionError("the meaning was read");
            });
    boolean stream = JsonFields.isTrue(root, "stream");
    return new TargetRequest(
        new Exchange("", task, null, null, stream, AnswerTraits.PLAIN, 0, payload), target);
  }

  /** Parses JSON written in a test. */
  public static JsonValue json(String json) {
    return Objects.requireNonNull(JsonBody.json(json.getBytes(UTF_8)), json);
  }

  private static ModelFacts facts(long maxOutput, ModelTraits traits) {
    return new ModelFacts(
        OptionalLong.of(200_000), OptionalLong.of(maxOutput), false, traits, null, null);
  }
}
