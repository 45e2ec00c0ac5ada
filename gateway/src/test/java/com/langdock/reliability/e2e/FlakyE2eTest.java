package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One provider alone that fails 10, 20 or 30 % of its calls, 100 requests a second for 20 seconds,
 * with default settings except a shorter backoff: nearly all requests are answered.
 */
@Tag("e2e")
class FlakyE2eTest {
  private static final int PER_SECOND = 100;
  private static final int SECONDS = 20;
  private static final String SETTINGS =
      """
      server: {host: 127.0.0.1, port: 0}
      observability: {metrics_port: 0, log_level: error}
      retry: {base_backoff: 200ms}
      journal: {url: none}
      """;

  @Test
  void nearlyAllRequestsAreAnswered() throws InterruptedException {
    try (GatewayFixture ten = flaky("0.1");
        GatewayFixture twenty = flaky("0.2");
        GatewayFixture thirty = flaky("0.3");
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      List<CompletableFuture<Double>> answered =
          List.of(load(ten, clock), load(twenty, clock), load(thirty, clock));
      assertThat(answered.get(0).join()).as("10 % fail").isGreaterThanOrEqualTo(0.998);
      assertThat(answered.get(1).join()).as("20 % fail").isGreaterThanOrEqualTo(0.998);
      assertThat(answered.get(2).join()).as("30 % fail").isGreaterThanOrEqualTo(0.99);
    }
  }

  private static GatewayFixture flaky(String failing) {
    GatewayFixture fixture = GatewayFixture.open(SETTINGS);
    fixture.openai.configure("{\"seed\":7,\"server_error_probability\":" + failing + "}");
    return fixture;
  }

  /** The share of requests that were answered, once all have ended. */
  private static CompletableFuture<Double> load(
      GatewayFixture fixture, ScheduledExecutorService clock) {
    List<CompletableFuture<HttpResponse<String>>> asking = new ArrayList<>();
    for (int request = 0; request < PER_SECOND * SECONDS; request++) {
      CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
      asking.add(answer);
      var _ =
          clock.schedule(
              () -> {
                var _ =
                    fixture
                        .asking(GatewayFixture.chat("gpt-3.5-turbo"))
                        .thenAccept(answer::complete);
              },
              request * 1_000L / PER_SECOND,
              TimeUnit.MILLISECONDS);
    }
    return CompletableFuture.allOf(asking.toArray(CompletableFuture[]::new))
        .thenApply(all ->
            asking.stream().filter(answer -> answer.join().statusCode() == 200).count()
                / (double) asking.size());
  }
}
