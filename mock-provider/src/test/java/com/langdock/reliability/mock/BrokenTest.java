package com.langdock.reliability.mock;

import static com.langdock.reliability.mock.RawCall.Ending.BODY_ENDED;
import static com.langdock.reliability.mock.RawCall.Ending.CLOSED;
import static com.langdock.reliability.mock.RawCall.Ending.RESET;
import static com.langdock.reliability.mock.RawCall.Ending.STILL_OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections, bodies and streams that break, seen from the socket. */
@Tag("e2e")
class BrokenTest extends AllProviders {
  private static final String FIRST_FIVE = "This is a mock answer";

  @Nested
  class InsteadOfAnAnswer {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTimeoutIsSilentAndThenCloses(boolean streamed) throws Exception {
      openAi.configure("{\"timeout_probability\":1,\"timeout_duration_seconds\":0.1}");
      long before = System.nanoTime();
      RawCall call = RawCall.post(openAi, Calls.OPENAI_PATH, Calls.hello(streamed));

      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000);
      assertThat(call.ending()).isEqualTo(CLOSED);
      assertThat(call.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResetComesBeforeAnyByte(boolean streamed) throws Exception {
      openAi.configure("{\"reset_probability\":1}");
      RawCall call = RawCall.post(openAi, Calls.OPENAI_PATH, Calls.hello(streamed));

      assertThat(call.ending()).isEqualTo(RESET);
      assertThat(call.text()).isEmpty();
    }

    @Test
    void anEmptyAnswerIsA200WithoutABody() throws Exception {
      openAi.configure("{\"script\":[\"empty\"]}");
      HttpResponse<String> response = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(false));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }

    @Test
    void aWebPageIsA200OfTextHtml() throws Exception {
      anthropic.configure("{\"script\":[\"html\"]}");
      HttpResponse<String> response =
          Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(true));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("text/html");
      assertThat(response.body()).startsWith("<html>");
    }
  }

  @Nested
  class Streams {
    @ParameterizedTest
    @CsvSource({
      "stream_cut,      RESET",
      "stream_fin,      CLOSED",
      "stream_end,      BODY_ENDED",
      "stream_stall,    STILL_OPEN",
    })
    void breakAfterSomeContents(String fault, RawCall.Ending ending) throws Exception {
      for (MockProvider provider : new MockProvider[] {openAi, anthropic}) {
        RawCall call = streamed(provider, fault, "");

        assertThat(call.ending()).isEqualTo(ending);
        assertThat(Calls.streamedText(call.text())).isEqualTo(FIRST_FIVE);
        assertThat(call.text())
            .doesNotContain("\"finish_reason\":\"", "[DONE]", "message_delta", "message_stop");
      }
    }

    @Test
    void mayBreakBeforeAnyContent() throws Exception {
      RawCall call = streamed(openAi, "stream_cut", ",\"stream_fault_after_chunks\":0");

      assertThat(call.text()).contains("200 OK", "\"role\":\"assistant\"");
      assertThat(Calls.streamedText(call.text())).isEmpty();
    }

    @Test
    void oneEventIsNotJsonAndTheOthersAre() throws Exception {
      RawCall call = streamed(openAi, "malformed", ",\"answer\":\"a b c\",\"chunks\":3");

      assertThat(call.ending()).isEqualTo(BODY_ENDED);
      assertThat(call.text()).contains("data: [DONE]");
      assertThat(call.text().lines().filter(line -> line.startsWith("data: {")))
          .filteredOn(line -> !line.endsWith("}"))
          .hasSize(1);
    }

    @Test
    void theTerminatorIsMissingButNotTheFinishReason() throws Exception {
      RawCall atOpenAi = streamed(openAi, "missing_done", "");
      RawCall atAnthropic = streamed(anthropic, "missing_done", "");

      assertThat(atOpenAi.ending()).isEqualTo(BODY_ENDED);
      assertThat(atOpenAi.text()).contains("\"finish_reason\":\"stop\"").doesNotContain("[DONE]");
      assertThat(atAnthropic.ending()).isEqualTo(BODY_ENDED);
      assertThat(atAnthropic.text())
          .contains("\"stop_reason\":\"end_turn\"")
          .doesNotContain("message_stop");
    }

    @Test
    void theConnectionMayStayOpenWithoutTheTerminator() throws Exception {
      RawCall call = streamed(openAi, "missing_done", ",\"missing_done_stays_open\":true");

      assertThat(call.ending()).isEqualTo(STILL_OPEN);
      assertThat(call.text()).contains("\"finish_reason\":\"stop\"");
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "2, This is"})
    void anErrorComesInBand(int after, String text) throws Exception {
      String settings = ",\"stream_fault_after_chunks\":" + after;
      RawCall atOpenAi = streamed(openAi, "error_in_stream", settings);
      RawCall atAnthropic = streamed(anthropic, "error_in_stream", settings);

      assertThat(Calls.streamedText(atOpenAi.text())).isEqualTo(text);
      assertThat(atOpenAi.text())
          .contains("data: {\"error\":{", "server_is_overloaded")
          .doesNotContain("[DONE]");
      assertThat(Calls.streamedText(atAnthropic.text())).isEqualTo(text);
      assertThat(atAnthropic.text())
          .contains("event: error\ndata: {\"type\":\"error\"")
          .doesNotContain("message_stop");
    }

    @Test
    void chancesBreakThemToo() throws Exception {
      openAi.configure("{\"stream_cut_probability\":1}");

      assertThat(RawCall.post(openAi, Calls.OPENAI_PATH, Calls.hello(true)).ending())
          .isEqualTo(RESET);
      assertThat(Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(false)).statusCode())
          .isEqualTo(200);
    }
  }

  @Nested
  class WholeAnswers {
    @ParameterizedTest
    @CsvSource({
      "stream_cut,   RESET",
      "stream_fin,   CLOSED",
      "stream_stall, STILL_OPEN",
    })
    void breakInTheMiddle(String fault, RawCall.Ending ending) throws Exception {
      openAi.configure("{\"script\":[\"" + fault + "\"]}");
      RawCall call = RawCall.post(openAi, Calls.OPENAI_PATH, Calls.hello(false));

      assertThat(call.ending()).isEqualTo(ending);
      assertThat(call.text())
          .contains("content-length: ", "chat.completion")
          .doesNotContain("usage");
    }

    @Test
    void aMalformedOneIsNotJson() throws Exception {
      openAi.configure("{\"malformed_probability\":1}");
      HttpResponse<String> response = Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(false));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("application/json");
      assertThat(response.body()).startsWith("{\"id\"").doesNotEndWith("}");
    }

    @Test
    void anErrorMayComeWithA200() throws Exception {
      anthropic.configure("{\"script\":[\"error_in_stream\"]}");
      HttpResponse<String> response =
          Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(false));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(Calls.json(response.body()).path("type").asString()).isEqualTo("error");
    }
  }

  private static RawCall streamed(MockProvider provider, String fault, String more)
      throws Exception {
    provider.configure("{\"script\":[\"" + fault + "\"]" + more + "}");
    String path = provider == openAi ? Calls.OPENAI_PATH : Calls.ANTHROPIC_PATH;
    return RawCall.post(provider, path, Calls.hello(true));
  }
}
