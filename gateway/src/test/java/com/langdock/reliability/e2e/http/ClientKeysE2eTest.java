package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.StreamReply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Client keys on real sockets: what client, provider and metrics see of who is let in. */
@Tag("e2e")
class ClientKeysE2eTest {
  private static final String KEY = "sk-lg-the-key-of-a-service";
  private static final String SMALL = "sk-lg-a-key-for-one-provider";
  private static final Duration SOON = Duration.ofMillis(1_500);
  private static GatewayFixture fixture;

  private static String keys(String more) {
    return GatewayFixture.SHORT_TIMES
        + "management: {open_metrics: true}\nclient_keys:\n  keys:\n"
        + "    - {name: service, hash: '%s'}\n".formatted(KeyHash.of(KEY).text())
        + "    - {name: small, hash: '%s', providers: [openai]}\n"
            .formatted(KeyHash.of(SMALL).text())
        + more;
  }

  @BeforeAll
  static void start() {
    fixture = GatewayFixture.open(keys(""));
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void reset() {
    fixture.openai.reset();
    fixture.anthropic.reset();
  }

  private static double refused(String reason) {
    return fixture.metric("gateway_access_refused_total", Map.of("reason", reason));
  }

  @Test
  void loopbackNeedsAKeyLikeEverybody() {
    double before = refused("missing_api_key");
    Reply reply = fixture.ask(GatewayFixture.chat("gpt-4")).isError(401, "missing_api_key");
    assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
    fixture
        .ask(GatewayFixture.chat("gpt-4"), "x-forwarded-for", "10.0.0.7")
        .isError(401, "missing_api_key");
    assertThat(refused("missing_api_key")).isEqualTo(before + 2);
    assertThat(fixture.openai.requests()).isEmpty();
  }

  @Test
  void aKeyWorksThroughAProxyToo() {
    fixture
        .ask(GatewayFixture.chat("gpt-4"), "authorization", "Bearer " + KEY, "forwarded", "for=x")
        .isAnsweredBy("openai");
    assertThat(fixture.openai.requests()).hasSize(1);
  }

  @Test
  void theFallbackOfAForbiddenProviderIsNotAsked() {
    String error = "\"server_error\"";
    fixture.openai.configure(
        "{\"script\":[" + String.join(",", Collections.nCopies(8, error)) + "]}");
    fixture.ask(GatewayFixture.chat("gpt-4"), "x-api-key", KEY).isAnsweredBy("anthropic");
    fixture.anthropic.reset();
    Reply reply = fixture.ask(GatewayFixture.chat("gpt-4"), "x-api-key", SMALL);
    assertThat(reply.status()).isGreaterThanOrEqualTo(500);
    assertThat(fixture.anthropic.requests()).isEmpty();
  }

  @Test
  void whatLooksLikeAQueryIsOnlyAWrongKey() {
    double before = refused("invalid_api_key");
    for (String key : new String[] {"' or '1'='1", "redis.call('get')", "\"; drop table keys"}) {
      fixture
          .ask(GatewayFixture.chat("gpt-4"), "authorization", "Bearer " + key)
          .isError(401, "invalid_api_key");
    }
    assertThat(refused("invalid_api_key")).isEqualTo(before + 3);
    assertThat(fixture.openai.requests()).isEmpty();
  }

  @Test
  void aKeyThatExpiresDuringAStreamEndsWithIt() throws InterruptedException {
    Instant end = Instant.now().plus(SOON);
    String expiring =
        keys("    - {name: short, hash: '%s', expires: '%s'}\n".formatted(hash("sk-short"), end));
    try (GatewayFixture own = GatewayFixture.open(expiring)) {
      own.openai.configure("{\"chunks\":30,\"token_delay_ms\":100}");
      CompletableFuture<HttpResponse<String>> stream =
          own.asking(GatewayFixture.streamed("gpt-4"), "authorization", "Bearer sk-short");
      StreamReply reply = StreamReply.of(stream.join());
      assertThat(Instant.now()).isAfter(end);
      reply.isWhole();
      own.ask(GatewayFixture.chat("gpt-4"), "authorization", "Bearer sk-short")
          .isError(401, "expired_api_key");
      assertThat(own.openai.requests()).hasSize(1);
    }
  }

  private static String hash(String key) {
    return KeyHash.of(key).text();
  }
}
