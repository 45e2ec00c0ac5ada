package com.langdock.reliability.gateway.provider;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The format of a provider that speaks several: each request goes in one of them, which depends on
 * the model and on what the client speaks.
 */
public final class ByTarget implements ProviderFormat {
  private final List<ProviderFormat> all;
  private final Function<TargetRequest, ProviderFormat> choice;

  /**
   * A choice of formats.
   *
   * @param all whose first has the headers of every request, and the list of models
   * @param choice one of them
   */
  public ByTarget(List<ProviderFormat> all, Function<TargetRequest, ProviderFormat> choice) {
    this.all = List.copyOf(all);
    this.choice = choice;
  }

  @Override
  public Map<String, String> headers(String credential) {
    return all.getFirst().headers(credential);
  }

  @Override
  public boolean supports(Exchange exchange) {
    return all.stream().anyMatch(format -> format.supports(exchange));
  }

  /** A provider that can do a task for one model may not be able to for another. */
  @Override
  public Written write(TargetRequest request) {
    ProviderFormat format = choice.apply(request);
    return format.supports(request.exchange())
        ? format.write(request)
        : new Written.Untranslatable(
            new Failure.Untranslatable("model", "No provider of this model does that."));
  }

  @Override
  public ModelListing modelListing() {
    return all.getFirst().modelListing();
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return choice.apply(request).addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return choice.apply(request).hasSignatures(request);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return choice.apply(request).readWhole(request, head, body);
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    return choice.apply(request).answerHeaders(request, head);
  }

  @Override
  public int status(TargetRequest request, ReplyHead head) {
    return choice.apply(request).status(request, head);
  }

  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return choice.apply(request).contentType(request, head);
  }

  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return choice.apply(request).shape(request, piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return choice.apply(request).frames(request, frames);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return choice.apply(request).readStream(request, head);
  }
}
