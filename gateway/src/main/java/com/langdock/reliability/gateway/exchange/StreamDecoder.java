package com.langdock.reliability.gateway.exchange;

/**
 * Reads one stream in a provider's format, event by event.
 *
 * <p>Not thread-safe. Never throws for what a provider sent: an event that cannot be read is a
 * failure, for what it carried is lost.
 */
public interface StreamDecoder {
  /**
   * What an event means.
   *
   * @param data the event's data, not empty
   */
  StreamPart read(byte[] data);
}
