package com.langdock.reliability.gateway.provider.cohere;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.StreamedPieces;
import com.langdock.reliability.gateway.provider.openai.Feature;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Cohere's chat of API version 2. No client speaks it: requests are always translated. {@link
 * CohereRequest} says which fields are dropped and which are rejected.
 */
public final class CohereFormat implements ProviderFormat {
  private static final String PATH = "/chat";

  /** What requests for Cohere have in common with those for other providers. */
  private static final OpenAiFormat CHAT =
      new OpenAiFormat(Set.of(Feature.JSON_SCHEMA, Feature.TOP_K, Feature.LONG_CALL_IDS));

  @Override
  public Map<String, String> headers(String credential) {
    return CHAT.headers(credential);
  }

  /** Models are listed by another version of the API. */
  @Override
  public ModelListing modelListing() {
    return new ModelListing(
        "/v1/models", url -> URI.create(url.toString().replaceFirst("/v2$", "")), true);
  }

  @Override
  public Written write(TargetRequest request) {
    Failure.Untranslatable unsupported = UnsupportedFields.in(request.conversation());
    return unsupported == null
        ? CohereRequest.of(request, CHAT.translated(request, PATH))
        : new Written.Untranslatable(unsupported);
  }

  /** No fields: every field of a translated request is required or requested by the client. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public boolean supports(Exchange exchange) {
    return exchange.task() == Exchange.Task.ANSWER;
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return head.isSuccess() && EventStreams.isStream(body)
        ? StreamedPieces.read(readStream(request, head), head, body)
        : CohereAnswer.read(request, head, body);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new CohereStream(request, head);
  }
}
