package com.langdock.reliability.e2e.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.e2e.Stage;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a provider's HTTP may differ, and what becomes of its connections. */
@Tag("e2e")
class ProviderHttpE2eTest {
  private static final String GPT = Stage.chat("gpt-4");
  private static final String ANSWER = TinyServer.ANSWER;
  private static final String LENGTH = "content-length: " + ANSWER.length() + "\r\n\r\n";

  @Test
  void oneConnectionCarriesManyRequests() throws IOException {
    try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\n" + LENGTH + ANSWER, false);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 5; request++) {
        stage.ask(GPT).isAnsweredBy("openai");
      }
      assertThat(server.connections).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nconnection: close\r\n",
        "HTTP/1.1 200 OK\r\nkeep-alive: timeout=0, max=100\r\n",
        "HTTP/1.0 200 OK\r\n",
      })
  void aProviderThatClosesIsNotSentAnotherRequest(String head) throws IOException {
    try (RawServer server = new RawServer(head + LENGTH + ANSWER, false);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      for (int request = 0; request < 3; request++) {
        assertThat(stage.ask(GPT).isAnsweredBy("openai").trail()).isEqualTo("openai/gpt-4:200");
      }
      assertThat(server.connections).hasValue(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nl: x\r\n\r\n"})
  void whatIsOnlyInformationIsNotTheAnswer(String before) throws IOException {
    try (RawServer server = new RawServer(before + "HTTP/1.1 200 OK\r\n" + LENGTH + ANSWER, false);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      stage.ask(GPT).isAnsweredBy("openai");
      stage.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void anAnswerMayEndWithItsConnection() throws IOException {
    try (RawServer server = new RawServer("HTTP/1.1 200 OK\r\n\r\n" + ANSWER, true);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      assertThat(stage.ask(GPT).trail()).isEqualTo("openai/gpt-4:200");
    }
  }

  @Test
  void anAnswerMayComeInChunks() throws IOException {
    String chunks = "5\r\n" + ANSWER.substring(0, 5) + "\r\n";
    String rest = ANSWER.substring(5);
    String reply =
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
            + chunks
            + Integer.toHexString(rest.length())
            + "\r\n"
            + rest
            + "\r\n0\r\n\r\n";
    try (RawServer server = new RawServer(reply, false);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      stage.ask(GPT).isAnsweredBy("openai");
      stage.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void anAnswerThatIsShorterThanItSaidIsBroken() throws IOException {
    String reply = "HTTP/1.1 200 OK\r\n" + LENGTH + ANSWER.substring(9);
    try (RawServer server = new RawServer(reply, true);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      stage.ask(GPT).isAnsweredBy("anthropic");
    }
  }

  @Test
  void whatIsNotHttpIsNoAnswer() throws IOException {
    try (RawServer server = new RawServer("SSH-2.0-OpenSSH_9.7\r\n\r\n", false);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      stage.ask(GPT).isAnsweredBy("anthropic");
    }
  }

  @Test
  void moreThanTheAnswerClosesTheConnection() throws IOException {
    String reply =
        "HTTP/1.1 200 OK\r\n" + LENGTH + ANSWER + "HTTP/1.1 200 OK\r\n" + LENGTH + ANSWER;
    try (RawServer server = new RawServer(reply, false);
        Stage stage = Stage.open(Stage.SHORT_TIMES, server.url())) {
      stage.ask(GPT).isAnsweredBy("openai");
      stage.ask(GPT).isAnsweredBy("openai");
      assertThat(server.connections).hasValue(2);
    }
  }
}
