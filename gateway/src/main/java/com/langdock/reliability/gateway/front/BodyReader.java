package com.langdock.reliability.gateway.front;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.RequestBody;
import org.jspecify.annotations.Nullable;

/** Reads one request's body within the limits of one body and of all requests together. */
final class BodyReader implements RequestBody {
  /** Receives the body, or the reason for a refusal, and then the release. */
  interface Result {
    /** The body is complete; it is released when the response has ended. */
    void complete(Body body);

    /** The body is refused. */
    void refused(ApiError error);

    /** The response has ended; the body must no longer be referenced. */
    void released();
  }

  private final long maxBody;
  private final RequestMemory.Share memory;
  private final Result result;

  private @Nullable Body body;
  private long taken;

  /** Memory that is held: what was taken, and room for more of a large body. */
  private long held;

  private boolean decided;

  BodyReader(long maxBody, RequestMemory.Share memory, Result result) {
    this.maxBody = maxBody;
    this.memory = memory;
    this.result = result;
  }

  /** Begins to read. */
  void read(ClientRequest request) {
    if (request.announcedLength() > maxBody) {
      refuse(tooLarge());
    } else {
      request.read(this);
    }
  }

  @Override
  public boolean accept(int bytes) {
    if (decided) {
      return false;
    }
    if (taken + bytes > maxBody) {
      refuse(tooLarge());
    } else if (hold(taken + bytes)) {
      taken += bytes;
    }
    return !decided;
  }

  @Override
  public boolean reserve(int bytes) {
    return hold(bytes);
  }

  /** Holds memory for {@code bytes} in all; if there is none, the body is refused. */
  private boolean hold(long bytes) {
    if (bytes > held) {
      if (!memory.tryTake(bytes - held)) {
        refuse(ErrorTable.OVERLOADED);
        return false;
      }
      held = bytes;
    }
    return true;
  }

  @Override
  public void end(Body whole) {
    body = whole;
    if (decided) {
      return;
    }
    decided = true;
    result.complete(whole);
  }

  @Override
  public void tooSlow() {
    refuse(ApiError.invalid(408, "request_timeout", "The request body arrived too slowly.", null));
  }

  /** Gives the memory of the body back. */
  @Override
  public void released() {
    decided = true;
    memory.release();
    result.released();
    if (body != null) {
      body.release();
      body = null;
    }
  }

  private void refuse(ApiError error) {
    if (!decided) {
      decided = true;
      result.refused(error);
    }
  }

  private ApiError tooLarge() {
    return tooLarge(maxBody);
  }

  /** The error for a body of more than {@code maxBody} bytes. */
  static ApiError tooLarge(long maxBody) {
    return ApiError.invalid(
        413, "request_too_large", "The request body is larger than " + maxBody + " bytes.", null);
  }
}
