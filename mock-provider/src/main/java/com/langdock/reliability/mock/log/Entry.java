package com.langdock.reliability.mock.log;

import com.langdock.reliability.mock.fault.Damage;
import com.langdock.reliability.mock.fault.Fault;
import org.jspecify.annotations.Nullable;

/** A request in the log while it is answered. Guarded by its own lock. */
public final class Entry {
  private final long number;
  private final Arrival arrival;
  private @Nullable String body;
  private String model = "";
  private boolean streamed;
  private Fault fault = Damage.NONE;
  private int status;
  private long bytesWritten;
  private @Nullable Long endedAfterMillis;
  private @Nullable Long clientGoneAfterMillis;

  Entry(long number, Arrival arrival, String body) {
    this.number = number;
    this.arrival = arrival;
    this.body = body;
  }

  /** The request is valid; {@code fault} applies to it. */
  public synchronized void understood(String askedModel, boolean asStream, Fault applied) {
    model = askedModel;
    streamed = asStream;
    fault = applied;
  }

  /** The status line was sent. */
  public synchronized void answered(int httpStatus) {
    status = httpStatus;
  }

  /** Some bytes of the body were sent. */
  public synchronized void wrote(int bytes) {
    bytesWritten += bytes;
  }

  /** The reply was played to its end. */
  public synchronized void ended(long nowMillis) {
    endedAfterMillis = nowMillis - arrival.monotonicMillis();
  }

  /** The client left before that. */
  public synchronized void clientGone(long nowMillis) {
    clientGoneAfterMillis = nowMillis - arrival.monotonicMillis();
  }

  /** The entry as it is now. */
  public synchronized SeenRequest snapshot() {
    return new SeenRequest(
        number,
        arrival,
        body,
        model,
        streamed,
        fault.wireName(),
        status,
        bytesWritten,
        endedAfterMillis,
        clientGoneAfterMillis);
  }

  synchronized int bodyLength() {
    return body == null ? 0 : body.length();
  }

  synchronized void forgetBody() {
    body = null;
  }
}
