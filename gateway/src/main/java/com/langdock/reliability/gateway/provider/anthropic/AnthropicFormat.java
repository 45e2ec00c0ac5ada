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
 * The format of Anthropic's Messages API.
 *
 * <p>Requests are translated, and repaired where this API is stricter than OpenAI's. {@link
 * MessageRequest} says which fields are dropped and which are rejected.
 */
public final class AnthropicFormat implements ProviderFormat {
  /** The version that still accepts sampling parameters; its successor rejects them. */
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
  public Written write(TargetRequest request) {
    return MessageRequest.write(request);
  }

  /** No fields: every field of a translated request is required or requested by the client. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return head.isSuccess() && EventStreams.isStream(body)
        ? StreamedPieces.read(readStream(request, head), head, body)
        : MessageAnswer.read(request, head, body);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new MessageStream(request, head);
  }
}
