package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.core.access.Priority;
import com.langdock.reliability.core.access.Rights;
import com.langdock.reliability.core.quota.Period;
import com.langdock.reliability.core.quota.Subject;
import com.langdock.reliability.core.quota.UsageTotal.Sums;
import com.langdock.reliability.gateway.access.ClientKeyRings;
import com.langdock.reliability.gateway.access.KeyAccess;
import com.langdock.reliability.gateway.access.StoredKeys;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Keys of the store: while nobody knows them, and when one is revoked under running requests. */
class StoredKeysTest {
  private static final String FILED = "sk-filed";
  private static final String STORED = "sk-stored";
  private static final String CONFIG =
      """
      timeout: {read: 5s, first_token: 5s, total: 12s, stream_total: 60s}
      providers: [{name: openai, base_url: "http://a.test", models: [m]}]
      limits: {all: {concurrent: 5, tokens_per_minute: 100000}}
      """;
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAM = CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"");

  /** A store that a test turns. */
  private static final class Store implements StoredKeys {
    private final KeyRing<ClientKey> ring =
        KeyRing.of(Map.of(KeyHash.of(STORED), key("key:stored")));
    private boolean isCurrent = true;
    private boolean isComplete = true;
    private boolean isRevoked;
    private boolean cuts;

    @Override
    public @Nullable ClientKey find(byte[] digest) {
      return isRevoked ? null : ring.find(digest);
    }

    @Override
    public boolean isCurrent() {
      return isCurrent;
    }

    @Override
    public boolean isComplete() {
      return isCurrent && isComplete;
    }

    @Override
    public boolean isCut(ClientKey key) {
      return cuts;
    }
  }

  private final Store store = new Store();
  private final TestGateway gateway =
      TestGateway.of(
          CONFIG,
          TestParts.NONE.withAccess(
              new KeyAccess(
                  new ClientKeyRings(
                      KeyRing.of(Map.of(KeyHash.of(FILED), key("key:filed"))), store),
                  false,
                  new ManualTicker())));

  @AfterEach
  void nothingIsHeld() {
    gateway.assertNothingHeld();
    gateway.close();
  }

  private static ClientKey key(String id) {
    return new ClientKey(id, id, null, Rights.ALL, Priority.NORMAL, ClientKey.NEVER, Map.of());
  }

  private FakeClient send(String body, String key) {
    FakeClient client =
        gateway
            .client()
            .write(
                FakeClient.request(body)
                    .replaceFirst("\r\n", "\r\nauthorization: Bearer " + key + "\r\n"));
    gateway.settle();
    return client;
  }

  private int status(String key) {
    return send(CHAT, key).reply().status();
  }

  private void revoke(boolean cuts) {
    store.isRevoked = true;
    store.cuts = cuts;
    gateway.review();
  }

  private int calls() {
    return gateway.provider("openai").calls().size();
  }

  @Nested
  class WhileNobodyKnowsThem {
    @Test
    void unknownKeysAreNeverCalledInvalid() {
      assertThat(status(STORED)).isEqualTo(200);
      assertThat(status("sk-other")).isEqualTo(401);
      store.isCurrent = false;
      for (String key : new String[] {STORED, "sk-other"}) {
        HttpReply reply = send(CHAT, key).reply();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers()).containsEntry("retry-after", "1");
        assertThat(reply.body()).contains("\"code\":\"keys_unavailable\"", "server_error");
      }
      assertThat(gateway.counter("gateway.access.refused", "reason", "keys_unavailable"))
          .isEqualTo(2);
      assertThat(calls()).isEqualTo(1);
    }

    @Test
    void knownOnesGoOnForATime() {
      store.isComplete = false;
      assertThat(status(STORED)).isEqualTo(200);
      assertThat(status("sk-other")).isEqualTo(503);
    }

    @Test
    void keysOfTheFileAreLetInAndMissingOnesRefused() {
      store.isCurrent = false;
      assertThat(status(FILED)).isEqualTo(200);
      assertThat(status("k".repeat(257))).isEqualTo(401);
      FakeClient client = gateway.client().write(FakeClient.request(CHAT));
      gateway.settle();
      assertThat(client.reply().status()).isEqualTo(401);
      assertThat(client.reply().body()).contains("missing_api_key");
    }
  }

  @Nested
  class RevokedWhileARequestRuns {
    @Test
    void endsItBeforeItsAnswerBeganWithA401() {
      gateway.provider("openai").next(call -> call.after(Duration.ofSeconds(3), call::reset));
      FakeClient client = send(CHAT, STORED);
      assertThat(gateway.quotas().open()).isEqualTo(1);
      revoke(true);
      assertThat(client.reply().status()).isEqualTo(401);
      assertThat(client.reply().body()).contains("\"code\":\"invalid_api_key\"", "revoked");
      assertThat(gateway.quotas().open()).isZero();
      assertThat(calls()).isEqualTo(1);
      gateway.advance(Duration.ofSeconds(4));
    }

    @Test
    void endsItsStreamInAnError() {
      gateway.provider("openai").next(call -> call.beginStream().text("Hello there"));
      FakeClient client = send(STREAM, STORED);
      assertThat(client.raw()).contains("Hello there");
      revoke(true);
      assertThat(client.raw()).contains("\"code\":\"invalid_api_key\"").doesNotContain("[DONE]");
      assertThat(gateway.provider("openai").calls().getFirst().isClosed()).isTrue();
      assertThat(gateway.quotas().open()).isZero();
      Sums used =
          gateway
              .quotas()
              .usage(Subject.key("stored"), Period.TOTAL, Period.Dates.of(LocalDate.EPOCH))
              .sums();
      assertThat(used.requests()).isEqualTo(1);
      assertThat(used.outputTokens()).isPositive();
    }

    @Test
    void endsItsBodyThatIsStillRead() {
      FakeClient client =
          gateway
              .client()
              .write(
                  FakeClient.request(CHAT)
                      .replaceFirst("\r\n", "\r\nauthorization: Bearer " + STORED + "\r\n")
                      .replaceAll("Hi.*$", ""));
      gateway.settle();
      revoke(true);
      assertThat(client.reply().status()).isEqualTo(401);
      assertThat(calls()).isZero();
      client.leave();
      gateway.settle();
    }

    @Test
    void leavesOthersAloneAndThoseThatMayFinish() {
      gateway
          .provider("openai")
          .next(call -> call.after(Duration.ofSeconds(1), () -> call.answer("Hi.")));
      FakeClient client = send(CHAT, STORED);
      revoke(false);
      gateway.advance(Duration.ofSeconds(2));
      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(status(STORED)).isEqualTo(401);
    }
  }
}
