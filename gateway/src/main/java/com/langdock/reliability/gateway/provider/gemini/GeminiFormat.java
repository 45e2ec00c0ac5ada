package com.langdock.reliability.gateway.provider.gemini;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The format of Google's generateContent.
 *
 * <p>The bytes of a client of the same API are sent unchanged ({@link PassthroughRequest}). Other
 * requests are translated; {@link GenerateRequest} says which fields are dropped and which are
 * rejected.
 */
public final class GeminiFormat implements ProviderFormat {
  private final GeminiHost host;

  /** The format of Google's Gemini API. */
  public GeminiFormat() {
    this(GeminiHost.API);
  }

  /** The format as {@code host} serves it. */
  public GeminiFormat(GeminiHost host) {
    this.host = host;
  }

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
    return isPassedThrough(request.exchange())
        ? PassthroughRequest.write(request, host)
        : GenerateRequest.write(request, host);
  }

  private static boolean isPassedThrough(Exchange exchange) {
    return exchange.payload().format().equals(WireFormat.GEMINI);
  }

  /** No fields: every field of a translated request is required or requested by the client. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return isPassedThrough(request.exchange())
        ? PassthroughRequest.hasSignatures(request)
        : Contents.hasSignatures(
            request.conversation().messages(), request.target().facts().traits());
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    if (head.isSuccess() && EventStreams.isStream(body)) {
      return StreamedPieces.read(new GenerateStream(request, head), head, body);
    }
    return isPassedThrough(request.exchange())
        ? PassthroughAnswer.read(request, head, body)
        : GenerateAnswer.read(request, head, body);
  }

  @Override
  public ModelListing modelListing() {
    return host.modelListing();
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return isPassedThrough(request.exchange())
        ? new PassthroughStream(request, head)
        : new GenerateStream(request, head);
  }
}
