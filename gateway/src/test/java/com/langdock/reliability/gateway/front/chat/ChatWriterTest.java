package com.langdock.reliability.gateway.front.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChatWriterTest {
  private static final Payload REQUEST =
      Exchanges.streaming("{\"messages\":[],\"stream_options\":{\"include_usage\":true}}")
          .payload();
  private static final Piece STARTED = new Piece.Started("a", "m", 7);
  private static final Piece FINISHED = new Piece.Finished(FinishReason.STOP, null);
  private static final List<Piece> ANY =
      List.of(
          STARTED,
          new Piece.Started("b", "n", 8),
          new Piece.Opened(new Piece.Block.Text()),
          new Piece.Opened(new Piece.Block.Thinking()),
          new Piece.Opened(new Piece.Block.Call("c", "f", "")),
          Piece.Text.of("x"),
          new Piece.Thinking("\"y\""),
          new Piece.Arguments("\"{}\""),
          new Piece.Closed(),
          FINISHED,
          new Piece.Finished(FinishReason.CONTENT_FILTER, "no"),
          new Piece.Used(new TokenReport(new Usage(1, 0, 1), OptionalLong.empty(), null)),
          new Piece.Ended());

  private final ChatWriter writer = new ChatWriter(REQUEST);

  private List<JsonValue> written() {
    List<JsonValue> chunks = new ArrayList<>();
    new String(writer.drain(), UTF_8)
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .forEach(line ->
            chunks.add(
                Objects.requireNonNull(
                    JsonBody.json(line.substring("data: ".length()).getBytes(UTF_8)))));
    return chunks;
  }

  private static String finish(JsonValue chunk) {
    JsonValue choice = JsonFields.array(chunk, "choices").getFirst();
    return Objects.requireNonNullElse(JsonFields.text(choice, "finish_reason"), "");
  }

  private static JsonValue delta(JsonValue chunk) {
    JsonValue choice = JsonFields.array(chunk, "choices").getFirst();
    return Objects.requireNonNull(JsonFields.object(choice, "delta"));
  }

  @Test
  void writesAValidStreamForPiecesInAnyOrder() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      writer.startOver();
      for (int i = 0; i < 20; i++) {
        writer.write(ANY.get(random.nextInt(ANY.size())));
      }
      List<JsonValue> chunks = written();
      for (int i = 0; i < chunks.size(); i++) {
        boolean hasRole = JsonFields.value(delta(chunks.get(i)), "role") != null;
        assertThat(hasRole).as("seed %d, chunk %d", seed, i).isEqualTo(i == 0);
        boolean isLast = i == chunks.size() - 1;
        assertThat(finish(chunks.get(i)).isEmpty() || isLast).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void piecesBeforeTheStartAndAfterTheFinishAreNotWritten() {
    writer.write(Piece.Text.of("early"));
    writer.write(STARTED);
    writer.write(FINISHED);
    writer.write(Piece.Text.of("late"));
    writer.write(STARTED);
    assertThat(written()).hasSize(2);
  }

  @Test
  void anAttemptOfAnotherFormatContinuesWithTheSameId() {
    String raw = "{\"id\":\"raw-1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{}}]}";
    writer.write(new Piece.Raw(raw.getBytes(UTF_8), "", Piece.Content.NONE, 0, null));
    writer.drain();
    writer.resume(new Piece.Started("msg_1", "claude", 9), null);
    writer.resume(Piece.Text.of("hello world"), "world");
    writer.resume(FINISHED, "!");
    List<JsonValue> rest = written();
    assertThat(rest)
        .hasSize(2)
        .allSatisfy(chunk -> {
          assertThat(JsonFields.text(chunk, "id")).isEqualTo("raw-1");
          assertThat(JsonFields.text(chunk, "model")).isEqualTo("claude");
        });
    assertThat(JsonFields.text(delta(rest.getFirst()), "content")).isEqualTo("world");
    assertThat(JsonFields.text(delta(rest.getLast()), "content")).isEqualTo("!");
    assertThat(finish(rest.getLast())).isEqualTo("stop");
  }

  @Test
  void theOnlyReportIsWrittenInFullAndASumOfSeveralInBrief() {
    writer.write(STARTED);
    TokenReport report = new TokenReport(new Usage(3, 1, 2), OptionalLong.of(1), null);
    writer.end(report.usage(), report);
    assertThat(new String(writer.drain(), UTF_8))
        .contains("\"reasoning_tokens\":1", "\"cache_write_tokens\":0")
        .endsWith("data: [DONE]\n\n");
    writer.end(new Usage(6, 2, 4), null);
    assertThat(new String(writer.drain(), UTF_8))
        .contains("\"prompt_tokens\":6", "\"cached_tokens\":2")
        .doesNotContain("reasoning_tokens");
  }
}
