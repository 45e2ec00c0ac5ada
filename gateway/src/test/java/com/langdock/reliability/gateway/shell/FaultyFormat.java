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
 * A provider format with a bug: runs a test's action before each operation; the action may throw.
 *
 * @param bug receives the operation that follows
 */
record FaultyFormat(ProviderFormat format, Consumer<Work> bug) implements ProviderFormat {
  enum Work {
    ENCODE,
    DECODE,
    BEGIN_STREAM,
    READ_EVENT
  }

  @Override
  public Map<String, String> headers(String credential) {
    return format.headers(credential);
  }

  @Override
  public Set<String> addedFields(TargetRequest request) {
    return format.addedFields(request);
  }

  @Override
  public boolean hasSignatures(TargetRequest request) {
    return format.hasSignatures(request);
  }

  @Override
  public Written write(TargetRequest request) {
    bug.accept(Work.ENCODE);
    return format.write(request);
  }

  @Override
  public Decoded readWhole(TargetRequest request, ReplyHead head, byte[] body) {
    bug.accept(Work.DECODE);
    return format.readWhole(request, head, body);
  }

  @Override
  public PieceReader readStream(TargetRequest request, ReplyHead head) {
    bug.accept(Work.BEGIN_STREAM);
    PieceReader reader = format.readStream(request, head);
    return (data, pieces) -> {
      bug.accept(Work.READ_EVENT);
      reader.read(data, pieces);
    };
  }
}
