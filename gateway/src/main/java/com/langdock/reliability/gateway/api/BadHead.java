package com.langdock.reliability.gateway.api;

import com.langdock.reliability.gateway.api.response.ApiError;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What a client is told whose request's head is not HTTP, or too large. */
final class BadHead {
  private BadHead() {}

  /** The error for what the HTTP parser threw. */
  static ApiError error(@Nullable Throwable problem) {
    if (problem instanceof TooLongHttpLineException) {
      return ApiError.invalid(414, "uri_too_long", "The request line is too long.", null);
    }
    if (problem instanceof TooLongHttpHeaderException) {
      return ApiError.invalid(431, "headers_too_large", "The headers are too large.", null);
    }
    return ApiError.invalid(400, "invalid_request", "The request is not valid HTTP.", null);
  }
}
