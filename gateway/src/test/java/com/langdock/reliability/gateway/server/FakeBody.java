package com.langdock.reliability.gateway.server;

import com.langdock.reliability.core.domain.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Accepts a whole body and records its end. */
final class FakeBody implements RequestBody {
  final List<String> events = new ArrayList<>();
  final List<Integer> reserved = new ArrayList<>();
  boolean hasMemory = true;

  @Override
  public boolean accept(int bytes) {
    return true;
  }

  @Override
  public boolean reserve(int bytes) {
    reserved.add(bytes);
    return hasMemory;
  }

  @Override
  public void end(Body body) {
    events.add("end " + new String(body.bytes(), StandardCharsets.US_ASCII));
    body.release();
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
