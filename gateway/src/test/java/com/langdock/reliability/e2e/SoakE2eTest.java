package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many streams with random faults leave nothing behind: no request, attempt, call or relay is
 * reachable afterwards, so no timer, connection or buffer holds one. {@code -Dsoak.streams=N} runs
 * more of them.
 */
@Tag("e2e")
class SoakE2eTest {
  private static final int STREAMS = Integer.getInteger("soak.streams", 600);
  private static final int AT_ONCE = 50;
  private static final String FAULTS =
      """
      {"stream_cut_probability":0.15,"stream_stall_probability":0.05,"malformed_probability":0.05,
       "server_error_probability":0.1,"reset_probability":0.05,"missing_done_probability":0.1,
       "missing_done_stays_open":true,"timeout_probability":0.02,"chunks":20,"token_delay_ms":2,
       "seed":%d}
      """;
  private static final String TIMES =
      """
      server: {host: 127.0.0.1, port: 0}
      observability: {metrics_port: 0, log_level: error}
      retry: {base_backoff: 10ms, max_backoff: 50ms, budget: {ratio: 1, min_per_second: 1000}}
      timeout: {connect: 2s, read: 400ms, first_token: 300ms, total: 4s, stream_total: 6s}
      streaming: {heartbeat_timeout: 200ms}
      circuit_breaker: {threshold: 1000, minimum_calls: 100000, timeout: 100ms}
      """;

  /** What lives as long as a request; the test ends where one of these names is wrong. */
  private static final List<String> OF_A_REQUEST =
      List.of(
          "engine.SessionDriver",
          "engine.StreamAttempt",
          "engine.ClientStream",
          "upstream.UpstreamCall",
          "exchange.Exchange");

  @Test
  void leavesNothingBehind() throws Exception {
    try (GatewayFixture fixture = GatewayFixture.open(TIMES)) {
      Map<String, Long> before = reachable(); // held by tests that ran earlier in this process
      fixture.openai.configure(FAULTS.formatted(1));
      fixture.anthropic.configure(FAULTS.formatted(2));
      List<String> ends = play(fixture, before);
      assertThat(ends).as("how streams end").contains("whole", "left");
      assertThat(ends).as("streams that end in neither way").doesNotContain("truncated");
      assertThat(fixture.metric("gateway_requests_in_flight", Map.of())).isZero();
      awaitNothingLeft(before);
    }
  }

  private static List<String> play(GatewayFixture fixture, Map<String, Long> before)
      throws Exception {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<String>> all;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      all =
          IntStream.range(0, STREAMS)
              .mapToObj(seed -> {
                places.acquireUninterruptibly();
                return threads.submit(() -> {
                  try {
                    return one(fixture, new Random(seed));
                  } finally {
                    places.release();
                  }
                });
              })
              .toList();
      // All but the last streams have ended: the objects of those under way must be found.
      Map<String, Long> now = reachable();
      assertThat(OF_A_REQUEST)
          .as("found while streams run")
          .allMatch(name -> of(name, now) > of(name, before));
    }
    return all.stream().map(Future::resultNow).toList();
  }

  private static String one(GatewayFixture fixture, Random random) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(fixture.url("/v1/chat/completions"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.streamed("gpt-4")))
            .build();
    HttpResponse<InputStream> response =
        fixture.client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (random.nextInt(10) == 0) {
        body.readNBytes(random.nextInt(2_000));
        return "left";
      }
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      boolean whole =
          text.endsWith("data: [DONE]\n\n") && text.contains("\"finish_reason\":\"stop");
      return whole ? "whole" : text.contains("{\"error\":{") ? "error" : "truncated";
    }
  }

  private static void awaitNothingLeft(Map<String, Long> before) throws Exception {
    Map<String, Long> left = before;
    for (int tries = 0; tries < 40; tries++) {
      left = reachable();
      if (!exceeds(left, before)) {
        return;
      }
      Thread.sleep(250);
    }
    assertThat(left).as("still reachable").isEqualTo(before);
  }

  private static boolean exceeds(Map<String, Long> left, Map<String, Long> before) {
    return OF_A_REQUEST.stream().anyMatch(name -> of(name, left) > of(name, before));
  }

  private static long of(String name, Map<String, Long> counts) {
    return Objects.requireNonNull(counts.get(name));
  }

  /** How many objects of each class a heap histogram has, made after a full collection. */
  private static Map<String, Long> reachable() throws Exception {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    List<String> lines = histogram.toString().lines().toList();
    return OF_A_REQUEST.stream()
        .collect(Collectors.toMap(name -> name, name -> count(lines, name)));
  }

  /** A line has a number, how many objects there are, their bytes, and their class. */
  private static long count(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.matches(".*\\.gateway\\." + name.replace(".", "\\.") + "( .*)?$"))
        .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
        .sum();
  }
}
