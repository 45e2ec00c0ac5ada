package com.langdock.reliability.gateway.access;

import com.langdock.reliability.gateway.server.ClientRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Lets everybody in, in nobody's name. */
public final class AnonymousAccess implements Access {
  @Override
  public boolean admits(@Nullable InetAddress address) {
    return true;
  }

  @Override
  public Admission admit(ClientRequest request) {
    return Grant.ANONYMOUS;
  }
}
