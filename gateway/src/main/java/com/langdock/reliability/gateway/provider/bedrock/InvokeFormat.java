package com.langdock.reliability.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.anthropic.MessagesHost;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Claude by Bedrock's InvokeModel: Anthropic's Messages, in streams each event inside a message of
 * AWS's framing. For clients of that API, whose bytes pass; and for what Bedrock counts for them.
 */
final class InvokeFormat implements ProviderFormat {
  private final ProviderFormat converse = new ConverseFormat();
  private final ProviderFormat messages = new AnthropicFormat(MessagesHost.BEDROCK);

  @Override
  public Map<String, String> headers(String credential) {
    return converse.headers(credential);
  }

  @Override
  public boolean supports(Exchange exchange) {
    return messages.supports(exchange);
  }

  @Override
  public Written write(TargetRequest request) {
    return counts(request)
        ? CountRequest.write(request, messages.write(request))
        : messages.write(request);
  }

  private static boolean counts(TargetRequest request) {
    return request.exchange().task() == Exchange.Task.COUNT_TOKENS;
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return messages.addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return messages.hasSignatures(request);
  }

  /** A count has another name at Bedrock. */
  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    JsonValue count =
        counts(request) ? JsonFields.number(JsonBody.json(body), "inputTokens") : null;
    return messages.readWhole(
        request,
        head,
        count == null ? body : ("{\"input_tokens\":" + count.raw() + "}").getBytes(UTF_8));
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    return messages.answerHeaders(request, head);
  }

  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return converse.shape(request, piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return converse.frames(request, frames);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return new InvokeStream(messages.readStream(request, head), head);
  }
}
