package com.langdock.reliability.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.front.messages.MessageStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history with signed thinking that a provider did not sign. */
class RejectedSignatureTest {
  private static final String CONFIG =
      """
      retry: {max_attempts: 2, budget: {ratio: 0, min_per_second: 0}}
      providers:
        - {name: a, type: anthropic, base_url: "http://a.test", models: [m]}
        - {name: b, type: anthropic, base_url: "http://b.test", models: [m]}
      """;
  private static final String REQUEST =
      "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
          + "{\"role\":\"assistant\",\"content\":[%s{\"type\":\"text\",\"text\":\"Hello\"}]},"
          + "{\"role\":\"user\",\"content\":\"Go\"}]}";
  private static final String THINKING =
      "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"eA==\"},";
  private static final String SIGNED = REQUEST.formatted(THINKING);
  private static final String UNSIGNED = REQUEST.formatted("");
  private static final String WORDS =
      "messages.1.content.0: Invalid `signature` in `thinking` block";
  private static final String REFUSAL =
      "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\""
          + WORDS
          + "\"}}";
  private static final String ANSWER =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
          + "\"content\":[{\"type\":\"text\",\"text\":\"Done.\"}],\"stop_reason\":\"end_turn\","
          + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":6,\"output_tokens\":2}}";

  private static final List<String> EVENTS =
      List.of(
          "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
              + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
              + "\"usage\":{\"input_tokens\":6,\"output_tokens\":1}}}",
          "{\"type\":\"content_block_start\",\"index\":0,"
              + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
          "{\"type\":\"content_block_delta\",\"index\":0,"
              + "\"delta\":{\"type\":\"text_delta\",\"text\":\"Done.\"}}",
          "{\"type\":\"content_block_stop\",\"index\":0}",
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
              + "\"usage\":{\"output_tokens\":2}}",
          "{\"type\":\"message_stop\"}");

  private final TestGateway gateway = TestGateway.of(CONFIG);

  private HttpReply post(String body) {
    FakeClient client =
        gateway
            .client()
            .write(
                "POST /v1/messages HTTP/1.1\r\nhost: localhost\r\n"
                    + "content-type: application/json\r\ncontent-length: "
                    + body.getBytes(StandardCharsets.UTF_8).length
                    + "\r\n\r\n"
                    + body);
    gateway.advance(Duration.ofSeconds(30));
    return client.reply();
  }

  private List<String> bodies(String provider) {
    return gateway.provider(provider).calls().stream().map(ProviderCall::body).toList();
  }

  @Test
  void isSentOnceMoreWithoutIt() {
    gateway
        .provider("a")
        .next(call -> call.answer(400, REFUSAL))
        .next(call -> call.answer(200, ANSWER));

    HttpReply reply = post(SIGNED);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(ANSWER);
    assertThat(reply.headers())
        .containsEntry("x-attempts", "1")
        .containsEntry("x-provider", "a")
        .containsEntry("x-gateway-dropped", "messages[1].content[0]");
    assertThat(bodies("a")).containsExactly(SIGNED, UNSIGNED);
    assertThat(bodies("b")).isEmpty();
    gateway.assertNothingHeld();
  }

  @Test
  void isStreamedWithoutItToo() {
    String stream = SIGNED.replace("{\"model\"", "{\"stream\":true,\"model\"");
    gateway
        .provider("a")
        .next(call -> call.answer(400, REFUSAL))
        .next(call -> {
          call.beginStream();
          EVENTS.forEach(event -> call.bytes(MessagesProvider.event(event)));
          call.sendLast("0\r\n\r\n");
        });

    HttpReply reply = post(stream);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("x-attempts", "1");
    assertThat(MessageStream.whole(reply.body()).text()).isEqualTo("Done.");
    assertThat(bodies("a")).containsExactly(stream, stream.replace(THINKING, ""));
    gateway.assertNothingHeld();
  }

  @Test
  void isSentOnceMoreWithoutItAfterAFailoverToo() {
    gateway.provider("a").next(call -> call.answer(401, "{}"));
    gateway
        .provider("b")
        .next(call -> call.answer(400, REFUSAL))
        .next(call -> call.answer(200, ANSWER));

    HttpReply reply = post(SIGNED);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("x-attempts", "2").containsEntry("x-provider", "b");
    assertThat(bodies("b")).containsExactly(SIGNED, UNSIGNED);
    gateway.assertNothingHeld();
  }

  @Test
  void isSentWithItByTheNextRequest() {
    gateway
        .provider("a")
        .next(call -> call.answer(400, REFUSAL))
        .otherwise(call -> call.answer(200, ANSWER));

    post(SIGNED);
    post(SIGNED);

    assertThat(bodies("a")).containsExactly(SIGNED, UNSIGNED, SIGNED);
    gateway.assertNothingHeld();
  }

  @Test
  void endsInTheProvidersWordsIfItIsRefusedWithoutItToo() {
    gateway.provider("a").otherwise(call -> call.answer(400, REFUSAL));

    HttpReply reply = post(SIGNED);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",")
        .contains("\"message\":\"" + WORDS + "\"");
    assertThat(bodies("a")).containsExactly(SIGNED, UNSIGNED);
    assertThat(bodies("b")).isEmpty();
    gateway.assertNothingHeld();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 529})
  void isJudgedAsUsualIfItFailsOtherwiseWithoutIt(int status) {
    gateway
        .provider("a")
        .next(call -> call.answer(400, REFUSAL))
        .otherwise(call -> call.answer(status, "{}"));
    gateway.provider("b").otherwise(call -> call.answer(200, ANSWER));

    HttpReply reply = post(SIGNED);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("x-attempts", "2").containsEntry("x-provider", "b");
    assertThat(bodies("b")).containsExactly(SIGNED);
    gateway.assertNothingHeld();
  }

  @Test
  void isNotSentAgainIfThereIsNothingToLeaveOut() {
    gateway.provider("a").otherwise(call -> call.answer(400, REFUSAL));

    HttpReply reply = post(UNSIGNED);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains(WORDS);
    assertThat(bodies("a")).containsExactly(UNSIGNED);
    gateway.assertNothingHeld();
  }
}
