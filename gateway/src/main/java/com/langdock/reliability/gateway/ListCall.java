package com.langdock.reliability.gateway;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.config.ProviderConfig;
import com.langdock.reliability.gateway.exchange.ModelListing;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.loop.LoopTimer;
import com.langdock.reliability.gateway.upstream.ReplyHeaders;
import com.langdock.reliability.gateway.upstream.ReplyListener;
import com.langdock.reliability.gateway.upstream.UpstreamCall;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import com.langdock.reliability.gateway.upstream.UpstreamRequest;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call for a provider's models: gathers the answer, within a time and a size. */
final class ListCall implements ReplyListener {
  /** Lists of thousands of models with their prices have a few MiB. */
  private static final int MAX_BYTES = 16 << 20;

  private final ProviderConfig provider;
  private final ModelListing listing;
  private final EventLoop loop;
  private final LoopTimer deadline;
  private final long limit;
  private final CompletableFuture<Result> result;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final long begun;
  private @Nullable UpstreamCall call;
  private @Nullable ReplyHead head;

  /**
   * The outcome of a call.
   *
   * @param nanos how long it took
   */
  record Result(Finding finding, long nanos) {}

  ListCall(
      ProviderConfig provider,
      ModelListing listing,
      EventLoop loop,
      Duration limit,
      CompletableFuture<Result> result) {
    this.provider = provider;
    this.listing = listing;
    this.loop = loop;
    this.deadline = loop.timer();
    this.limit = limit.toNanos();
    this.result = result;
    this.begun = loop.ticker().nanos();
  }

  /** Sends the request, which is empty where there is no credential for it. */
  void begin(UpstreamPool pool, Optional<UpstreamRequest> request) {
    if (request.isEmpty()) {
      finish(Finding.noCredential());
      return;
    }
    deadline.set(limit, () -> stop(Finding.of(new Failure.Silent(Failure.Silent.Phase.BODY))));
    call = pool.send(request.get(), this);
  }

  @Override
  public void head(int status, ReplyHeaders headers) {
    head =
        new ReplyHead(
            status,
            headers::value,
            Instant.ofEpochMilli(loop.ticker().unixMillis()),
            Upstreams.redactor(provider),
            Set.of(),
            () -> false);
  }

  @Override
  public void chunk(byte[] bytes) {
    body.writeBytes(bytes);
    if (body.size() > MAX_BYTES) {
      stop(Finding.tooLong(MAX_BYTES));
    }
  }

  @Override
  public void end() {
    ReplyHead answered = head;
    if (answered != null) {
      finish(
          Finding.of(
              answered, body.toByteArray(), provider.models().values(), listing.hasServedNames()));
    }
  }

  @Override
  public void failed(Failure failure) {
    finish(Finding.of(failure));
  }

  private void stop(Finding finding) {
    finish(finding);
    if (call != null) {
      call.cancel();
    }
  }

  private void finish(Finding finding) {
    deadline.cancel();
    result.complete(new Result(finding, loop.ticker().nanos() - begun));
  }
}
