package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A codec with a bug: before each of its works it lets a test throw something.
 *
 * @param bug is told which work comes
 */
record FaultyCodec(ProviderFormat codec, Consumer<Work> bug) implements ProviderFormat {
  enum Work {
    ENCODE,
    DECODE,
    BEGIN_STREAM,
    READ_EVENT
  }

  @Override
  public Map<String, String> headers(String credential) {
    return codec.headers(credential);
  }

  @Override
  public Set<String> addedFields(TargetRequest exchange) {
    return codec.addedFields(exchange);
  }

  @Override
  public Written write(TargetRequest exchange) {
    bug.accept(Work.ENCODE);
    return codec.write(exchange);
  }

  @Override
  public Decoded readWhole(TargetRequest exchange, ReplyHead head, byte[] body) {
    bug.accept(Work.DECODE);
    return codec.readWhole(exchange, head, body);
  }

  @Override
  public PieceReader readStream(TargetRequest exchange, ReplyHead head) {
    bug.accept(Work.BEGIN_STREAM);
    PieceReader reader = codec.readStream(exchange, head);
    return (data, pieces) -> {
      bug.accept(Work.READ_EVENT);
      reader.read(data, pieces);
    };
  }
}
