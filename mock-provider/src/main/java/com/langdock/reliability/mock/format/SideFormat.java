package com.langdock.reliability.mock.format;

import com.langdock.reliability.mock.fault.Refusal;
import com.langdock.reliability.mock.settings.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One of a provider's APIs beside the chat, with the errors of the chat. */
public final class SideFormat implements ProviderFormat {
  /** What such an API has of its own. */
  public interface Api {
    /** Whether a path is that of its requests, under any prefix. */
    boolean isPath(String path);

    /** The HTTP methods of its requests. */
    default Set<String> methods() {
      return Set.of("POST");
    }

    /** A request for the control page. */
    Example example();

    /** The request, read leniently. */
    ChatRequest read(RawRequest request);

    /** The body of an answer that is not a stream. */
    String answer(ChatRequest request, Answer answer, Stamp stamp);

    /** The events of a streaming answer. */
    Events stream(ChatRequest request, Answer answer, Stamp stamp);
  }

  private final ProviderFormat chat;
  private final Api api;

  /** The API {@code api} of the provider that uses {@code chat}. */
  public SideFormat(ProviderFormat chat, Api api) {
    this.chat = chat;
    this.api = api;
  }

  @Override
  public String name() {
    return chat.name();
  }

  @Override
  public boolean isChat(String path) {
    return api.isPath(path);
  }

  @Override
  public Set<String> methods() {
    return api.methods();
  }

  @Override
  public Example example() {
    return api.example();
  }

  @Override
  public ChatRequest read(RawRequest request) {
    return api.read(request);
  }

  @Override
  public List<Rule> rules() {
    return List.of();
  }

  @Override
  public String answer(ChatRequest request, Answer answer, Stamp stamp) {
    return api.answer(request, answer, stamp);
  }

  @Override
  public Events stream(ChatRequest request, Answer answer, Stamp stamp) {
    return api.stream(request, answer, stamp);
  }

  @Override
  public JsonAnswer refusal(Refusal refusal, ChatRequest request, Refusals details, Stamp stamp) {
    return chat.refusal(refusal, request, details, stamp);
  }

  @Override
  public JsonAnswer invalid(InvalidRequest problem, Stamp stamp) {
    return chat.invalid(problem, stamp);
  }

  @Override
  public JsonAnswer unroutable(int status, String message, Stamp stamp) {
    return chat.unroutable(status, message, stamp);
  }

  @Override
  public boolean hasRetryDelayInBody() {
    return chat.hasRetryDelayInBody();
  }

  @Override
  public String overloadedBody() {
    return chat.overloadedBody();
  }

  @Override
  public String overloadedEvent(Delivery delivery) {
    return chat.overloadedEvent(delivery);
  }

  @Override
  public String models() {
    return chat.models();
  }

  @Override
  public Map<String, String> headers(Stamp stamp) {
    return chat.headers(stamp);
  }
}
