package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkersTest {
  private final Vertx vertx = Vertx.vertx();
  private final Workers workers = new Workers(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void failWithoutThrowingWhileTheGatewayStops() {
    assertThat(workers.submit(() -> Buffer.buffer("a")).await()).hasToString("a");

    workers.close().await();

    assertThat(workers.submit(() -> Buffer.buffer("b")).failed()).isTrue();
  }
}
