package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;

/** Mistral's completions between a text and a suffix, whose answers have the shape of chats. */
final class FimApi implements ForwardedApi {
  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return JsonAnswer.read(request, head, body, "choices", JsonAnswer.Edit.NONE);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    return CompletionStream.ofChat(request.target(), head);
  }
}
