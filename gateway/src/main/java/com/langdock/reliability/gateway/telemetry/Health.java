package com.langdock.reliability.gateway.telemetry;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of the gateway: the responses under {@code /health} on both of its ports.
 *
 * <p>Thread-safe.
 */
public final class Health {
  /**
   * A response to a health check.
   *
   * @param status the HTTP status, 200 or 503
   * @param json the body
   */
  public record Answer(int status, String json) {}

  private static final Answer HEALTHY = new Answer(200, "{\"status\":\"healthy\"}");
  private static final Answer NO_PROVIDER = new Answer(503, "{\"status\":\"no_provider_ready\"}");
  private static final Answer OVERLOADED = new Answer(503, "{\"status\":\"overloaded\"}");
  private static final Answer DRAINING = new Answer(503, "{\"status\":\"draining\"}");

  private static final Answer STARTING = new Answer(503, "{\"status\":\"starting\"}");

  private final BooleanSupplier anyProviderReady;
  private final BooleanSupplier overloaded;
  private final Supplier<@Nullable String> journal;
  private final BooleanSupplier starting;
  private volatile boolean draining;

  /** The health of a gateway that does not drain. */
  public Health(BooleanSupplier anyProviderReady) {
    this(anyProviderReady, () -> false);
  }

  /**
   * The health of a gateway that does not drain.
   *
   * @param overloaded whether the gateway has no memory for further requests
   */
  public Health(BooleanSupplier anyProviderReady, BooleanSupplier overloaded) {
    this(anyProviderReady, overloaded, () -> null);
  }

  /**
   * The same for a gateway with a journal. A journal that is away does not make it less ready: it
   * still answers.
   *
   * @param journal the label of the journal's status, null where none is kept
   */
  public Health(
      BooleanSupplier anyProviderReady,
      BooleanSupplier overloaded,
      Supplier<@Nullable String> journal) {
    this(anyProviderReady, overloaded, journal, () -> false);
  }

  /**
   * The same for a gateway that reads what was used before it is ready.
   *
   * @param starting whether it still reads
   */
  public Health(
      BooleanSupplier anyProviderReady,
      BooleanSupplier overloaded,
      Supplier<@Nullable String> journal,
      BooleanSupplier starting) {
    this.starting = starting;
    this.anyProviderReady = anyProviderReady;
    this.overloaded = overloaded;
    this.journal = journal;
  }

  /** Whether the gateway is draining. */
  public boolean isDraining() {
    return draining;
  }

  /** Starts to drain: the gateway accepts no new requests. */
  public void drain() {
    draining = true;
  }

  /**
   * The answer for {@code path}.
   *
   * <p>{@code /health/live} is 200 while the process runs. {@code /health/ready} is 200 only while
   * some provider can take a request and the gateway has memory for it; it includes the status of
   * the journal. Any other path, such as {@code /health}, is 200 until the gateway drains.
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
    if (starting.getAsBoolean()) {
      return STARTING;
    }
    return anyProviderReady.getAsBoolean() ? ready() : NO_PROVIDER;
  }
}
