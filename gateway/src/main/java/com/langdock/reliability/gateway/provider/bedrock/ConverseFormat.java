package com.langdock.reliability.gateway.provider.bedrock;

import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The format of AWS Bedrock's Converse, in which models of all vendors are asked.
 *
 * <p>No client speaks it: requests are always translated. {@link ConverseRequest} says which fields
 * are dropped and which are rejected. Streams are in AWS's binary framing.
 */
public final class ConverseFormat implements ProviderFormat {
  /** A credential is a key of Bedrock's own. Keys of AWS sign each request instead. */
  @Override
  public Map<String, String> headers(String credential) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    if (!credential.isEmpty()) {
      headers.put("authorization", "Bearer " + credential);
    }
    return headers;
  }

  private static URI control(URI runtime) {
    String host = runtime.getRawAuthority().replaceFirst("^bedrock-runtime\\b", "bedrock");
    return URI.create(runtime.getScheme() + "://" + host + runtime.getRawPath());
  }

  @Override
  public Written write(TargetRequest request) {
    return ConverseRequest.write(request);
  }

  /** No fields: every field of a translated request is required or requested by the client. */
  @Override
  public Set<String> addedFields(TargetRequest request) {
    return Set.of();
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return Claude.is(request.target())
        && request.conversation().messages().stream()
            .flatMap(message -> message.blocks().stream())
            .anyMatch(block ->
                block instanceof ContentBlock.Thinking thinking
                    && ConverseTurns.signature(thinking) != null);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return ConverseAnswer.read(request, head, body);
  }

  /** A frame begins with its length, whose first byte is zero: no frame may be so large. */
  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return piece.length > 0 && piece[0] == 0
        ? EventStreams.Shape.EVENTS
        : EventStreams.shape(piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return new EventStreamReader(frames);
  }

  /** They are listed by another host than the one that runs them. */
  @Override
  public ModelListing modelListing() {
    return new ModelListing("/foundation-models", ConverseFormat::control, true);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new ConverseStream(request, head);
  }
}
