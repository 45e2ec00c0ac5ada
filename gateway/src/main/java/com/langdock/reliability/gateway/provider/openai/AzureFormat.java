package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's format as Azure serves it: the key has a header of its own, and the classic API has the
 * deployment and its version in the path. Answers carry results of content filters, which {@link
 * OpenAiStream} expects in a first chunk without choices.
 */
public final class AzureFormat implements ProviderFormat {
  private final ProviderFormat format;
  private final @Nullable String apiVersion;

  /**
   * A format for one resource.
   *
   * @param format of its bodies
   * @param apiVersion of the classic API, such as {@code 2024-10-21}; null for v1, which has none
   */
  public AzureFormat(ProviderFormat format, @Nullable String apiVersion) {
    this.format = format;
    this.apiVersion = apiVersion;
  }

  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>(format.headers(""));
    if (!credential.isEmpty()) {
      headers.put("api-key", credential);
    }
    return headers;
  }

  @Override
  public boolean supports(Exchange exchange) {
    return format.supports(exchange);
  }

  @Override
  public Written write(TargetRequest request) {
    Written written = format.write(request);
    return apiVersion != null && written instanceof Written.Request sent
        ? new Written.Request(
            classic(sent.outgoing(), request.target(), apiVersion), sent.changes())
        : written;
  }

  private static Outgoing classic(Outgoing sent, TargetModel target, String apiVersion) {
    String deployment = URLEncoder.encode(target.upstreamName(), UTF_8);
    // Responses name their deployment as the model.
    boolean isInBody = sent.path().startsWith("/responses");
    String path = isInBody ? sent.path() : "/deployments/" + deployment + sent.path();
    return new Outgoing(
        sent.method(),
        path + "?api-version=" + apiVersion,
        sent.headers(),
        sent.content(),
        sent.isRecurring());
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return format.addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return format.hasSignatures(request);
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    return format.answerHeaders(request, head);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return format.readWhole(request, head, body);
  }

  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return format.contentType(request, head);
  }

  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return format.shape(request, piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return format.frames(request, frames);
  }

  /** Its models are those that could be deployed, not the deployments that requests name. */
  @Override
  public ModelListing modelListing() {
    return new ModelListing(
        apiVersion == null ? "/models" : "/models?api-version=" + apiVersion,
        UnaryOperator.identity(),
        false);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return format.readStream(request, head);
  }
}
