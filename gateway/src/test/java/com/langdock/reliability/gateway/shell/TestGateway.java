package com.langdock.reliability.gateway.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.core.quota.Quotas;
import com.langdock.reliability.gateway.Assembly;
import com.langdock.reliability.gateway.access.KeyAccess;
import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.front.DataApi;
import com.langdock.reliability.gateway.front.LoopSetup;
import com.langdock.reliability.gateway.front.RequestMemory;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.limits.Load;
import com.langdock.reliability.gateway.loop.BodyWorkers;
import com.langdock.reliability.gateway.loop.EventLoop;
import com.langdock.reliability.gateway.server.ClientConnections;
import com.langdock.reliability.gateway.server.ConnectionLimit;
import com.langdock.reliability.gateway.telemetry.Health;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import com.langdock.reliability.gateway.telemetry.Observability;
import com.langdock.reliability.gateway.telemetry.RequestWatcher;
import com.langdock.reliability.gateway.telemetry.tracing.Tracing;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The data port of a gateway without threads, sockets and clocks. All code between a client's bytes
 * and a provider's is the real code.
 *
 * <p>The event loop, the sockets, the clock and the workers are fakes. {@link #settle} runs the
 * loop and the workers until they are idle, without advancing time; {@link #advance} advances time
 * from timer to timer. So a test determines the order of events that would be random on a real
 * machine:
 *
 * <pre>{@code
 * try (TestGateway gateway = TestGateway.of(yaml)) {
 *   gateway.provider("openai").next(ProviderCall::reset).next(call -> call.answer("Hi."));
 *   FakeClient client = gateway.client().chat(json);   // connects, sends, settles
 *   gateway.advance(Duration.ofSeconds(3));            // the wait before the retry
 *   assertThat(client.reply().status()).isEqualTo(200);
 *   gateway.assertNothingHeld();
 * }
 * }</pre>
 *
 * <p>A provider is scripted request by request ({@link FakeProvider#next}); a script may answer in
 * pieces, at once or {@linkplain ProviderCall#after later}. {@link FakeWorkers#hold} suspends work
 * on large bodies. An exception that the gateway does not catch fails the test when the gateway is
 * closed.
 */
public final class TestGateway implements AutoCloseable {
  private final Logger log = (Logger) LoggerFactory.getLogger("com.langdock.reliability");
  private final Level levelBefore = log.getEffectiveLevel();
  private final ManualTicker time = new ManualTicker();
  private final FakeEventLoop loop = new FakeEventLoop(time);
  private final FakeWorkers workers = new FakeWorkers();
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
  private final List<Throwable> bugs = new ArrayList<>();
  private final EventLoop events =
      new EventLoop(loop, new BodyWorkers(workers, 2), time, bugs::add);
  private final Map<String, FakeProvider> providers = new TreeMap<>();
  private final List<FakeChannel> clients = new ArrayList<>();
  private final List<Runnable> drains = new ArrayList<>();
  private final TestParts parts;
  private final RequestMemory memory;
  private final Load load;
  private long loopDelay;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LentBodies bodies = new LentBodies();
  private final Observability observability;
  private final Assembly assembly;
  private final DataApi api;
  private final ClientConnections connections;

  private TestGateway(GatewayConfig config, TestParts parts) {
    log.setLevel(Level.OFF);
    memory = new RequestMemory(parts.memory(), time);
    this.parts = parts;
    observability = new Observability(metrics, time, parts.breakers());
    load = new Load(new AtomicLong(), memory::used, () -> loopDelay, observability::shed);
    SplittableRandom random = new SplittableRandom(parts.seed());
    assembly =
        Assembly.of(
            config,
            new RequestServices(events, memory, load, observability, random),
            name -> providers.computeIfAbsent(name, missing -> new FakeProvider(this)),
            parts.formats(),
            watchers(parts));
    Health health = new Health(() -> assembly.anyReady(time.nanos()));
    api = new DataApi(health, withParts(assembly.begin()));
    connections = new ClientConnections(events, api, new ConnectionLimit(1_000), bodies);
  }

  private LoopSetup withParts(LoopSetup setup) {
    return new LoopSetup(
        setup.services(),
        setup.loop(),
        setup.sessions(),
        setup.watcher(),
        setup.access() instanceof KeyAccess ? setup.access() : parts.access(),
        parts.fronts().apply(setup.fronts()),
        setup.limits(),
        setup.accounting());
  }

  /** Replaces the configuration, as the gateway does on each event loop. */
  public void use(String yaml) {
    api.use(withParts(assembly.use(Configs.loaded(yaml))));
    settle();
  }

  private static List<RequestWatcher> watchers(TestParts parts) {
    return Stream.concat(
            Stream.of(Tracing.of(Map.of()).requests(Map.of())), parts.watchers().stream())
        .toList();
  }

  /** A gateway with this configuration. */
  public static TestGateway of(String yaml) {
    return of(yaml, TestParts.NONE);
  }

  /** A gateway with this configuration and some parts of the test's own. */
  public static TestGateway of(String yaml, TestParts parts) {
    return new TestGateway(Configs.loaded(yaml), parts);
  }

  /** A client that has just connected. */
  public FakeClient client() {
    FakeChannel channel = channel();
    clients.add(channel);
    drains.add(connections.accept(channel.last()));
    return new FakeClient(this, channel);
  }

  /** Makes all connections accept no further request, and lets the gateway run. */
  void drain() {
    drains.forEach(Runnable::run);
    settle();
  }

  /** The provider of this name. */
  public FakeProvider provider(String name) {
    return Objects.requireNonNull(providers.get(name), name);
  }

  /** The workers that process large bodies. */
  public FakeWorkers workers() {
    return workers;
  }

  /** The bugs that were reported on the event loop. */
  public List<Throwable> bugs() {
    return bugs;
  }

  /** The current time in monotonic nanoseconds. */
  public long now() {
    return time.nanos();
  }

  /** Sets how late the event loop is said to be. */
  void loopDelay(Duration late) {
    loopDelay = late.toNanos();
  }

  /** The bytes that requests hold now. */
  public long memoryTaken() {
    return memory.taken();
  }

  /** How many arrays large bodies have been lent so far. */
  int arraysLent() {
    return bodies.lent();
  }

  /** All metrics in Prometheus' text format. */
  public String metrics() {
    return metrics.scrape();
  }

  /** The value of a counter with these labels, as names and values. */
  public double counter(String name, String... labels) {
    return metrics.get(name).tags(labels).counter().count();
  }

  /** Runs the event loop and the workers until they are idle, without advancing time. */
  public void settle() {
    do {
      loop.run();
    } while (workers.runNext() || loop.hasWork());
  }

  /** Advances time from timer to timer. */
  public void advance(Duration by) {
    long end = time.nanos() + by.toNanos();
    settle();
    while (time.nanos() - end < 0) {
      long step = Math.min(Math.max(0, loop.nanosToNextTimer()), end - time.nanos());
      time.advance(Duration.ofNanos(step));
      settle();
    }
  }

  /** Ends the requests that may not go on. */
  public void review() {
    connections.review();
    settle();
  }

  /** The gateway's clock. */
  public Ticker clock() {
    return time;
  }

  /** What all requests used, and what those hold that run. */
  public Quotas quotas() {
    return assembly.quotas();
  }

  /** Runs {@code action} after a delay. Does not count as a timer of the gateway. */
  public void later(Duration delay, Runnable action) {
    loop.later(delay.toNanos(), action);
  }

  /** Fails if any resource of a request is still held. Call after all requests have ended. */
  public void assertNothingHeld() {
    long kept = providers.values().stream().mapToLong(FakeProvider::busyConnections).sum();
    check("requests in flight", observability.inFlight());
    check("requests of the load", load.inFlight());
    check("reservations", assembly.quotas().open());
    check("timers", events.pendingTimers());
    check("bytes of requests", memory.taken());
    check("busy provider connections", kept);
    check("work on workers", workers.pending());
    long direct = buffers.metric().usedDirectMemory();
    check("bytes of direct buffers", direct);
    check("bytes of heap buffers", buffers.metric().usedHeapMemory());
    check("arrays of large bodies", bodies.lent() - bodies.givenBack());
  }

  private static void check(String what, long held) {
    if (held != 0) {
      throw new AssertionError(what + " still held: " + held);
    }
  }

  /** Ends the test. Fails if there was an uncaught exception. */
  @Override
  public void close() {
    log.setLevel(levelBefore);
    if (!loop.thrown().isEmpty()) {
      throw new AssertionError("thrown past all guards", loop.thrown().getFirst());
    }
  }

  FakeEventLoop loop() {
    return loop;
  }

  FakeChannel channel() {
    return new FakeChannel(loop, buffers);
  }
}
