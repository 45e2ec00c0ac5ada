package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Forwarding;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The format of a provider, to which requests of further formats are forwarded: those that no other
 * format can express, such as embeddings.
 */
public final class ForwardingFormat implements ProviderFormat {
  private static final Map<WireFormat, ForwardedApi> APIS =
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
  private final Set<WireFormat> served;

  /**
   * A format that answers everything else as {@code own} does.
   *
   * @param served the formats of the requests that may be forwarded
   */
  public ForwardingFormat(ProviderFormat own, Set<WireFormat> served) {
    this.own = own;
    this.served = Set.copyOf(served);
  }

  @Override
  public Map<String, String> headers(String credential) {
    return own.headers(credential);
  }

  @Override
  public boolean supports(Exchange exchange) {
    return exchange.task() == Task.FORWARD
        ? served.contains(exchange.payload().format())
        : own.supports(exchange);
  }

  @Override
  public Written write(TargetRequest request) {
    ForwardedApi api = api(request);
    if (api == null) {
      return own.write(request);
    }
    Forwarding forwarding = request.exchange().payload().forwarding();
    Outgoing outgoing =
        new Outgoing(
            forwarding.method(), forwarding.path(), forwarding.headers(), api.body(request));
    return new Written.Request(outgoing);
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

  /** What the request is forwarded to; null if it is not forwarded. */
  private static @Nullable ForwardedApi api(TargetRequest request) {
    Exchange exchange = request.exchange();
    return exchange.task() == Task.FORWARD
        ? Objects.requireNonNull(APIS.get(exchange.payload().format()))
        : null;
  }
}
