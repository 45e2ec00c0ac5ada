package com.langdock.reliability.gateway.telemetry;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ProviderReply;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Targets, failures and requests for tests. */
public final class Samples {
  public static final Target GPT = new Target("openai", "gpt-4");
  public static final Target CLAUDE = new Target("anthropic", "claude-3-opus");
  public static final Usage USAGE = new Usage(10, 4, 5);
  public static final Failure TIMEOUT = new Failure.Silent(Failure.Silent.Phase.HEADERS);
  public static final Failure RATE_LIMITED =
      new Failure.RateLimited(
          new ProviderReply(429, "t", "c", null, "SECRET prompt words"), OptionalLong.empty());
  public static final RequestInfo REQUEST = info("req_1_0000000a", null, false);

  public static final RequestStart START = start(REQUEST);

  private Samples() {}

  /** What is known of a request before it is valid. */
  public static RequestStart start(RequestInfo info) {
    return new RequestStart(
        info.requestId(), info.clientRequestId(), info.acceptedAt(), info.acceptedAtMillis(), null);
  }

  public static RequestInfo info(
      String requestId, @Nullable String clientRequestId, boolean stream) {
    return new RequestInfo(
        requestId, clientRequestId, RequestInfo.Client.UNKNOWN, "gpt-4", stream, 0, 0, null);
  }
}
