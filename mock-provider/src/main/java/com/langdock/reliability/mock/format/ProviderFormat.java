package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.fault.Refusal;
import java.util.Map;

/** One provider's wire format: stateless and thread-safe. */
public interface ProviderFormat {
  /** The provider's name, in answers and in the statistics. */
  String name();

  /** How the path of a chat request ends, such as {@code /messages}. */
  String chatPath();

  /**
   * The request in the body.
   *
   * @throws InvalidRequest for what the provider would refuse with 400
   */
  ChatRequest read(byte[] body);

  /** The body of a non-streaming answer, as JSON. */
  String answer(ChatRequest request, Answer answer, Stamp stamp);

  /** The events of a streaming answer. */
  Events stream(ChatRequest request, Answer answer, Stamp stamp);

  /** The error of a refusal; for a server error with the usual status. */
  JsonAnswer refusal(Refusal refusal, ChatRequest request, Stamp stamp);

  /** The answer to an invalid request. */
  JsonAnswer invalid(InvalidRequest problem, Stamp stamp);

  /** The answer to a wrong path (404), method (405) or an oversized body (413). */
  JsonAnswer unroutable(int status, String message, Stamp stamp);

  /** The error of an overloaded provider, as JSON. */
  String overloadedBody();

  /** The same as an event of a stream. */
  String overloadedEvent();

  /** The list of models, as JSON. */
  String models();

  /** Headers that every answer carries. */
  Map<String, String> headers(Stamp stamp);
}
