package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One provider's wire format: stateless and thread-safe. */
public interface ProviderFormat {
  /** The provider's name, in answers and in the statistics. */
  String name();

  /** Whether a path is that of chat requests, under any prefix. */
  boolean isChat(String path);

  /** The HTTP methods of its requests. */
  default Set<String> methods() {
    return Set.of("POST");
  }

  /** The provider's further APIs, with the same faults and statistics. */
  default List<ProviderFormat> others() {
    return List.of();
  }

  /** What counts tokens, if the provider can. */
  default Optional<TokenCounter> tokenCounter() {
    return Optional.empty();
  }

  /** A request for the control page. */
  Example example();

  /**
   * The request, read leniently.
   *
   * @throws InvalidRequest for what the mock refuses with 400 in any case
   */
  ChatRequest read(RawRequest request);

  /** What the real provider refuses with 400 beyond that, for a mock that is strict. */
  List<Rule> rules();

  /** The body of a non-streaming answer, as JSON. */
  String answer(ChatRequest request, Answer answer, Stamp stamp);

  /** The events of a streaming answer. */
  Events stream(ChatRequest request, Answer answer, Stamp stamp);

  /** The error of a refusal. */
  JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp);

  /** Whether a blocked prompt gets an answer that says so, instead of an error. */
  default boolean answersBlockedPrompts() {
    return false;
  }

  /** Whether the wait after a rate limit is in the body of the error, instead of a header. */
  default boolean hasRetryDelayInBody() {
    return false;
  }

  /** The answer to an invalid request. */
  JsonAnswer invalid(InvalidRequest problem, Stamp stamp);

  /** The answer to a wrong path (404), method (405) or an oversized body (413). */
  JsonAnswer unroutable(int status, String message, Stamp stamp);

  /** The error of an overloaded provider, as JSON. */
  String overloadedBody();

  /** The same as an event of a stream. */
  String overloadedEvent(Delivery delivery);

  /** Whether a path is that of the list of models, under any prefix. */
  default boolean isModels(String path) {
    return path.endsWith("/models");
  }

  /** The list of models, as JSON. */
  String models();

  /** Headers that every answer carries. */
  Map<String, String> headers(Stamp stamp);
}
