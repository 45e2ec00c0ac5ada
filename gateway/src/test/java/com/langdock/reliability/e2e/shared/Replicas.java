package com.langdock.reliability.e2e.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Several gateways with one configuration, each with providers of its own. */
final class Replicas implements AutoCloseable {
  private static final String CHAT = GatewayFixture.chat("gpt-4");
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  private final List<GatewayFixture> all = new ArrayList<>();
  private int next;

  /** Starts {@code count} gateways; each has the same limits, and its address of Redis. */
  static Replicas start(String limits, String... addresses) {
    Replicas replicas = new Replicas();
    for (String address : addresses) {
      replicas.all.add(
          GatewayFixture.open(
              GatewayFixture.SHORT_TIMES
                  + "shared: {expected_replicas: %d, %s}\n".formatted(addresses.length, address)
                  + "limits: {"
                  + limits
                  + "}\n"));
    }
    return replicas;
  }

  GatewayFixture get(int index) {
    return all.get(index);
  }

  /** The answers to {@code count} requests, each at the next replica, one after the other. */
  List<Asked> askEach(int count) {
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(ask(next++ % all.size()));
    }
    return asked;
  }

  /** A status and how long it took. */
  record Asked(int status, long millis, String body) {}

  /** Asks one replica. */
  Asked ask(int replica) {
    long began = System.nanoTime();
    HttpResponse<String> answer = all.get(replica).asking(CHAT).join();
    return new Asked(answer.statusCode(), (System.nanoTime() - began) / 1_000_000, answer.body());
  }

  CompletableFuture<HttpResponse<String>> asking(int replica) {
    return all.get(replica).asking(CHAT);
  }

  /** What the providers of all saw. */
  int seen() {
    return all.stream().mapToInt(each -> each.openai.requests().size()).sum();
  }

  /** How many of {@code asked} were answered. */
  static long answered(List<Asked> asked) {
    assertThat(asked).allMatch(each -> each.status == 200 || each.status == 429, "answered");
    return asked.stream().filter(each -> each.status == 200).count();
  }

  boolean isAway(int replica) {
    return all.get(replica).metric("gateway_limits_away", Map.of("store", "redis")) == 1;
  }

  /** Waits until {@code condition} holds. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as(what).isNegative();
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    all.forEach(GatewayFixture::close);
  }
}
