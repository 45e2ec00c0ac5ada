package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Paths that Gemini's API shares with OpenAI's: the client's headers tell them apart. */
class GeminiPagesTest {
  private final TestGateway gateway =
      TestGateway.of("providers: [{name: openai, base_url: \"http://a.test\", models: [m]}]\n");

  private String get(String path, String header) {
    FakeClient client =
        gateway
            .client()
            .write("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n" + header + "\r\n");
    gateway.settle();
    return client.reply().body();
  }

  @Test
  void areShownInTheClientsWords() {
    assertThat(get("/v1/models", "")).contains("\"data\":");
    assertThat(get("/v1/models", "x-goog-api-key: k\r\n")).startsWith("{\"models\":[");
    assertThat(get("/v1/models?key=k", "")).startsWith("{\"models\":[");
    assertThat(get("/v1/models/m", "x-goog-api-key: k\r\n")).contains("\"models/m\"");
    assertThat(get("/v1beta/models", "")).startsWith("{\"models\":[");
    gateway.assertNothingHeld();
  }

  @Test
  void thatAreMissingAreGooglesErrors() {
    assertThat(get("/v1beta/models/none", "")).contains("\"status\":\"NOT_FOUND\"");
    assertThat(get("/v1/none", "x-goog-api-key: k\r\n")).contains("\"status\":\"NOT_FOUND\"");
  }
}
