package com.langdock.reliability.gateway.provider.gemini;

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
 * The format of Google's generateContent.
 *
 * <p>No client speaks it: requests are always translated. {@link GenerateRequest} says which fields
 * are dropped and which are rejected.
 */
public final class GeminiFormat implements ProviderFormat {
  /** The key is sent in a header, since a query would show it in logs. */
  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    if (!credential.isEmpty()) {
      headers.put("x-goog-api-key", credential);
    }
    return headers;
  }

  @Override
  public Written write(TargetRequest request) {
    return GenerateRequest.write(request);
  }

  /** No fields: every field of a translated request is required or requested by the client. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return Contents.hasSignatures(
        request.conversation().messages(), request.target().facts().traits());
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return head.isSuccess() && EventStreams.isStream(body)
        ? StreamedPieces.read(readStream(request, head), head, body)
        : GenerateAnswer.read(request, head, body);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new GenerateStream(request, head);
  }
}
