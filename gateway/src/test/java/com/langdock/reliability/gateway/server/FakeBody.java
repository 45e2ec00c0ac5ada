package com.langdock.reliability.gateway.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Accepts a whole body and records its end. */
final class FakeBody implements RequestBody {
  final List<String> events = new ArrayList<>();

  @Override
  public boolean accept(int bytes) {
    return true;
  }

  @Override
  public void end(byte[] body) {
    events.add("end " + new String(body, StandardCharsets.US_ASCII));
  }

  @Override
  public void tooSlow() {
    events.add("too slow");
  }

  @Override
  public void released() {
    events.add("released");
  }
}
