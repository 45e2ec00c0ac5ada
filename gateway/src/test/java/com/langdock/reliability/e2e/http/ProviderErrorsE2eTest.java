package com.langdock.reliability.e2e.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.Reply;
import com.langdock.reliability.e2e.StreamReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of a provider's errors on their client and on others. */
@Tag("e2e")
class ProviderErrorsE2eTest {
  private static final String ALONE = GatewayFixture.chat("gpt-3.5-turbo");
  private static final String GPT = GatewayFixture.chat("gpt-4");

  @Test
  void aFirewallsPageDoesNotDisableTheProvider() throws IOException {
    String page = "<html><h1>403 Forbidden</h1></html>";
    try (RawServer server = RawServer.answering(reply(403, "text/html", page));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(ALONE).isError(502, "provider_refused");
      fixture.ask(ALONE).isError(502, "provider_refused");
      assertThat(fixture.attempts("openai", "provider_refused")).isEqualTo(2);
      fixture.ask(GPT).isAnsweredBy("anthropic");
    }
  }

  @Test
  void anExhaustedAccountIsNotAClientError() throws IOException {
    String error =
        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
            + "\"Your credit balance is too low to access the Anthropic API.\"}}";
    try (RawServer server = RawServer.answering(reply(400, "application/json", error));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
    }
    try (RawServer server = RawServer.answering(reply(400, "application/json", error));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(ALONE).isError(429, "quota_exhausted");
    }
  }

  @Test
  void secretsInProviderErrorsAreRedacted() throws IOException {
    try (RawServer server = RawServer.answering("")) {
      String error =
          "{\"error\":{\"message\":\"No KEY for org-a1B2c3D4e5 at URL/v1.\",\"type\":\"KEY\","
              + "\"code\":\"KEY\",\"param\":\"KEY\"}}";
      error = error.replace("KEY", GatewayFixture.SECRET).replace("URL", server.url());
      try (RawServer refusing = RawServer.answering(reply(400, "application/json", error));
          GatewayFixture fixture =
              GatewayFixture.open(GatewayFixture.SHORT_TIMES, refusing.url())) {
        Reply reply = fixture.ask(ALONE);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asString(""))
            .startsWith("No [redacted] for [redacted] at ");
        String id = reply.header("x-request-id");
        assertThat(
                reply.response().body() + fixture.manage("/api/requests/" + id).response().body())
            .doesNotContain(GatewayFixture.SECRET, "org-a1B2c3D4e5");
      }
    }
  }

  @Test
  void secretsInErrorsOfStreamsAreRedacted() throws IOException {
    String event =
        "data: {\"error\":{\"message\":\"Bad key %1$s\",\"code\":\"%1$s\",\"type\":\"%2$s\"}}\n\n"
            .formatted(GatewayFixture.SECRET, "invalid_request_error");
    try (RawServer server = RawServer.answering(reply(200, "text/event-stream", event));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      Reply reply = fixture.ask(GatewayFixture.streamed("gpt-3.5-turbo"));
      assertThat(reply.response().body())
          .contains("Bad key [redacted]")
          .doesNotContain(GatewayFixture.SECRET);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Unknown parameter: 'stream_options'.\",\"type\":"
            + "\"invalid_request_error\",\"param\":\"stream_options\",\"code\":null}}",
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],"
            + "\"msg\":\"Extra inputs are not permitted\",\"input\":{}}]}"
      })
  void anAddedFieldIsOmittedAfterItWasRejected(String error) throws IOException {
    List<String> bodies = new CopyOnWriteArrayList<>();
    try (RawServer server =
            new RawServer((in, socket) -> {
              String body = new String(RawServer.readRequest(in), UTF_8);
              bodies.add(body);
              boolean refused = body.contains("stream_options");
              RawServer.write(
                  socket,
                  refused
                      ? reply(400, "application/json", error)
                      : ProviderStreamsE2eTest.HEAD
                          + ProviderStreamsE2eTest.ROLE
                          + ProviderStreamsE2eTest.text("hi")
                          + ProviderStreamsE2eTest.FINISH);
            });
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      StreamReply first = fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole();
      assertThat(first.header("x-attempts")).isEqualTo("1");
      assertThat(bodies).hasSize(2);
      fixture.stream(GatewayFixture.streamed("gpt-3.5-turbo")).isWhole();
      assertThat(bodies).hasSize(3);
      assertThat(bodies.getLast()).doesNotContain("stream_options");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"choices\":[\"x\"]}", "{\"choices\":[{}]}", "{\"choices\":[null]}"})
  void anAnswerWithInvalidChoicesIsAFailure(String answer) throws IOException {
    try (RawServer server = RawServer.answering(reply(200, "application/json", answer));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      fixture.ask(GPT).isAnsweredBy("anthropic");
      fixture.ask(ALONE).isError(502, "malformed_response");
    }
  }

  @Test
  void implausibleUsageIsIgnored() throws IOException {
    String answer =
        "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":9e18,\"completion_tokens\":9e18}}";
    try (RawServer server = RawServer.answering(reply(200, "application/json", answer));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      Reply reply = fixture.ask(GPT).isAnsweredBy("openai");
      assertThat(reply.json().path("tokens_used").asLong(-1)).isBetween(1L, 100L);
      assertThat(fixture.metric("gateway_tokens_total", Map.of("provider", "openai")))
          .isBetween(1.0, 100.0);
    }
  }

  @Test
  void implausibleUsageOfStreamsIsIgnored() throws IOException {
    String events =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"hi\"},"
            + "\"finish_reason\":null}]}\n\n"
            + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":9e18,\"completion_tokens\":-4}}\n\ndata: [DONE]\n\n";
    try (RawServer server = RawServer.answering(reply(200, "text/event-stream", events));
        GatewayFixture fixture = GatewayFixture.open(GatewayFixture.SHORT_TIMES, server.url())) {
      StreamReply reply =
          fixture.stream(
                  GatewayFixture.streamed("gpt-4", "\"stream_options\":{\"include_usage\":true}"))
              .isWhole();
      assertThat(reply.usages())
          .singleElement()
          .satisfies(
              usage -> assertThat(usage.path("total_tokens").asLong(-1)).isBetween(1L, 100L));
    }
  }

  private static String reply(int status, String type, String body) {
    return "HTTP/1.1 "
        + status
        + " x\r\ncontent-type: "
        + type
        + "\r\ncontent-length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }
}
