package com.langdock.reliability.gateway.shell;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.langdock.reliability.core.resilience.TargetStates;
import com.langdock.reliability.gateway.Assembly;
import com.langdock.reliability.gateway.config.Configs;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.engine.Loop;
import com.langdock.reliability.gateway.front.DataApi;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.RequestLimits;
import com.langdock.reliability.gateway.front.RequestMemory;
import com.langdock.reliability.gateway.front.RequestServices;
import com.langdock.reliability.gateway.front.chat.ChatFront;
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
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The data port of a gateway without threads, sockets and clocks: everything between a client's
 * bytes and a provider's is the real thing.
 *
 * <p>The event loop, the sockets, the clock and the workers are fakes. Nothing happens until {@link
 * #settle} runs the loop and the workers to rest, at one moment; {@link #advance} lets time pass,
 * from timer to timer. So an order of events that is a matter of luck on a real machine is written
 * down as a test:
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
 * pieces, now or {@linkplain ProviderCall#after later}. {@link FakeWorkers#hold} keeps work on
 * large bodies from being done, so that a test can act meanwhile. What a handler throws past the
 * gateway's own guards fails the test when the gateway is closed.
 */
public final class TestGateway implements AutoCloseable {
  private final Logger log = (Logger) LoggerFactory.getLogger("com.langdock.reliability");
  private final Level levelBefore = log.getEffectiveLevel();
  private final ManualTicker time = new ManualTicker();
  private final FakeEventLoop loop = new FakeEventLoop(time);
  private final FakeWorkers workers = new FakeWorkers();
  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);
  private final List<Throwable> bugs = new ArrayList<>();
  private final Map<String, FakeProvider> providers = new TreeMap<>();
  private final List<FakeChannel> clients = new ArrayList<>();
  private final RequestMemory memory;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Observability observability;
  private final ClientConnections connections;

  private TestGateway(GatewayConfig config, Seams seams) {
    log.setLevel(Level.OFF);
    memory = new RequestMemory(seams.memory(), time);
    Assembly assembly = new Assembly(config);
    EventLoop events = new EventLoop(loop, new BodyWorkers(workers, 2), time, bugs::add);
    observability =
        new Observability(metrics, time, assembly.targets(), config.catalog(), seams.breakers());
    SplittableRandom random = new SplittableRandom(seams.seed());
    TargetStates targetStates =
        assembly.targetStates(observability.breakerListener(), random, time.nanos());
    Loop shared =
        assembly.loop(
            events,
            time,
            provider -> providers.computeIfAbsent(provider.name(), name -> new FakeProvider(this)),
            seams.codecs());
    RequestServices services =
        new RequestServices(
            shared,
            new RequestLimits(
                config.server().maxBody(),
                config.timeout().total().toNanos(),
                config.timeout().streamTotal().toNanos()),
            memory,
            assembly.router(),
            assembly.sessions(targetStates, random),
            observability,
            observability.requests(watchers(seams)),
            random);
    Health health = new Health(() -> targetStates.anyReady(time.nanos()));
    List<Front> fronts =
        seams.fronts().apply(List.of(new ChatFront(config.catalog(), assembly.targets(), 0)));
    DataApi api = new DataApi(services, seams.access(), health, fronts);
    connections = new ClientConnections(events, api, new ConnectionLimit(1_000));
  }

  private static List<RequestWatcher> watchers(Seams seams) {
    return Stream.concat(Stream.of(Tracing.of(Map.of(), Map.of())), seams.watchers().stream())
        .toList();
  }

  /** A gateway with this configuration. */
  public static TestGateway of(String yaml) {
    return of(yaml, Seams.NONE);
  }

  /** A gateway with this configuration, some of whose parts are the test's. */
  public static TestGateway of(String yaml, Seams seams) {
    return new TestGateway(Configs.loaded(yaml), seams);
  }

  /** A client that has just connected. */
  public FakeClient client() {
    FakeChannel channel = channel();
    clients.add(channel);
    connections.accept(channel.last());
    return new FakeClient(this, channel);
  }

  /** The provider of this name. */
  public FakeProvider provider(String name) {
    return Objects.requireNonNull(providers.get(name), name);
  }

  /** The workers that large bodies are given to. */
  public FakeWorkers workers() {
    return workers;
  }

  /** What was reported as a bug, on the loop itself. */
  public List<Throwable> bugs() {
    return bugs;
  }

  /** Now, in monotonic nanoseconds. */
  public long now() {
    return time.nanos();
  }

  /** Bytes that requests take now. */
  public long memoryTaken() {
    return memory.taken();
  }

  /** The value of a counter without labels. */
  public double counted(String name) {
    return metrics.get(name).counter().count();
  }

  /** Runs the event loop and the workers until nothing is left to do at this moment. */
  public void settle() {
    do {
      loop.run();
    } while (workers.runNext() || loop.hasWork());
  }

  /** Lets time pass, from timer to timer. */
  public void advance(Duration by) {
    long end = time.nanos() + by.toNanos();
    settle();
    while (time.nanos() - end < 0) {
      long step = Math.min(Math.max(0, loop.nanosToNextTimer()), end - time.nanos());
      time.advance(Duration.ofNanos(step));
      settle();
    }
  }

  /** Does {@code action} after a while; it is not one of the gateway's own timers. */
  public void later(Duration delay, Runnable action) {
    loop.later(delay.toNanos(), action);
  }

  /** Fails unless all that requests take has been given back: call it when all have ended. */
  public void assertNothingHeld() {
    long kept = providers.values().stream().mapToLong(FakeProvider::busyConnections).sum();
    check("requests in flight", observability.inFlight());
    check("timers", loop.timers());
    check("bytes of requests", memory.taken());
    check("busy provider connections", kept);
    check("work on workers", workers.waiting());
    long direct = buffers.metric().usedDirectMemory();
    check("bytes of direct buffers", direct);
    check("bytes of heap buffers", buffers.metric().usedHeapMemory());
  }

  private static void check(String what, long held) {
    if (held != 0) {
      throw new AssertionError(what + " still held: " + held);
    }
  }

  /** Ends the test; fails when something was thrown where nobody caught it. */
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
