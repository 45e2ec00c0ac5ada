package com.langdock.reliability.gateway.shell;

import com.langdock.reliability.gateway.exchange.Codec;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Encoded;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.StreamDecoder;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A codec with a bug: before each of its works it lets a test throw something.
 *
 * @param bug is told which work comes
 */
record FaultyCodec(Codec codec, Consumer<Work> bug) implements Codec {
  enum Work {
    ENCODE,
    DECODE,
    BEGIN_STREAM,
    READ_EVENT
  }

  @Override
  public String path() {
    return codec.path();
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
  public Encoded encode(TargetRequest exchange) {
    bug.accept(Work.ENCODE);
    return codec.encode(exchange);
  }

  @Override
  public Decoded decode(TargetRequest exchange, ReplyHead head, byte[] body) {
    bug.accept(Work.DECODE);
    return codec.decode(exchange, head, body);
  }

  @Override
  public StreamDecoder stream(TargetRequest exchange, ReplyHead head) {
    bug.accept(Work.BEGIN_STREAM);
    StreamDecoder decoder = codec.stream(exchange, head);
    return data -> {
      bug.accept(Work.READ_EVENT);
      return decoder.read(data);
    };
  }
}
