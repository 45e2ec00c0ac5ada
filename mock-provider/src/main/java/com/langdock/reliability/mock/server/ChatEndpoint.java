package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.InvalidRequest;
import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.JsonAnswer;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.format.RawRequest;
import com.langdock.reliability.mock.format.Rule;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.format.TokenCounter;
import com.langdock.reliability.mock.log.Arrival;
import com.langdock.reliability.mock.log.Entry;
import com.langdock.reliability.mock.reply.Replies;
import com.langdock.reliability.mock.reply.Situation;
import com.langdock.reliability.mock.reply.Step;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** Answers chat requests: records the request, plans the reply, plays it. */
final class ChatEndpoint {
  private static final int MOST_KEPT = 4 << 20;

  private final Vertx vertx;
  private final ProviderFormat format;
  private final Replies replies;
  private final ProviderState state;
  private final Stamps stamps;

  ChatEndpoint(Vertx vertx, ProviderFormat format, ProviderState state, Stamps stamps) {
    this.vertx = vertx;
    this.format = format;
    this.replies = new Replies(format);
    this.state = state;
    this.stamps = stamps;
  }

  /** Whether requests of this HTTP method are answered. */
  boolean takes(String method) {
    return format.methods().contains(method);
  }

  void answer(HttpServerRequest request, Arrival arrival, Buffer body) {
    Entry entry = state.log().add(arrival, kept(body));
    new Player(vertx, request, entry, plan(entry, raw(request, arrival, body))).play();
  }

  /** Counts the tokens of a request; it is neither recorded nor broken. */
  JsonAnswer count(TokenCounter counter, RawRequest request) {
    try {
      return new JsonAnswer(200, counter.count(request));
    } catch (InvalidRequest problem) {
      return format.invalid(problem, stamps.next());
    }
  }

  static RawRequest raw(HttpServerRequest request, Arrival arrival, Buffer body) {
    String query = Objects.requireNonNullElse(request.query(), "");
    return new RawRequest(arrival.path(), query, arrival.headers(), body.getBytes());
  }

  private List<Step> plan(Entry entry, RawRequest request) {
    Stamp stamp = stamps.next();
    ChatRequest chat;
    try {
      chat = format.read(request);
      if (state.behaviour().settings().refusals().strict()) {
        check(request);
      }
    } catch (InvalidRequest problem) {
      return List.of(replies.plain(format.invalid(problem, stamp), stamp));
    }
    Situation situation = state.behaviour().next(chat, stamp);
    entry.understood(chat.model(), chat.streamed(), situation.fault());
    return replies.plan(situation);
  }

  /** A body that is a form has no rules. */
  private void check(RawRequest request) {
    List<Rule> rules = format.rules();
    if (!rules.isEmpty()) {
      JsonNode json = Json.parse(request.body());
      rules.forEach(rule -> rule.check(request, json));
    }
  }

  private static String kept(Buffer body) {
    return body.getString(0, Math.min(body.length(), MOST_KEPT), StandardCharsets.UTF_8.name());
  }
}
