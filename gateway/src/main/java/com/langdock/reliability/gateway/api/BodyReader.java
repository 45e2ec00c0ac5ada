package com.langdock.reliability.gateway.api;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.api.response.ApiError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one request's body within the limits of one body and of all bodies together. */
final class BodyReader {
  /** What becomes of the body: it is whole or refused, and at last it is no longer needed. */
  interface Result {
    /** The body is whole. */
    void whole(byte[] body);

    /** The body is not taken. */
    void refused(ApiError error);

    /** The response has ended: whatever holds the body must let it go. */
    void released();
  }

  private final long maxBody;
  private final BodyMemory memory;
  private final Ticker ticker;
  private final Result result;

  private @Nullable Buffer body;
  private long taken;
  private long lastHeard;
  private boolean decided;

  BodyReader(long maxBody, BodyMemory memory, Ticker ticker, Result result) {
    this.maxBody = maxBody;
    this.memory = memory;
    this.ticker = ticker;
    this.lastHeard = ticker.nanos();
    this.result = result;
  }

  /** Begins to read. */
  void read(HttpServerRequest request) {
    if (announced(request) > maxBody) {
      refuse(tooLarge());
      return;
    }
    request.handler(this::chunk);
    request.endHandler(end -> whole());
  }

  /** Whether more of the body is awaited. */
  boolean isReading() {
    return !decided;
  }

  /** When the last bytes came, in monotonic nanoseconds. */
  long lastHeard() {
    return lastHeard;
  }

  /** Gives the memory of the body back; to be called once, when the request has ended. */
  void release() {
    decided = true;
    memory.giveBack(taken);
    taken = 0;
    body = null;
    result.released();
  }

  /** Refuses a body whose next bytes do not come. */
  void tooSlow() {
    refuse(ApiError.invalid(408, "request_timeout", "The request's body came too slowly.", null));
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private void chunk(Buffer bytes) {
    if (decided) {
      return;
    }
    if (taken + bytes.length() > maxBody) {
      refuse(tooLarge());
    } else if (!memory.tryTake(bytes.length())) {
      refuse(
          ApiError.unavailable(
              "gateway_overloaded",
              "The gateway holds too many large requests.",
              OptionalLong.of(1_000_000_000)));
    } else {
      taken += bytes.length();
      lastHeard = ticker.nanos();
      body = body == null ? bytes : body.appendBuffer(bytes);
    }
  }

  private void whole() {
    if (!decided) {
      decided = true;
      result.whole(body == null ? new byte[0] : body.getBytes());
      body = null;
    }
  }

  private void refuse(ApiError error) {
    if (!decided) {
      decided = true;
      body = null;
      result.refused(error);
    }
  }

  private ApiError tooLarge() {
    return ApiError.invalid(
        413, "request_too_large", "The request's body is larger than " + maxBody + " bytes.", null);
  }
}
