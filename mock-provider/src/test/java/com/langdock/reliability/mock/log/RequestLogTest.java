package com.langdock.reliability.mock.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private final RequestLog log = new RequestLog();

  @Test
  void keepsTheBodiesOfTheLast200Only() {
    add(RequestLog.MOST_BODIES + 1, "body");

    List<SeenRequest> requests = log.requests();
    assertThat(requests.getFirst().body()).isNull();
    assertThat(requests.subList(1, requests.size()))
        .extracting(SeenRequest::body)
        .containsOnly("body");
  }

  @Test
  void keepsFewerBodiesWhenTheyAreLarge() {
    String large = "x".repeat(4 << 20);
    add(20, large);

    assertThat(log.requests()).filteredOn(request -> request.body() != null).hasSize(16);
  }

  @Test
  void keepsTheLast10000RequestsAndCountsAll() {
    add(RequestLog.MOST_ENTRIES + 5, "");

    assertThat(log.requests()).hasSize(RequestLog.MOST_ENTRIES);
    assertThat(log.requests().getFirst().number()).isEqualTo(6);
    assertThat(log.total()).isEqualTo(RequestLog.MOST_ENTRIES + 5);
  }

  @Test
  void removesEverythingWhenCleared() {
    add(3, "body");
    log.clear();

    assertThat(log.requests()).isEmpty();
    assertThat(log.total()).isZero();
  }

  @Test
  void measuresFromTheArrival() {
    Entry entry = log.add(new Arrival(Instant.EPOCH, 1000, "/", "c1", Map.of()), "");
    entry.clientGone(1250);

    SeenRequest seen = log.requests().getFirst();
    assertThat(seen.clientGone()).isTrue();
    assertThat(seen.clientGoneAfterMillis()).isEqualTo(250);
    assertThat(seen.endedAfterMillis()).isNull();
  }

  private void add(int count, String body) {
    for (int i = 0; i < count; i++) {
      log.add(new Arrival(Instant.EPOCH, i, "/v1/messages", "c1", Map.of()), body);
    }
  }
}
