package com.langdock.reliability.mock.log;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat request that a simulated provider received, and its reply so far.
 *
 * @param number counts from 1 since the start or the last reset
 * @param body as received, its first 4 MiB; null when it is too old to be kept
 * @param model empty when the request could not be read
 * @param fault the fault applied, {@code ok} if none
 * @param status the HTTP status answered; 0 while or if there is none
 * @param bytesWritten bytes of the answer's body
 * @param endedAfterMillis from arrival until the mock was done; null while it is not
 * @param clientGoneAfterMillis from arrival until the client left early; null if it did not
 */
public record SeenRequest(
    long number,
    Arrival arrival,
    @Nullable String body,
    String model,
    boolean streamed,
    String fault,
    int status,
    long bytesWritten,
    @Nullable Long endedAfterMillis,
    @Nullable Long clientGoneAfterMillis) {
  /** Whether the client went away before the answer ended. */
  public boolean clientGone() {
    return clientGoneAfterMillis != null;
  }

  /** The request as an object of {@code GET /stats}. */
  public Map<String, @Nullable Object> show() {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("number", number);
    shown.put("time", arrival.time().toString());
    shown.put("monotonic_ms", arrival.monotonicMillis());
    shown.put("path", arrival.path());
    shown.put("connection", arrival.connection());
    shown.put("model", model);
    shown.put("streamed", streamed);
    shown.put("fault", fault);
    shown.put("status", status);
    shown.put("bytes_written", bytesWritten);
    shown.put("ended_ms", endedAfterMillis);
    shown.put("client_gone", clientGone());
    shown.put("client_gone_ms", clientGoneAfterMillis);
    shown.put("headers", arrival.headers());
    shown.put("body", body);
    return shown;
  }
}
