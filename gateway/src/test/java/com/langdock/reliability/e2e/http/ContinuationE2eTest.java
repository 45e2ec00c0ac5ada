package com.langdock.reliability.e2e.http;

import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.HEAD;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.PATIENT;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.ROLE;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.sending;
import static com.langdock.reliability.e2e.http.ProviderStreamsE2eTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.StreamReply;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that continue a broken stream correctly or with repetitions. */
@Tag("e2e")
class ContinuationE2eTest {
  private static final String DELIVERED = "The cat sat on the mat and was relia";

  /** A stream that openai begins and breaks, and anthropic continues. */
  private static StreamReply continued(GatewayFixture fixture, String answer) {
    fixture.anthropic.configure("{\"answer\":\"" + answer + "\"}");
    return fixture.stream(GatewayFixture.streamed("gpt-4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The cat sat on the mat and was reliable.|it goes on, in the middle of a word",
        "reliable.|it begins the word anew",
        "mat and was reliable.|it repeats some words",
      })
  void aContinuationIsJoined(String answer) throws IOException {
    try (RawServer openai = sending(50, HEAD, ROLE, text(DELIVERED));
        GatewayFixture fixture = GatewayFixture.open(PATIENT, openai.url())) {
      StreamReply reply = continued(fixture, answer).isWhole();
      assertThat(reply.text()).isEqualTo(DELIVERED + "ble.");
      assertThat(reply.response().body()).contains(": continued by anthropic/claude-3-opus\ndata:");
      assertThat(fixture.attempts("anthropic", "success")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The cat sat on a rug and was very nice to everybody who came by.",
        "A cat was once sitting on a mat. It was known to be reliable.",
        "I apologize for the interruption. The cat was reliable.",
        "Sure! Here is the rest: ble.",
        "The cat sat on"
      })
  void aRestartedAnswerIsNotJoined(String answer) throws IOException {
    try (RawServer openai = sending(50, HEAD, ROLE, text(DELIVERED));
        GatewayFixture fixture = GatewayFixture.open(PATIENT, openai.url())) {
      StreamReply reply = continued(fixture, answer);
      // openai is called again and breaks again: it repeats the start and adds nothing new
      reply.isBroken("provider_error");
      assertThat(reply.text()).isEqualTo(DELIVERED);
      assertThat(fixture.anthropic.requests()).hasSize(1);
      assertThat(openai.connections).hasValue(2);
      assertThat(fixture.attempts("anthropic", "not_continued")).isEqualTo(1);
    }
  }

  @Test
  void anotherTargetContinuesAfterARestartedAnswer() {
    try (GatewayFixture fixture = GatewayFixture.open(PATIENT)) {
      fixture.openai.configure("{\"script\":[\"stream_cut\"]}");
      StreamReply reply = continued(fixture, "Here is a mock answer in other words.").isWhole();
      assertThat(reply.text()).startsWith("This is a mock answer to").endsWith("openai/gpt-4.");
      assertThat(reply.comments()).containsExactly("continued by openai/gpt-4");
    }
  }

  @Test
  void textBeyondTheLimitIsNotContinued() throws IOException {
    String[] pieces = new String[72];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = text("word ".repeat(1_600));
    }
    pieces[0] = HEAD + ROLE;
    try (RawServer openai = sending(0, pieces);
        GatewayFixture fixture = GatewayFixture.open(PATIENT, openai.url())) {
      fixture.stream(GatewayFixture.streamed("gpt-4")).isBroken("provider_error");
      assertThat(fixture.anthropic.requests()).isEmpty();
    }
  }
}
