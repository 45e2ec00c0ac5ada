package com.langdock.reliability.gateway.journal.store;

import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param requestId begins with the time, so that rows sort by it
 * @param clientRequestId the client's own id, null when it sent none
 * @param clientId whom the client says it is, null when it does not
 * @param traceId null when it belongs to no trace
 * @param startedAt when its last byte was in, in milliseconds since 1970
 * @param latencyMicros from then to its end, or until now
 * @param firstTokenMicros from then to a stream's first content, null when there was none
 * @param code the error's code, null without an error
 * @param param the field at fault, null when it is none
 * @param model the one asked for, null when that is not known
 * @param provider who answered, null when nobody did
 * @param answeredModel the model that answered, null when none did
 * @param attempts how many there were
 */
public record RequestRow(
    String requestId,
    @Nullable String clientRequestId,
    @Nullable String clientId,
    @Nullable String traceId,
    long startedAt,
    long latencyMicros,
    @Nullable Long firstTokenMicros,
    boolean stream,
    RequestOutcome outcome,
    @Nullable String code,
    @Nullable String param,
    @Nullable String model,
    @Nullable String provider,
    @Nullable String answeredModel,
    int attempts,
    Cost cost) {
  /** Cuts texts that are too long. */
  public RequestRow {
    clientRequestId = RowText.orNull(clientRequestId);
    clientId = RowText.orNull(clientId);
    traceId = RowText.orNull(traceId);
    code = RowText.orNull(code);
    param = RowText.orNull(param);
    model = RowText.orNull(model);
    provider = RowText.orNull(provider);
    answeredModel = RowText.orNull(answeredModel);
  }
}
