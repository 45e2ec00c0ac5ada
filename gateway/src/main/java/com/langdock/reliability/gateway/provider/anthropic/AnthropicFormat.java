package com.langdock.reliability.gateway.provider.anthropic;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.StreamedPieces;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Speaks Anthropic's Messages API.
 *
 * <p>What is valid for OpenAI and can be said here is translated, repaired where this API is
 * stricter; {@link MessageRequest} lists what is left out and what is refused.
 */
public final class AnthropicFormat implements ProviderFormat {
  /** The version that still takes sampling parameters; the one after it forbids them. */
  private static final String API_VERSION = "2023-06-01";

  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    headers.put("anthropic-version", API_VERSION);
    if (!credential.isEmpty()) {
      headers.put("x-api-key", credential);
    }
    return headers;
  }

  @Override
  public Written write(TargetRequest exchange) {
    return MessageRequest.write(exchange);
  }

  /** A provider that refused one of its own format's required fields would be of no use. */
  @Override
  public Set<String> addedFields(TargetRequest exchange) {
    return Set.of();
  }

  @Override
  public Decoded readWhole(TargetRequest exchange, ReplyHead head, byte[] body) {
    return head.isSuccess() && EventStreams.isStream(body)
        ? StreamedPieces.read(readStream(exchange, head), head, body)
        : MessageAnswer.read(exchange, head, body);
  }

  @Override
  public PieceReader readStream(TargetRequest exchange, ReplyHead head) {
    return new MessageStream(exchange, head);
  }
}
