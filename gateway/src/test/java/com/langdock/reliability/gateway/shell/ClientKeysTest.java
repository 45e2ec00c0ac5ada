package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in by a key, from where, and what each is told who is not. */
class ClientKeysTest {
  private static final String ALL = "sk-lg-all";
  private static final String RESTRICTED = "sk-lg-restricted";
  private static final String EXPIRED = "sk-lg-expired";
  private static final String CHAT =
      "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String MESSAGE = CHAT.replace("{\"model", "{\"max_tokens\":9,\"model");

  private static final String CONFIG =
      """
      retry: {max_attempts: 2}
      fallbacks: {m: [other, allowed]}
      providers:
        - {name: openai, base_url: "http://a.test", models: [m, other]}
        - {name: second, type: openai, base_url: "http://b.test", models: [m, other, allowed]}
      teams: [{name: search, providers: [openai]}]
      client_keys:
        keys:
          - {name: all, hash: "%s"}
          - {name: small, hash: "%s", team: search, models: [m, "al*"], endpoints: [chat, models]}
          - {name: old, hash: "%s", expires: 2020-01-01}
      """
          .formatted(
              KeyHash.of(ALL).text(), KeyHash.of(RESTRICTED).text(), KeyHash.of(EXPIRED).text());

  private final TestGateway gateway = TestGateway.of(CONFIG);

  @AfterEach
  void nothingIsHeld() {
    gateway.assertNothingHeld();
    gateway.close();
  }

  private HttpReply ask(String requestLine, String body, String... headers) {
    String length = body.isEmpty() ? "" : "content-length: " + body.length() + "\r\n";
    FakeClient client =
        gateway
            .client()
            .write(
                requestLine
                    + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                    + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList())
                    + length
                    + "\r\n"
                    + body);
    gateway.settle();
    return client.reply();
  }

  private HttpReply chat(String model, String... headers) {
    return ask("POST /v1/chat/completions", CHAT.formatted(model), headers);
  }

  private static String bearer(String key) {
    return "authorization: Bearer " + key;
  }

  private double refused(String reason) {
    return gateway.counter("gateway.access.refused", "reason", reason);
  }

  private void noCall() {
    assertThat(gateway.provider("openai").calls()).isEmpty();
    assertThat(gateway.provider("second").calls()).isEmpty();
  }

  @Nested
  class ItsForms {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "authorization: Bearer K",
          "authorization: bearer K",
          "AUTHORIZATION: BEARER   K",
          "x-api-key: K",
          "x-goog-api-key: K"
        })
    void letIn(String header) {
      assertThat(chat("m", header.replace("K", ALL)).status()).isEqualTo(200);
    }

    @Test
    void theValidOneCountsOfTwo() {
      assertThat(chat("m", bearer("sk-wrong"), "x-api-key: " + ALL).status()).isEqualTo(200);
      assertThat(chat("m", bearer(ALL), "x-api-key: " + EXPIRED).status()).isEqualTo(200);
      assertThat(chat("m", bearer(ALL), "x-api-key: " + ALL).status()).isEqualTo(200);
      assertThat(chat("m", "authorization: Bearer", "x-api-key: " + ALL).status()).isEqualTo(200);
    }

    @Test
    void twoValidOnesAreRefused() {
      assertThat(chat("m", bearer(ALL), "x-api-key: " + RESTRICTED).status()).isEqualTo(401);
      assertThat(chat("m", bearer(ALL), bearer(ALL)).status()).isEqualTo(401);
      assertThat(chat("m", "x-api-key: " + ALL, "x-api-key: " + ALL).status()).isEqualTo(401);
      noCall();
      assertThat(refused("invalid_api_key")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            authorization: Bearer sk-wrong       | invalid_api_key
            authorization: Bearer K1             | invalid_api_key
            authorization: Basic K               | invalid_api_key
            authorization: BearerK               | invalid_api_key
            authorization: K                     | invalid_api_key
            x-api-key: ' or 1=1 --               | invalid_api_key
            x-api-key: return redis.call('get')  | invalid_api_key
            authorization: Bearer                | missing_api_key
            x-other: K                           | missing_api_key
            authorization: Bearer E              | expired_api_key
            """)
    void othersAreRefused(String header, String code) {
      HttpReply reply = chat("m", header.replace("K", ALL).replace(" E", " " + EXPIRED));
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.headers()).containsEntry("www-authenticate", "Bearer");
      assertThat(reply.body())
          .contains("\"code\":\"" + code + "\"", "\"type\":\"authentication_error\"")
          .contains("\"request_id\":\"req_", "\"attempts\":[]")
          .doesNotContain(ALL, EXPIRED);
      noCall();
      assertThat(refused(code)).isEqualTo(1);
    }

    @Test
    void anExpiredKeyIsNamedByItsId() {
      assertThat(chat("m", bearer(EXPIRED)).body()).contains("The key key:old has expired.");
    }

    @Test
    void aKeyOfMoreThan256BytesIsNotLookedAt() {
      assertThat(chat("m", bearer("k".repeat(257))).status()).isEqualTo(401);
    }

    @Test
    void aKeyInTheUrlIsNotRead() {
      HttpReply reply =
          ask("POST /v1beta/models/m:generateContent?key=" + ALL, "{\"contents\":[]}");
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.body())
          .contains("\"status\":\"UNAUTHENTICATED\"", "MISSING_API_KEY", "x-goog-api-key: KEY")
          .doesNotContain(ALL);
      noCall();
    }
  }

  @Nested
  class Refusals {
    @Test
    void areInTheShapeOfTheApi() {
      assertThat(ask("POST /v1/messages", MESSAGE.formatted("m")).body())
          .contains("\"type\":\"error\"", "\"authentication_error\"");
      assertThat(ask("POST /v1/responses", "{}").body()).contains("missing_api_key");
      assertThat(ask("POST /v1/embeddings", "{}").body()).contains("missing_api_key");
      assertThat(ask("GET /v1beta/models", "").body()).contains("UNAUTHENTICATED");
    }

    @Test
    void comeBeforeTheBody() {
      FakeClient client =
          gateway
              .client()
              .write(
                  String.join(
                      "\r\n",
                      "POST /v1/chat/completions HTTP/1.1",
                      "host: localhost",
                      "content-type: application/json",
                      "content-length: 1000",
                      "\r\n"));
      gateway.settle();
      assertThat(client.reply().status()).isEqualTo(401);
      assertThat(client.reply().headers()).containsEntry("connection", "close");
      client.leave();
    }

    @Test
    void comeAfterThePathAndBeforeTheMethod() {
      assertThat(ask("POST /v1/nothing", "{}").status()).isEqualTo(404);
      assertThat(ask("GET /v1/chat/completions", "").status()).isEqualTo(401);
      assertThat(ask("GET /v1/chat/completions", "", bearer(ALL)).status()).isEqualTo(405);
    }

    @Test
    void leaveHealthOpen() {
      assertThat(ask("GET /health/live", "").status()).isEqualTo(200);
    }
  }

  @Nested
  class Rights {
    @Test
    void holdForEndpoints() {
      HttpReply reply = ask("POST /v1/messages", MESSAGE.formatted("m"), bearer(RESTRICTED));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).contains("\"permission_error\"", "may not use messages");
      assertThat(ask("POST /v1/responses", "{}", bearer(RESTRICTED)).body())
          .contains("\"code\":\"endpoint_not_allowed\"");
      noCall();
      assertThat(refused("endpoint_not_allowed")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "allowed"})
    void holdForTheModelAndItsProviders(String model) {
      HttpReply reply = chat(model, bearer(RESTRICTED));
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).contains("\"code\":\"model_not_allowed\"", "\"param\":\"model\"");
      noCall();
      assertThat(refused("model_not_allowed")).isEqualTo(1);
    }

    @Test
    void areLookedAtAfterValidation() {
      assertThat(chat("unknown", bearer(RESTRICTED)).status()).isEqualTo(404);
      assertThat(
              ask("POST /v1/chat/completions", "{\"model\":\"other\"}", bearer(RESTRICTED))
                  .status())
          .isEqualTo(400);
    }

    @Test
    void holdForFallbacks() {
      gateway.provider("openai").next(call -> call.error(401));
      HttpReply reply = chat("m", bearer(RESTRICTED));
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.body()).contains("provider_auth_failed");
      assertThat(gateway.provider("openai").calls()).hasSize(1);
      assertThat(gateway.provider("second").calls()).isEmpty();

      gateway.provider("openai").next(call -> call.error(401));
      assertThat(chat("m", bearer(ALL)).headers()).containsEntry("x-provider", "second");
    }

    @Test
    void areWhatTheListOfModelsShows() {
      HttpReply all = ask("GET /v1/models", "", bearer(ALL));
      assertThat(all.body()).contains("\"m\"", "\"other\"", "\"allowed\"");
      HttpReply some = ask("GET /v1/models", "", bearer(RESTRICTED));
      assertThat(some.body()).contains("\"m\"").doesNotContain("other", "allowed");
      assertThat(ask("GET /v1/models/m", "", bearer(RESTRICTED)).status()).isEqualTo(200);
      assertThat(ask("GET /v1/models/other", "", bearer(RESTRICTED)).status()).isEqualTo(404);
      assertThat(ask("GET /v1beta/models", "", "x-goog-api-key: " + RESTRICTED).body())
          .contains("models/m")
          .doesNotContain("other");
    }

    @Test
    void areShownToTheirCaller() {
      assertThat(ask("GET /v1/key", "", bearer(RESTRICTED)).body())
          .isEqualTo(
              "{\"object\":\"key\",\"id\":\"key:small\",\"name\":\"small\","
                  + "\"team\":\"search\",\"models\":[\"m\",\"al*\"],"
                  + "\"providers\":[\"openai\"],\"endpoints\":[\"chat\",\"models\"],"
                  + "\"priority\":\"normal\",\"expires_at\":null,\"limits\":[]}");
      assertThat(ask("GET /v1/key", "").status()).isEqualTo(401);
      assertThat(ask("POST /v1/key", "{}", bearer(ALL)).status()).isEqualTo(405);
    }

    /** The path that is looked at is the one that is dispatched by. */
    @ParameterizedTest
    @CsvSource({
      "POST //v1/messages, 404",
      "POST /v1//messages, 404",
      "POST /v1/%6dessages, 404",
      "POST /v1/messages/, 404",
      "POST /v1/chat/../messages, 404",
      "POST /v1/messages?x=/v1/chat/completions, 403",
      "POST http://localhost/v1/messages, 403",
      "POST http://localhost/v1/chat/completions/../../messages, 404",
      "POST /v1/messages;a=b, 404"
    })
    void holdForEachSpellingOfAPath(String requestLine, int status) {
      HttpReply reply = ask(requestLine, MESSAGE.formatted("m"), bearer(RESTRICTED));
      assertThat(reply.status()).isEqualTo(status);
      noCall();
    }
  }

  @Nested
  class Changes {
    @Test
    void withoutAnyKeyNobodyIsLetIn() {
      gateway.use(CONFIG.substring(0, CONFIG.indexOf("client_keys")) + "client_keys: {}\n");
      assertThat(chat("m", bearer(ALL)).body()).contains("invalid_api_key");
      assertThat(chat("m").body()).contains("missing_api_key");
      noCall();
    }

    @Test
    void withAllowAnonymousAWrongKeyIsStillRefused() {
      gateway.use(CONFIG + "server: {allow_anonymous: true}\n");
      assertThat(chat("m").status()).isEqualTo(200);
      assertThat(ask("GET /v1/key", "").body()).contains("\"id\":\"anonymous\"");
      assertThat(chat("m", bearer("sk-wrong")).status()).isEqualTo(401);
      assertThat(chat("m", bearer(EXPIRED)).status()).isEqualTo(401);
    }
  }
}
