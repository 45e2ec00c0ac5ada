package com.langdock.reliability.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A response at the client. */
public record Reply(HttpResponse<String> response, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Reply of(HttpResponse<String> response) {
    return new Reply(response, JSON.readTree(response.body()));
  }

  public int status() {
    return response.statusCode();
  }

  /** The header's value; empty if it is missing. */
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  public JsonNode error() {
    return json.path("error");
  }

  /** The trail without its times: {@code openai/gpt-4:500 anthropic/claude:200}. */
  public String trail() {
    return header("x-attempt-trail").replaceAll(":\\d+ms", "").replace(",", "");
  }

  /** Asserts an error of this status and code, in OpenAI's format, without secrets. */
  public Reply isError(int status, String code) {
    assertThat(status()).as(response.body()).isEqualTo(status);
    assertThat(error().path("code").asString("")).isEqualTo(code);
    assertThat(error().path("message").asString("")).isNotBlank();
    assertThat(error().path("type").asString("")).isNotBlank();
    assertThat(error().has("param")).isTrue();
    assertThat(error().path("request_id").asString("")).isEqualTo(header("x-request-id"));
    assertThat(response.body() + response.headers().map())
        .doesNotContain(GatewayFixture.SECRET, "127.0.0.1", "Exception", "\tat ");
    return this;
  }

  public Reply isAnsweredBy(String provider) {
    assertThat(status()).as(response.body()).isEqualTo(200);
    assertThat(json.path("provider").asString("")).isEqualTo(provider);
    return this;
  }
}
