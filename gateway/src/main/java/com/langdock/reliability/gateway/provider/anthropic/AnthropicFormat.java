package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.StreamedPieces;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The format of Anthropic's Messages API.
 *
 * <p>The bytes of a client of the same API are sent unchanged ({@link PassthroughRequest}). Other
 * requests are translated, and repaired where this API is stricter than OpenAI's. {@link
 * MessageRequest} says which fields are dropped and which are rejected.
 */
public final class AnthropicFormat implements ProviderFormat {
  /**
   * The response headers for a client. Its request id is the gateway's, and the ids of the
   * organization and workspace are those of the gateway's account, so they are not among them.
   */
  private static final List<String> ANSWER_HEADERS =
      List.of(
          "anthropic-ratelimit-requests-limit",
          "anthropic-ratelimit-requests-remaining",
          "anthropic-ratelimit-requests-reset",
          "anthropic-ratelimit-tokens-limit",
          "anthropic-ratelimit-tokens-remaining",
          "anthropic-ratelimit-tokens-reset",
          "anthropic-ratelimit-input-tokens-limit",
          "anthropic-ratelimit-input-tokens-remaining",
          "anthropic-ratelimit-input-tokens-reset",
          "anthropic-ratelimit-output-tokens-limit",
          "anthropic-ratelimit-output-tokens-remaining",
          "anthropic-ratelimit-output-tokens-reset",
          "retry-after");

  private final MessagesHost host;

  /** The format of Anthropic's own API. */
  public AnthropicFormat() {
    this(MessagesHost.ANTHROPIC);
  }

  /** The format as {@code host} serves it. */
  public AnthropicFormat(MessagesHost host) {
    this.host = host;
  }

  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    if (!credential.isEmpty()) {
      headers.put("x-api-key", credential);
    }
    return headers;
  }

  /** Tokens are counted for clients of the same format only. */
  @Override
  public boolean supports(Exchange exchange) {
    return switch (exchange.task()) {
      case ANSWER -> true;
      case COUNT_TOKENS -> isPassedThrough(exchange);
      case FORWARD, PASS -> false;
    };
  }

  @Override
  public Written write(TargetRequest request) {
    return isPassedThrough(request)
        ? PassthroughRequest.write(request, host)
        : MessageRequest.write(request, host);
  }

  private static boolean isPassedThrough(TargetRequest request) {
    return isPassedThrough(request.exchange());
  }

  private static boolean isPassedThrough(Exchange exchange) {
    return exchange.payload().format().equals(WireFormat.MESSAGES);
  }

  /** No fields: every field of a translated request is required or requested by the client. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return isPassedThrough(request)
        ? PassthroughRequest.hasSignatures(request)
        : MessageTurns.hasSignatures(request.conversation().messages());
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    boolean streamed = head.isSuccess() && EventStreams.isStream(body);
    if (isPassedThrough(request)) {
      return streamed
          ? StreamedMessage.read(request, head, body)
          : PassthroughAnswer.read(request, head, body);
    }
    return streamed
        ? StreamedPieces.read(readStream(request, head), head, body)
        : MessageAnswer.read(request, head, body, MessageRequest.answerTool(request));
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    if (!isPassedThrough(request)) {
      return Map.of();
    }
    Map<String, String> headers = new HashMap<>();
    for (String name : ANSWER_HEADERS) {
      String value = head.headers().value(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  @Override
  public ModelListing modelListing() {
    return ModelListing.at("/models?limit=1000");
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return isPassedThrough(request)
        ? new PassthroughStream(request.target(), head)
        : new MessageStream(request, head);
  }
}
