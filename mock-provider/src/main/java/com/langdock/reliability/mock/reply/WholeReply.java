package com.langdock.reliability.mock.reply;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.reply.Step.Close;
import com.langdock.reliability.mock.reply.Step.Head;
import com.langdock.reliability.mock.reply.Step.Part;
import com.langdock.reliability.mock.reply.Step.Reset;
import com.langdock.reliability.mock.reply.Step.Silence;
import com.langdock.reliability.mock.reply.Step.Whole;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** Plans the reply to a request that asked for no stream; damage comes after half of the body. */
final class WholeReply {
  private final Map<String, String> headers;

  WholeReply(Map<String, String> headers) {
    this.headers = headers;
  }

  List<Step> steps(Damage damage, String json, ProviderFormat format) {
    Buffer body = Buffer.buffer(json);
    Buffer half = body.slice(0, body.length() / 2);
    return switch (damage) {
      case NONE, MISSING_DONE -> List.of(new Whole(200, headers, body));
      case MALFORMED, STREAM_END -> List.of(new Whole(200, headers, half));
      case ERROR_IN_STREAM ->
          List.of(new Whole(200, headers, Buffer.buffer(format.overloadedBody())));
      case STREAM_CUT -> List.of(head(body), new Part(half), new Reset());
      case STREAM_STALL -> List.of(head(body), new Part(half), new Silence());
      case STREAM_FIN -> List.of(head(body), new Part(half), new Close());
    };
  }

  private Head head(Buffer body) {
    return new Head(200, headers, body.length());
  }
}
