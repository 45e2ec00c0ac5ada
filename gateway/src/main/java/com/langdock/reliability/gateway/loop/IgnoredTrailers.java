package com.langdock.reliability.gateway.loop;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;

/** The trailers of all bodies. Nobody reads them, so they are read over and not kept. */
public final class IgnoredTrailers extends EmptyHttpHeaders implements HttpHeadersFactory {
  /** The only instance, which has no state. */
  public static final IgnoredTrailers INSTANCE = new IgnoredTrailers();

  private IgnoredTrailers() {}

  @Override
  public HttpHeaders add(String name, Object value) {
    return this;
  }

  @Override
  public HttpHeaders newHeaders() {
    return this;
  }

  @Override
  public HttpHeaders newEmptyHeaders() {
    return this;
  }
}
