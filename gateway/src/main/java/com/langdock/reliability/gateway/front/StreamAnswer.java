package com.langdock.reliability.gateway.front;

import com.langdock.reliability.gateway.engine.StreamDelivery;
import com.langdock.reliability.gateway.server.ClientResponse;
import org.jspecify.annotations.Nullable;

/** The response of a stream: its head and the first events leave in one write. */
final class StreamAnswer implements StreamDelivery {
  private static final byte[] NOTHING = {};

  private final ClientResponse response;
  private final ResponseCompletion end;
  private final int status;
  private final boolean keepsContents;
  private boolean begun;

  /** A response to which the headers of every answer have been added. */
  StreamAnswer(ClientResponse response, ResponseCompletion end, int status, String contentType) {
    this.response = response;
    this.end = end;
    this.status = status;
    this.keepsContents = end.keepsContents() && ContentType.isText(contentType);
    response
        .header("content-type", contentType)
        .header("cache-control", "no-cache")
        .header("x-accel-buffering", "no");
  }

  @Override
  public void write(byte[] events) {
    if (keepsContents) {
      end.sent(events);
    }
    if (response.isOpen()) {
      begin();
      response.write(events);
    }
  }

  /** Writes the head together with the first events: alone it would be flushed alone. */
  private void begin() {
    if (!begun) {
      begun = true;
      response.begin(status);
    }
  }

  @Override
  public boolean isFull() {
    return response.isOpen() && response.isFull();
  }

  @Override
  public void whenDrained(Runnable resume) {
    response.whenDrained(resume);
  }

  /**
   * Sends the events that tell that the answer is not whole.
   *
   * @param events null if nothing but the end of the connection can tell it
   */
  void fail(byte @Nullable [] events) {
    if (events == null) {
      end.complete(NOTHING, response::abort);
    } else {
      end(events);
    }
  }

  @Override
  public void end(byte[] events) {
    end.complete(
        events,
        () -> {
          if (!begun && events.length == 0) {
            response.send(status, NOTHING);
          } else if (response.isOpen()) {
            begin();
            response.end(events);
          }
        });
  }
}
