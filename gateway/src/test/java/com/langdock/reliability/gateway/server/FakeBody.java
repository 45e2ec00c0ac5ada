package com.langdock.reliability.gateway.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes all of a body, and writes down what became of it. */
final class FakeBody implements RequestBody {
  final List<String> events = new ArrayList<>();

  @Override
  public boolean takes(int bytes) {
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
