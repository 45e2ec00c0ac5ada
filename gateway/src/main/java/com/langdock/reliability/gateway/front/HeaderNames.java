package com.langdock.reliability.gateway.front;

import io.vertx.core.http.HttpHeaders;

/** The request headers that are read, in a form that is looked up without hashing them again. */
final class HeaderNames {
  static final CharSequence CONTENT_ENCODING = HttpHeaders.createOptimized("content-encoding");
  static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("content-type");
  static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("sec-fetch-site");
  static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");
  static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");
  static final CharSequence ORIGIN = HttpHeaders.createOptimized("origin");
  static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  static final CharSequence TIMEOUT = HttpHeaders.createOptimized("x-request-timeout-ms");
  static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");
  static final CharSequence TRACE_STATE = HttpHeaders.createOptimized("tracestate");

  private HeaderNames() {}
}
