package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The format of a provider, to which requests of further formats are forwarded: those that no other
 * format can express, such as embeddings.
 */
public final class ForwardingFormat implements ProviderFormat {
  /** Whose APIs the requests are sent to. */
  public enum Vendor {
    /** OpenAI's, and what is compatible with them. */
    OPENAI,
    /** Google's Gemini API. */
    GEMINI,
    /** Google's cloud. */
    VERTEX,
    /** Models that AWS Bedrock invokes. */
    BEDROCK,
    /** Cohere's own API. */
    COHERE
  }

  private static final Map<WireFormat, ForwardedApi> OPENAI =
      Map.of(
          WireFormat.EMBEDDINGS,
          new EmbeddingsApi(),
          WireFormat.COMPLETIONS,
          new CompletionsApi(),
          WireFormat.FIM,
          new FimApi(),
          WireFormat.MODERATIONS,
          new ListApi("results"),
          WireFormat.IMAGES,
          new ImagesApi(),
          WireFormat.RERANK,
          new ListApi("results"),
          WireFormat.TRANSCRIPTIONS,
          new TranscriptionsApi(),
          WireFormat.SPEECH,
          new SpeechApi());

  private final ProviderFormat own;
  private final Map<WireFormat, ForwardedApi> apis;

  /**
   * A format that answers everything else as {@code own} does, of a provider compatible with
   * OpenAI.
   *
   * @param served the formats of the requests that may be forwarded
   */
  public ForwardingFormat(ProviderFormat own, Set<WireFormat> served) {
    this(own, Vendor.OPENAI, served);
  }

  /**
   * A format that answers everything else as {@code own} does.
   *
   * @param served the formats of the requests that may be forwarded, if {@code vendor} has them
   */
  public ForwardingFormat(ProviderFormat own, Vendor vendor, Set<WireFormat> served) {
    this.own = own;
    this.apis = new HashMap<>(apis(vendor));
    apis.keySet().retainAll(served);
  }

  private static Map<WireFormat, ForwardedApi> apis(Vendor vendor) {
    return switch (vendor) {
      case OPENAI -> OPENAI;
      case GEMINI -> {
        EmbeddingsCalls gemini = new GeminiEmbeddings();
        yield Map.of(WireFormat.EMBEDDINGS, new TranslatedEmbeddings(target -> gemini));
      }
      case VERTEX -> Map.of(WireFormat.EMBEDDINGS, new TranslatedEmbeddings(VertexEmbeddings::of));
      case COHERE -> {
        EmbeddingsCalls cohere = new CohereEmbeddings();
        yield Map.of(
            WireFormat.EMBEDDINGS,
            new TranslatedEmbeddings(target -> cohere),
            WireFormat.RERANK,
            new ListApi("results"));
      }
      case BEDROCK ->
          Map.of(WireFormat.EMBEDDINGS, new TranslatedEmbeddings(BedrockEmbeddings::of));
    };
  }

  @Override
  public Map<String, String> headers(String credential) {
    return own.headers(credential);
  }

  @Override
  public boolean supports(Exchange exchange) {
    return exchange.task() == Task.FORWARD
        ? apis.containsKey(exchange.payload().format())
        : own.supports(exchange);
  }

  @Override
  public Written write(TargetRequest request) {
    ForwardedApi api = api(request);
    return api == null ? own.write(request) : api.write(request);
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    ForwardedApi api = api(request);
    return api == null ? own.addedFields(request) : api.addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return api(request) == null && own.hasSignatures(request);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    ForwardedApi api = api(request);
    return api == null ? own.readWhole(request, head, body) : api.readWhole(request, head, body);
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    return api(request) == null ? own.answerHeaders(request, head) : Map.of();
  }

  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    ForwardedApi api = api(request);
    return api == null ? own.contentType(request, head) : api.contentType(request, head);
  }

  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    ForwardedApi api = api(request);
    return api == null ? own.shape(request, piece) : api.shape(request, piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    ForwardedApi api = api(request);
    return api == null ? own.frames(request, frames) : api.frames(request, frames);
  }

  @Override
  public ModelListing modelListing() {
    return own.modelListing();
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    ForwardedApi api = api(request);
    return api == null ? own.readStream(request, head) : api.readStream(request, head);
  }

  /**
   * What the request is forwarded to; null if it is not forwarded, or not {@linkplain #supports
   * supported}, as a stream's reader finds out before the request is written.
   */
  private @Nullable ForwardedApi api(TargetRequest request) {
    Exchange exchange = request.exchange();
    return exchange.task() == Task.FORWARD ? apis.get(exchange.payload().format()) : null;
  }
}
