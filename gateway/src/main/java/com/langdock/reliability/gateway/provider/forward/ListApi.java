package com.langdock.reliability.gateway.provider.forward;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;

/**
 * An API whose answers nobody here reads but for the errors, the usage and the model's name.
 *
 * @param list the name of the list of results in an answer
 */
record ListApi(String list) implements ForwardedApi {
  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    return JsonAnswer.read(request, head, body, list, JsonAnswer.Edit.NONE);
  }
}
