package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.AnswerFacts;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.json.JsonBody;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AnswerJsonTest {
  private static final Payload REQUEST = Exchanges.streaming("{\"messages\":[]}").payload();
  private static final AnswerFacts FACTS = new AnswerFacts("req_1", "main", 2, 34, 5_000);
  private static final Usage USAGE = new Usage(3, 0, 4);
  private static final String FIELDS =
      "\"request_id\":\"req_1\",\"provider\":\"main\",\"attempts\":2,\"total_latency_ms\":34,"
          + "\"tokens_used\":7,\"created_at\":\"1970-01-01T00:00:05Z\",\"content\":";

  private static String raw(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return written(
        new WholeAnswer.Raw(bytes, Objects.requireNonNull(JsonBody.json(bytes)), USAGE, List::of));
  }

  private static String neutral(Piece... pieces) {
    return written(
        new WholeAnswer.Neutral(
            List.of(pieces), new TokenReport(USAGE, OptionalLong.empty(), null)));
  }

  private static String written(WholeAnswer answer) {
    return new String(AnswerJson.of(answer, REQUEST, FACTS), UTF_8);
  }

  @Test
  void keepsTheProvidersBytes() {
    String answer = "{ \"choices\":[{\"message\":{\"content\":\"\\u0041ä\"}}], \"x\":1.0 ";
    assertThat(raw(answer + "}")).isEqualTo(answer + "," + FIELDS + "\"\\u0041ä\"}");
  }

  @Test
  void replacesTheProvidersFieldsOfTheSameNames() {
    assertThat(
            raw(
                "{\"provider\":\"x\",\"choices\":[{\"message\":{\"content\":null}}],"
                    + "\"content\":1,\"attempts\":[]}"))
        .isEqualTo("{\"choices\":[{\"message\":{\"content\":null}}]," + FIELDS + "null}");
  }

  @Test
  void hasNoContentWithoutChoices() {
    assertThat(raw("{\"choices\":[]}")).isEqualTo("{\"choices\":[]," + FIELDS + "null}");
    assertThat(raw("{\"content\":1}")).isEqualTo("{" + FIELDS + "null}");
  }

  @Test
  void writesAnAnswerOfAnotherFormat() {
    assertThat(
            neutral(
                new Piece.Started("a", "m", 9),
                new Piece.Thinking("\"hm\""),
                Piece.Text.of("say \"so"),
                new Piece.Text("\"ä", "\"\\\"\\u00e4\""),
                new Piece.Finished(FinishReason.STOP, null)))
        .startsWith("{\"id\":\"a\",\"object\":\"chat.completion\",\"created\":9,\"model\":\"m\",")
        .contains("\"message\":{\"role\":\"assistant\",\"content\":\"say \\\"so\\\"\\u00e4\",")
        .contains(",\"reasoning_content\":\"hm\"")
        .endsWith("," + FIELDS + "\"say \\\"so\\\"\\u00e4\"}");
  }

  @Test
  void joinsTheArgumentsOfACall() {
    assertThat(
            neutral(
                new Piece.Started("a", "m", 9),
                new Piece.Opened(new Piece.Block.Call("c", "f", "{\"a\"")),
                new Piece.Arguments("\":\\\"\""),
                new Piece.Arguments("\"b\\\"}\""),
                new Piece.Opened(new Piece.Block.Call("d", "g", "")),
                new Piece.Finished(FinishReason.TOOL_CALLS, null)))
        .contains("\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"b\\\"}\"}")
        .contains("\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}")
        .endsWith("," + FIELDS + "null}");
  }
}
