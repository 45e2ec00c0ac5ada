package com.langdock.reliability.e2e.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contents of streams that the journal stores, if contents are enabled. */
@Tag("e2e")
class StreamContentsE2eTest {
  private static final String PATIENT =
      GatewayFixture.with("timeout: {connect: 5s, read: 5s, first_token: 5s, total: 20s}");

  private final Path file = GatewayFixture.journalFile();

  @Test
  void theContentsOfAStreamWhoseClientLeavesAreKept() throws Exception {
    try (GatewayFixture fixture =
        GatewayFixture.open(PATIENT + GatewayFixture.journal(file, ", contents: true"))) {
      fixture.openai.configure("{\"chunks\":400,\"token_delay_ms\":50}");
      HttpRequest asked =
          HttpRequest.newBuilder(fixture.url("/v1/chat/completions"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(GatewayFixture.streamed("gpt-4")))
              .build();
      try (InputStream answer =
          fixture.client.send(asked, HttpResponse.BodyHandlers.ofInputStream()).body()) {
        assertThat(answer.readNBytes(600)).hasSize(600);
      }
      awaitCancelled(fixture);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet rows = connection.createStatement().executeQuery("select * from contents")) {
      assertThat(rows.next()).isTrue();
      assertThat(new String(rows.getBytes(2), UTF_8)).contains("Say hi");
      assertThat(new String(rows.getBytes(3), UTF_8)).contains("data: {").doesNotContain("[DONE]");
    }
  }

  private static void awaitCancelled(GatewayFixture fixture) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (fixture.metric("gateway_requests_total", Map.of("outcome", "cancelled")) < 1) {
      assertThat(System.nanoTime() - until).as("still waiting").isNegative();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
