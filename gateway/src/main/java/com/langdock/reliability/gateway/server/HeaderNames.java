package com.langdock.reliability.gateway.server;

import io.vertx.core.http.HttpHeaders;

/** The request headers that are read, in a form that is looked up without hashing them again. */
public final class HeaderNames {
  /** A client's key, as Anthropic's clients send it. */
  public static final CharSequence API_KEY = HttpHeaders.createOptimized("x-api-key");

  /** A client's key, as most clients send it. */
  public static final CharSequence AUTHORIZATION = HttpHeaders.createOptimized("authorization");

  /** How the body is compressed. */
  public static final CharSequence CONTENT_ENCODING =
      HttpHeaders.createOptimized("content-encoding");

  /** What the body is. */
  public static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("content-type");

  /** Where a browser's page is. */
  public static final CharSequence FETCH_SITE = HttpHeaders.createOptimized("sec-fetch-site");

  /** What a proxy says of the client. */
  public static final CharSequence FORWARDED = HttpHeaders.createOptimized("forwarded");

  /** The client's address, as a proxy says. */
  public static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("x-forwarded-for");

  /** A client's key, as Google's clients send it. */
  public static final CharSequence GOOGLE_API_KEY = HttpHeaders.createOptimized("x-goog-api-key");

  /** The origin of a browser's page. */
  public static final CharSequence ORIGIN = HttpHeaders.createOptimized("origin");

  /** The client's address, as some proxies say. */
  public static final CharSequence REAL_IP = HttpHeaders.createOptimized("x-real-ip");

  /** The client's own id of the request. */
  public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");

  /** How long the client waits, in milliseconds. */
  public static final CharSequence TIMEOUT = HttpHeaders.createOptimized("x-request-timeout-ms");

  /** The client's trace. */
  public static final CharSequence TRACE_PARENT = HttpHeaders.createOptimized("traceparent");

  /** What others added to the client's trace. */
  public static final CharSequence TRACE_STATE = HttpHeaders.createOptimized("tracestate");

  /** The protocol that the client would rather speak. */
  public static final CharSequence UPGRADE = HttpHeaders.createOptimized("upgrade");

  private HeaderNames() {}
}
