package com.langdock.reliability.gateway.provider.responses;

import com.langdock.reliability.core.domain.ModelTraits;
import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Field;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The format of a provider that serves both Chat Completions and Responses.
 *
 * <p>A request goes to the API that it is in. Other APIs' requests go to Chat Completions, except
 * for OpenAI's reasoning models: only Responses shows their thinking and takes it back. But it has
 * no stop sequences. Functions of a model that {@linkplain ModelTraits#toolsNeedResponses() needs
 * Responses for them} go there from every API.
 */
public final class OpenAiLanes implements ProviderFormat {
  private final ProviderFormat chat;
  private final ProviderFormat responses;

  /** A choice between these two, which have the same headers. */
  public OpenAiLanes(ProviderFormat chat, ProviderFormat responses) {
    this.chat = chat;
    this.responses = responses;
  }

  private ProviderFormat lane(TargetRequest request) {
    return isForResponses(request) ? responses : chat;
  }

  private static boolean isForResponses(TargetRequest request) {
    Exchange exchange = request.exchange();
    WireFormat format = exchange.payload().format();
    ModelTraits traits = request.target().facts().traits();
    if (format.equals(WireFormat.RESPONSES)) {
      return true;
    }
    boolean isForChat = format.equals(WireFormat.CHAT) && !traits.toolsNeedResponses();
    if (isForChat || exchange.task() != Exchange.Task.ANSWER) {
      return false;
    }
    Conversation conversation = exchange.payload().conversation();
    AnswerOptions options = conversation.options();
    if (traits.toolsNeedResponses() && conversation.hasFunctions() && thinks(options)) {
      return true;
    }
    boolean isOpenAiReasoning =
        traits.reasoning() && traits.sampling() == ModelTraits.Sampling.NONE;
    return !format.equals(WireFormat.CHAT)
        && isOpenAiReasoning
        && options.sampling().stop() == null;
  }

  /** Models think unless they are asked not to. */
  private static boolean thinks(AnswerOptions options) {
    Field<String> effort = options.effort();
    return effort == null || !effort.value().equals("none");
  }

  @Override
  public Map<String, String> headers(String credential) {
    return chat.headers(credential);
  }

  @Override
  public boolean supports(Exchange exchange) {
    return chat.supports(exchange) || responses.supports(exchange);
  }

  @Override
  public Written write(TargetRequest request) {
    return lane(request).write(request);
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return lane(request).addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return lane(request).hasSignatures(request);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return lane(request).readWhole(request, head, body);
  }

  @Override
  public Map<String, String> answerHeaders(TargetRequest request, ReplyHead head) {
    return lane(request).answerHeaders(request, head);
  }

  @Override
  public @Nullable String contentType(TargetRequest request, ReplyHead head) {
    return lane(request).contentType(request, head);
  }

  @Override
  public EventStreams.Shape shape(TargetRequest request, byte[] piece) {
    return lane(request).shape(request, piece);
  }

  @Override
  public FrameReader frames(TargetRequest request, Consumer<byte[]> frames) {
    return lane(request).frames(request, frames);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return lane(request).readStream(request, head);
  }
}
