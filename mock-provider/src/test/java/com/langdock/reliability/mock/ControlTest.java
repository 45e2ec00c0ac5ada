package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.mock.log.SeenRequest;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Settings and statistics over HTTP. */
@Tag("e2e")
class ControlTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private MockProvider provider;

  @BeforeEach
  void start() {
    provider = MockProvider.openAi();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Nested
  class TheSettings {
    @Test
    void replaceAllEarlierOnesAndAreShown() throws Exception {
      Calls.post(provider, "/config/failures", "{\"token_delay_ms\":9}");
      HttpResponse<String> response =
          Calls.post(provider, "/config/failures", "{\"script\":[\"auth\"]}");

      JsonNode shown = Calls.json(response.body());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(shown.path("token_delay_ms").intValue()).isZero();
      assertThat(shown.at("/script/0").asString()).isEqualTo("auth");
      assertThat(Calls.json(Calls.get(provider, "/config/failures").body())).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{\"reset_probability\":7} | reset_probability",
          "{\"surprise\":1}          | surprise",
          "nonsense                  | ",
        })
    void areRefusedByNameAndChangeNothingWhenBad(String body, String param) throws Exception {
      provider.configure("{\"token_delay_ms\":9}");
      HttpResponse<String> response = Calls.post(provider, "/config/failures", body);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(Calls.json(response.body()).at("/error/param").stringValue(null)).isEqualTo(param);
      assertThat(provider.settings()).containsEntry("token_delay_ms", 9L);
    }

    @Test
    void ofAScriptArePlayedInOrderAndThenOver() throws Exception {
      provider.configure("{\"script\":[\"rate_limit\",\"server_error\",\"ok\"]}");

      assertThat(status()).isEqualTo(429);
      assertThat(status()).isEqualTo(500);
      assertThat(status()).isEqualTo(200);
      assertThat(status()).isEqualTo(200);
    }

    @Test
    void andStatisticsAreGoneAfterAReset() throws Exception {
      provider.configure("{\"server_error_probability\":1}");
      status();
      Calls.post(provider, "/reset", "");

      assertThat(provider.requests()).isEmpty();
      assertThat(status()).isEqualTo(200);
    }
  }

  @Test
  void aPageWithTheProvidersSettingsIsServed() throws Exception {
    HttpResponse<String> page = Calls.get(provider, "/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("\"provider\":\"openai\",\"example\":{\"path\":\"/v1/chat/completions\"");
    assertThat(page.body()).contains(provider.settings().keySet());
    assertThat(Calls.post(provider, "/", "").statusCode()).isEqualTo(405);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> MockProvider.anthropic("127.0.0.1", provider.port()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot listen on 127.0.0.1:" + provider.port());
  }

  @Nested
  class ThePace {
    @Test
    void delaysAnswers() throws Exception {
      provider.configure("{\"response_delay_seconds\":0.12}");
      long before = System.nanoTime();
      status();

      assertThat(millisSince(before)).isGreaterThanOrEqualTo(120);
    }

    @Test
    void delaysTheFirstTokenAndTheOthersOfAStream() throws Exception {
      provider.configure("{\"first_token_delay_seconds\":0.1,\"token_delay_ms\":20,\"chunks\":4}");
      long before = System.nanoTime();
      Calls.post(provider, Calls.OPENAI_PATH, Calls.hello(true));

      assertThat(millisSince(before)).isGreaterThanOrEqualTo(160);
    }
  }

  @Nested
  class TheStatistics {
    @Test
    void showEachRequest() throws Exception {
      provider.configure("{\"script\":[\"ok\",\"quota\"]}");
      Calls.post(provider, Calls.OPENAI_PATH, Calls.hello(false));
      Calls.post(provider, Calls.OPENAI_PATH, Calls.hello(true));

      JsonNode stats = Calls.json(Calls.get(provider, "/stats").body());
      JsonNode first = stats.at("/requests/0");
      JsonNode second = stats.at("/requests/1");
      assertThat(stats.path("provider").asString()).isEqualTo("openai");
      assertThat(stats.path("total").intValue()).isEqualTo(2);
      assertThat(Instant.parse(first.path("time").asString())).isBefore(Instant.now());
      assertThat(first.path("model").asString()).isEqualTo("m1");
      assertThat(first.path("streamed").booleanValue()).isFalse();
      assertThat(first.path("fault").asString()).isEqualTo("ok");
      assertThat(first.path("body").asString()).isEqualTo(Calls.hello(false));
      assertThat(first.path("bytes_written").intValue()).isPositive();
      assertThat(second.path("streamed").booleanValue()).isTrue();
      assertThat(second.path("fault").asString()).isEqualTo("quota");
      assertThat(second.path("status").intValue()).isEqualTo(429);
      assertThat(second.path("monotonic_ms").longValue())
          .isGreaterThanOrEqualTo(first.path("monotonic_ms").longValue());
    }

    @Test
    void neverShowCredentials() throws Exception {
      Calls.send(
          Calls.request(provider, Calls.OPENAI_PATH)
              .header("Authorization", "Bearer secret-key")
              .header("X-Api-Key", "secret-key")
              .header("X-Trace", "t1")
              .POST(BodyPublishers.ofString(Calls.hello(false)))
              .build());

      assertThat(Calls.get(provider, "/stats").body()).doesNotContain("secret-key");
      assertThat(provider.requests().getFirst().arrival().headers())
          .containsEntry("authorization", "***17")
          .containsEntry("x-api-key", "***10")
          .containsEntry("x-trace", "t1");
    }

    @Test
    void distinguishConnections() throws Exception {
      status();
      status();
      RawCall.post(provider, Calls.OPENAI_PATH, Calls.hello(false));

      assertThat(provider.requests().get(1).arrival().connection())
          .isEqualTo(provider.requests().get(0).arrival().connection())
          .isNotEqualTo(provider.requests().get(2).arrival().connection());
    }

    @Test
    void showWhenTheClientLeftEarly() throws Exception {
      provider.configure("{\"timeout_probability\":1}");
      leaveWithoutWaiting();

      SeenRequest seen = whenTheClientIsGone();
      assertThat(seen.clientGoneAfterMillis()).isLessThan(PATIENCE.toMillis());
      assertThat(seen.endedAfterMillis()).isNull();
    }

    @Test
    void showWhenTheClientLeftInTheMiddleOfAStream() throws Exception {
      provider.configure("{\"token_delay_ms\":50,\"chunks\":1000}");
      leaveWithoutWaiting();

      SeenRequest seen = whenTheClientIsGone();
      assertThat(seen.status()).isEqualTo(200);
      assertThat(seen.bytesWritten()).isPositive();
    }

    private void leaveWithoutWaiting() throws Exception {
      byte[] body = Calls.hello(true).getBytes(StandardCharsets.UTF_8);
      String head = "POST /v1/chat/completions HTTP/1.1\r\nhost: m\r\ncontent-length: ";
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), provider.port())) {
        socket
            .getOutputStream()
            .write((head + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body);
        await(() -> !provider.requests().isEmpty());
      }
    }

    private SeenRequest whenTheClientIsGone() throws Exception {
      await(() -> provider.requests().getFirst().clientGone());
      return provider.requests().getFirst();
    }
  }

  private int status() throws Exception {
    return Calls.post(provider, Calls.OPENAI_PATH, Calls.hello(false)).statusCode();
  }

  private static long millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1_000_000;
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(millisSince(start)).isLessThan(PATIENCE.toMillis());
      Thread.sleep(5);
    }
  }
}
