package com.langdock.reliability.gateway.engine;

import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.Redactor;
import com.langdock.reliability.gateway.exchange.Signer;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.upstream.UpstreamPool;
import java.util.Map;
import java.util.Objects;

/**
 * A provider as one event loop sees it.
 *
 * @param format of its requests and answers
 * @param signer signs its requests
 * @param pool the loop's connections to it
 * @param validateChunks whether an event that cannot be read breaks a stream, or is skipped
 * @param redactor what must not be passed on of its words
 * @param models what it calls its models, by the gateway's names
 */
public record Provider(
    ProviderFormat format,
    Signer signer,
    UpstreamPool pool,
    boolean validateChunks,
    Redactor redactor,
    Map<String, TargetModel> models) {
  /** What it calls {@code model}, which must be one of its models. */
  TargetModel model(String model) {
    return Objects.requireNonNull(models.get(model), model);
  }
}
