package com.langdock.reliability.gateway.observability;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the gateway is well: what both of its ports answer under {@code /health}.
 *
 * <p>Thread-safe.
 */
public final class Health {
  /**
   * An answer to a health check.
   *
   * @param status the HTTP status, 200 or 503
   * @param json the body
   */
  public record Answer(int status, String json) {}

  private static final Answer HEALTHY = new Answer(200, "{\"status\":\"healthy\"}");
  private static final Answer READY = new Answer(200, "{\"status\":\"ready\"}");
  private static final Answer NO_PROVIDER = new Answer(503, "{\"status\":\"no_provider_ready\"}");
  private static final Answer DRAINING = new Answer(503, "{\"status\":\"draining\"}");

  private final BooleanSupplier anyProviderReady;
  private volatile boolean draining;

  /** The health of a gateway that does not drain. */
  public Health(BooleanSupplier anyProviderReady) {
    this.anyProviderReady = anyProviderReady;
  }

  /** Whether the gateway takes no new requests. */
  public boolean isDraining() {
    return draining;
  }

  /** From now on the gateway takes no new requests. */
  public void drain() {
    draining = true;
  }

  /**
   * The answer for {@code path}.
   *
   * <p>{@code /health/live} is well while the process is; {@code /health/ready} only while some
   * provider can take a request; anything else, {@code /health} above all, until it drains.
   */
  public Answer answer(@Nullable String path) {
    return switch (path) {
      case "/health/live" -> HEALTHY;
      case "/health/ready" -> readiness();
      case null, default -> draining ? DRAINING : HEALTHY;
    };
  }

  private Answer readiness() {
    if (draining) {
      return DRAINING;
    }
    return anyProviderReady.getAsBoolean() ? READY : NO_PROVIDER;
  }
}
