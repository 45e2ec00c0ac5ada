package com.langdock.reliability.gateway.telemetry;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
  private static final Answer NO_PROVIDER = new Answer(503, "{\"status\":\"no_provider_ready\"}");
  private static final Answer OVERLOADED = new Answer(503, "{\"status\":\"overloaded\"}");
  private static final Answer DRAINING = new Answer(503, "{\"status\":\"draining\"}");

  private final BooleanSupplier anyProviderReady;
  private final BooleanSupplier overloaded;
  private final Supplier<@Nullable String> journal;
  private volatile boolean draining;

  /** The health of a gateway that does not drain. */
  public Health(BooleanSupplier anyProviderReady) {
    this(anyProviderReady, () -> false);
  }

  /**
   * The health of a gateway that does not drain.
   *
   * @param overloaded whether the gateway itself has no room for further requests
   */
  public Health(BooleanSupplier anyProviderReady, BooleanSupplier overloaded) {
    this(anyProviderReady, overloaded, () -> null);
  }

  /**
   * The same for a gateway with a journal. A journal that is away does not make it less ready: it
   * answers all the same.
   *
   * @param journal the word for the journal's status, null where none is kept
   */
  public Health(
      BooleanSupplier anyProviderReady,
      BooleanSupplier overloaded,
      Supplier<@Nullable String> journal) {
    this.anyProviderReady = anyProviderReady;
    this.overloaded = overloaded;
    this.journal = journal;
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
   * provider can take a request, and the gateway has room for it; it says how the journal is.
   * Anything else, {@code /health} above all, is well until the gateway drains.
   */
  public Answer answer(@Nullable String path) {
    return switch (path) {
      case "/health/live" -> HEALTHY;
      case "/health/ready" -> readiness();
      case null, default -> draining ? DRAINING : HEALTHY;
    };
  }

  private Answer ready() {
    String status = journal.get();
    String more = status == null ? "" : ",\"journal\":\"" + status + "\"";
    return new Answer(200, "{\"status\":\"ready\"" + more + "}");
  }

  private Answer readiness() {
    if (draining) {
      return DRAINING;
    }
    if (overloaded.getAsBoolean()) {
      return OVERLOADED;
    }
    return anyProviderReady.getAsBoolean() ? ready() : NO_PROVIDER;
  }
}
