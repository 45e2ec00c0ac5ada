package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** A gateway, its clients and its providers, generated from one seed. */
final class ShellSimulation implements AutoCloseable {
  static final int REQUESTS = 24;

  private record Happening(long at, Runnable action) {}

  private final SplittableRandom random;
  private final int maxAttempts;
  private final int totalSeconds;
  private final int streamSeconds;
  private final String settings;
  private final int count;
  private final Faults faults;
  private final TestGateway gateway;
  private final List<SimulatedProvider> providers = new ArrayList<>();
  private final List<SimulatedRequest> requests = new ArrayList<>();
  private final List<Long> sentAt = new ArrayList<>();
  private final List<Happening> happenings = new ArrayList<>();

  ShellSimulation(long seed) {
    this(seed, false);
  }

  /** A simulation in which limits refuse some of the requests, or none. */
  ShellSimulation(long seed, boolean limited) {
    random = new SplittableRandom(seed);
    maxAttempts = random.nextInt(1, 6);
    totalSeconds = random.nextInt(3, 20);
    streamSeconds = totalSeconds + random.nextInt(5, 20);
    faults = new Faults(random.split());
    count = random.nextInt(1, 4);
    settings = (limited ? limits(new SplittableRandom(seed)) : "") + settings();
    gateway = TestGateway.of(config(), faults.parts(random.nextLong()));
    for (int i = 0; i < count; i++) {
      providers.add(new SimulatedProvider(gateway, "p" + i, random.split()));
    }
  }

  private static String limits(SplittableRandom dice) {
    return """
    models: {m: {price: {input: 1, cached_input: 1, output: 10}}}
    limits:
      on_exhausted: %s
      reserve: %s
      all: {concurrent: %d, requests_per_minute: %d, budget: {total: 0.0%d}}
      anonymous: {tokens_per_minute: %d, quota: {total: {requests: %d}}}
    """
        .formatted(
            dice.nextBoolean() ? "cut" : "finish",
            dice.nextBoolean() ? "worst" : "forecast",
            dice.nextInt(1, 6),
            dice.nextInt(10, 200),
            dice.nextInt(1, 99),
            dice.nextInt(500, 20_000),
            dice.nextInt(5, 60));
  }

  private String settings() {
    return """
    retry: {max_attempts: %d, base_backoff: %dms, max_backoff: 4s, max_retry_after: %ds}
    timeout: {connect: 2s, read: %ds, first_token: 2s, total: %ds, stream_total: %ds}
    circuit_breaker: {threshold: %d, window: 10s, timeout: %ds, half_open_probes: %d}
    streaming: {heartbeat_timeout: 3s, on_break: %s}
    providers:
    """
        .formatted(
            maxAttempts,
            random.nextInt(50, 1_500),
            random.nextInt(1, 6),
            random.nextInt(2, 6),
            totalSeconds,
            streamSeconds,
            random.nextInt(2, 8),
            random.nextInt(2, 20),
            random.nextInt(1, 3),
            random.nextInt(4) == 0 ? "error" : "continue");
  }

  private String config() {
    StringBuilder yaml = new StringBuilder(settings);
    for (int i = 0; i < count; i++) {
      yaml.append(provider(i, ""));
    }
    return yaml.toString();
  }

  private static String provider(int number, String more) {
    return "  - {name: p%d, type: openai, base_url: 'http://p%d.test', models: [m], priority: %d%s}\n"
        .formatted(number, number, number, more);
  }

  /** Replaces the configuration at random moments, at last by the one of the beginning. */
  void changeSetups(int swaps, SplittableRandom dice) {
    long lastRequest = REQUESTS * Duration.ofMillis(1_500).toNanos();
    for (int swap = 0; swap < swaps; swap++) {
      String yaml = swap == swaps - 1 ? config() : otherConfig(dice);
      long at = swap == swaps - 1 ? lastRequest : dice.nextLong(lastRequest);
      happenings.add(new Happening(gateway.now() + at, () -> gateway.use(yaml)));
    }
  }

  /** Other rules, and some of the providers, of which some have another credential. */
  private String otherConfig(SplittableRandom dice) {
    int threshold = dice.nextInt(2, 8);
    int window = dice.nextInt(5, 20);
    StringBuilder yaml =
        new StringBuilder(
            settings.replaceAll(
                "threshold: \\d+, window: \\d+s",
                "threshold: " + threshold + ", window: " + window + "s"));
    int certain = dice.nextInt(count);
    for (int i = 0; i < count; i++) {
      if (i == certain || dice.nextBoolean()) {
        yaml.append(provider(i, dice.nextInt(3) == 0 ? ", api_key: sk-" + dice.nextInt(3) : ""));
      }
    }
    return yaml.toString();
  }

  /** Runs all requests until they end. */
  void play() {
    long at = gateway.now();
    for (int i = 0; i < REQUESTS; i++) {
      at += millis(0, 1_500);
      happenings.add(new Happening(at, this::arrive));
      if (random.nextInt(6) == 0) {
        workersSleep(at);
      }
    }
    long end = at + Duration.ofSeconds(streamSeconds + 60L).toNanos();
    for (long kept = gateway.now(); kept - end < 0; kept += millis(100, 2_000)) {
      happenings.add(new Happening(kept, faults::release));
    }
    happenings.add(new Happening(end, faults::release));
    while (!happenings.isEmpty()) {
      happenings.sort(Comparator.comparingLong(Happening::at));
      Happening next = happenings.removeFirst();
      gateway.advance(Duration.ofNanos(Math.max(0, next.at() - gateway.now())));
      next.action().run();
      gateway.settle();
    }
  }

  private void workersSleep(long from) {
    happenings.add(new Happening(from, gateway.workers()::hold));
    happenings.add(new Happening(from + millis(1, 3_000), gateway.workers()::release));
  }

  private long millis(int from, int to) {
    return Duration.ofMillis(random.nextInt(from, to)).toNanos();
  }

  /** A client sends one request, or several without waiting for answers. */
  private void arrive() {
    FakeClient client = gateway.client();
    int pipelined = random.nextInt(8) == 0 ? 3 : 1;
    for (int place = 0; place < pipelined; place++) {
      boolean stream = random.nextBoolean();
      boolean large = random.nextInt(20) == 0;
      SimulatedRequest request = new SimulatedRequest(client, place, stream);
      client.write(FakeClient.request(SimulatedRequest.json(requests.size(), stream, large)));
      requests.add(request);
      sentAt.add(pipelined == 1 ? gateway.now() : Long.MAX_VALUE);
      if (place == 0 && random.nextInt(6) == 0) {
        happenings.add(new Happening(gateway.now() + millis(0, 4_000), request::leave));
      }
    }
    if (random.nextInt(10) == 0) {
      client.stopReading();
      happenings.add(new Happening(gateway.now() + millis(1, 5_000), client::readOn));
    }
    gateway.settle();
  }

  /** Checks all results. */
  void check() {
    requests.forEach(request -> request.check(maxAttempts));
    long failed = requests.stream().filter(request -> request.status() == 500).count();
    assertThat(failed).as("answers 500").isLessThanOrEqualTo(faults.bugs());
    assertThat(gateway.bugs()).as("bugs of nobody's request").isEmpty();
    assertThat(gateway.counter("gateway.bugs"))
        .as("reported bugs")
        .isLessThanOrEqualTo(faults.bugs());
    for (int i = 0; i < requests.size(); i++) {
      checkCalls(i);
    }
    gateway.assertNothingHeld();
    gateway.advance(Duration.ofSeconds(60));
    for (int i = 0; i < providers.size(); i++) {
      assertThat(gateway.provider("p" + i).openConnections()).as("idle connections").isZero();
    }
  }

  /** Every request is settled once, and money is what the tokens cost. */
  void checkLimits() {
    Sums sums = used(Subject.ALL);
    assertThat(sums.requests()).isBetween(0L, (long) requests.size());
    assertThat(sums.nanodollars())
        .isEqualTo(sums.inputTokens() * 1_000 + sums.outputTokens() * 10_000);
    assertThat(used(Subject.ANONYMOUS)).isEqualTo(sums);
  }

  private Sums used(Subject subject) {
    return gateway.quotas().usage(subject, Period.TOTAL, Period.Dates.of(LocalDate.EPOCH)).sums();
  }

  private void checkCalls(int request) {
    long sent = sentAt.get(request);
    if (sent == Long.MAX_VALUE) {
      return; // It was read only after the previous one was answered.
    }
    long latest = sent + Duration.ofSeconds(streamSeconds + 4L).toNanos();
    for (SimulatedProvider provider : providers) {
      assertThat(provider.callsAt(request))
          .allSatisfy(at -> assertThat(at).as("an attempt's begin").isLessThanOrEqualTo(latest));
    }
  }

  /** Without faults, the first provider answers again. */
  void checkHealing() {
    faults.end();
    providers.forEach(SimulatedProvider::heal);
    gateway.advance(Duration.ofMinutes(6));
    FakeClient client = gateway.client();
    for (int probe = 0; probe < 5; probe++) {
      client.chat(SimulatedRequest.json(1_000 + probe, probe % 2 == 0, false));
      gateway.advance(Duration.ofSeconds(20));
    }
    assertThat(client.replies()).as("answers: %s", client.raw()).hasSize(5);
    HttpReply last = client.replies().getLast();
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.headers()).containsEntry("x-provider", "p0");
    gateway.assertNothingHeld();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
