package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.domain.UsageDetails.Tier;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WireFormat;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesWriterTest {
  private static final Piece STOP = new Piece.Finished(FinishReason.STOP, null);
  private static final Usage USED = new Usage(100, 60, 7);

  private final MessagesWriter writer = new MessagesWriter(Events.request(12));

  private String written(Piece... pieces) {
    for (Piece piece : pieces) {
      writer.write(piece);
    }
    return new String(writer.drain(), UTF_8);
  }

  private void resumed(Piece... pieces) {
    for (Piece piece : pieces) {
      writer.resume(piece, null);
    }
  }

  private MessageStream ended(String before) {
    writer.end(USED, null);
    return MessageStream.whole(before + new String(writer.drain(), UTF_8));
  }

  private static Piece call(String arguments) {
    return new Piece.Opened(new Block.Call("call_1", "look", arguments));
  }

  @Nested
  class FromNeutralPieces {
    @Test
    void beginsWithAnEstimateOfTheInput() {
      MessageStream stream = MessageStream.of(written(Events.started()));

      assertThat(stream.start().path("id").asString("")).matches("msg_[0-9a-f]{24}");
      assertThat(stream.start().path("model").asString("")).isEqualTo("gpt-4");
      assertThat(stream.start().path("usage").path("input_tokens").asInt()).isEqualTo(12);
      assertThat(stream.start().path("stop_reason").isNull()).isTrue();
    }

    @Test
    void givesTheSameMessageTheSameId() {
      assertThat(MessageIds.message(Events.started()))
          .isEqualTo(MessageIds.message(Events.started()));
      assertThat(MessageIds.message(new Piece.Started(Events.ID, "m", 0))).isEqualTo(Events.ID);
    }

    @Test
    void writesEachBlockWhole() {
      String all =
          written(
              Events.started(),
              new Piece.Thinking("\"hm\""),
              new Piece.Signed(new Signature(WireFormat.GEMINI, "s")),
              Piece.Text.of("a"),
              Piece.Text.of("b"),
              call(""),
              new Piece.Arguments("\"{\\\"x\\\"\""),
              new Piece.Arguments("\":1}\""),
              new Piece.Finished(FinishReason.TOOL_CALLS, null));
      MessageStream stream = ended(all);

      assertThat(stream.types()).containsExactly("thinking", "text", "tool_use");
      assertThat(stream.blocks())
          .extracting(MessageStream.Block::content)
          .containsExactly("hm", "ab", "{\"x\":1}");
      assertThat(stream.blocks().getFirst().signature())
          .isEqualTo(SignatureEnvelope.wrap(new Signature(WireFormat.GEMINI, "s")));
      assertThat(stream.delta().path("delta").path("stop_reason").asString(""))
          .isEqualTo("tool_use");
    }

    @Test
    void givesACallWithoutArgumentsAnEmptyObject() {
      MessageStream stream = ended(written(Events.started(), call(""), new Piece.Closed(), STOP));

      assertThat(stream.blocks().getFirst().content()).isEqualTo("{}");
      assertThat(stream.blocks().getFirst().start().path("input").isObject()).isTrue();
    }

    @Test
    void putsTheSignatureOfACallBeforeIt() {
      Signature signature = new Signature(WireFormat.GEMINI, "s");
      Block call = new Block.Call("functions.look:0", "look", "{\"a\":1}", signature);
      MessageStream stream = ended(written(Events.started(), new Piece.Opened(call), STOP));

      assertThat(stream.types()).containsExactly("thinking", "tool_use");
      assertThat(stream.blocks().getFirst().content()).isEmpty();
      assertThat(stream.blocks().getFirst().signature()).startsWith("gw1.gemini.");
      assertThat(stream.blocks().getLast().start().path("id").asString(""))
          .matches("[a-zA-Z0-9_-]+");
    }

    @Test
    void writesNoEmptyBlocks() {
      String all =
          written(
              Events.started(),
              new Piece.Opened(new Block.Text()),
              Piece.Text.of(""),
              new Piece.Closed(),
              new Piece.Opened(new Block.Thinking()),
              new Piece.Closed(),
              STOP);

      assertThat(ended(all).blocks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "STOP, end_turn",
      "LENGTH, max_tokens",
      "TOOL_CALLS, tool_use",
      "CONTENT_FILTER, refusal",
    })
    void saysWhyTheModelStopped(FinishReason reason, String expected) {
      MessageStream stream = ended(written(Events.started(), new Piece.Finished(reason, null)));

      assertThat(stream.delta().path("delta").path("stop_reason").asString("")).isEqualTo(expected);
    }

    @Test
    void writesARefusalAsTextAndStopReason() {
      Piece refused = new Piece.Finished(FinishReason.STOP, "I must not.");
      MessageStream stream = ended(written(Events.started(), refused));

      assertThat(stream.text()).isEqualTo("I must not.");
      assertThat(stream.delta().path("delta").path("stop_reason").asString(""))
          .isEqualTo("refusal");
      assertThat(stream.delta().path("delta").path("stop_details").path("type").asString(""))
          .isEqualTo("refusal");
    }

    @Test
    void countsCachedTokensOnce() {
      String all = written(Events.started(), Piece.Text.of("x"), STOP);
      Usage usage = new Usage(100, 60, 7, new UsageDetails(20, 10, 0, 0, 0, Tier.STANDARD));
      writer.end(usage, new TokenReport(usage, OptionalLong.of(3), null));
      MessageStream stream = MessageStream.whole(all + new String(writer.drain(), UTF_8));

      assertThat(stream.delta().path("usage").toString())
          .isEqualTo(
              "{\"input_tokens\":10,\"cache_creation_input_tokens\":30,"
                  + "\"cache_read_input_tokens\":60,\"output_tokens\":7,"
                  + "\"output_tokens_details\":{\"thinking_tokens\":3}}");
    }
  }

  @Nested
  class FromItsOwnFormat {
    @Test
    void writesTheBytesUnchanged() {
      List<Piece.Event> events =
          List.of(
              Events.start(Events.ID),
              Events.ping(),
              Events.open(0, new Block.Thinking()),
              Events.thinking(0, "hm"),
              Events.signed(0, "EqQ"),
              Events.close(0),
              Events.open(1, new Block.Text()),
              Events.text(1, "Hi"),
              Events.ownDelta(1),
              Events.close(1),
              Events.open(2, new Block.Opaque()),
              Events.arguments(2, "{}"),
              Events.close(2),
              Events.finish("pause_turn", FinishReason.STOP));
      String expected = String.join("", events.stream().map(Events::sse).toList());
      String all = written(events.toArray(Piece[]::new));
      writer.end(USED, Events.report(USED));
      all += new String(writer.drain(), UTF_8);

      assertThat(all)
          .isEqualTo(expected + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
      assertThat(MessageStream.whole(all).types())
          .containsExactly("thinking", "text", "server_tool_use");
    }

    @Test
    void renumbersBlocksThatDoNotFollow() {
      String all =
          written(
              Events.start(Events.ID),
              Events.open(1, new Block.Text()),
              Events.text(1, "a"),
              Events.close(1),
              Events.open(1, new Block.Text()),
              Events.text(1, "b"),
              STOP);

      assertThat(ended(all).text()).isEqualTo("ab");
    }

    @Test
    void ignoresASecondStart() {
      String all =
          written(
              Events.start(Events.ID),
              Events.open(0, new Block.Text()),
              Events.start("msg_02ABCDEFGHIJKLMNOPQRSTUV"),
              Events.text(0, "a"));

      assertThat(ended(all).text()).isEqualTo("a");
    }

    @Test
    void addsTheUsageThatTheProviderForgot() {
      String all =
          written(
              Events.start(Events.ID),
              Events.event(
                  "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}", STOP));

      assertThat(ended(all).delta().path("usage").path("output_tokens").asInt()).isEqualTo(7);
    }
  }

  @Nested
  class Continued {
    private String cut() {
      return written(
          Events.start(Events.ID), Events.open(0, new Block.Text()), Events.text(0, "Hello w"));
    }

    private void assertContinued(MessageStream stream) {
      assertThat(stream.start().path("id").asString("")).isEqualTo(Events.ID);
      assertThat(stream.types()).containsExactly("text");
      assertThat(stream.text()).isEqualTo("Hello world");
      assertThat(stream.delta().path("usage").path("input_tokens").asInt()).isEqualTo(40);
      assertThat(stream.delta().path("usage").path("output_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void goesOnInTheOpenBlockFromItsOwnFormat() {
      String first = cut();
      writer.comment("continued by b/n");
      resumed(
          Events.start("msg_02ABCDEFGHIJKLMNOPQRSTUV"),
          Events.open(0, new Block.Thinking()),
          Events.thinking(0, "hm"),
          Events.close(0),
          Events.open(1, new Block.Text()));
      writer.resume(Events.text(1, "Hello wor"), "or");
      resumed(Events.text(1, "ld"), Events.close(1), Events.finish("end_turn", FinishReason.STOP));
      MessageStream stream = ended(first);

      assertContinued(stream);
      assertThat(stream.comments()).containsExactly(": continued by b/n");
    }

    @Test
    void goesOnInTheOpenBlockFromAnotherFormat() {
      String first = cut();
      resumed(Events.started(), Piece.Text.of("or"), Piece.Text.of("ld"), STOP);

      assertContinued(ended(first));
    }

    @Test
    void goesOnFromAnotherFormatInItsOwn() {
      String first = written(Events.started(), Piece.Text.of("Hello w"));
      resumed(
          Events.start(Events.ID),
          Events.open(0, new Block.Text()),
          Events.text(0, "orld"),
          Events.finish("end_turn", FinishReason.STOP));
      MessageStream stream = ended(first);

      assertThat(stream.text()).isEqualTo("Hello world");
      assertThat(stream.types()).containsExactly("text");
      assertThat(stream.start().path("id").asString(""))
          .isEqualTo(MessageIds.message(Events.started()));
    }

    @Test
    void closesThinkingThatWasCut() {
      String first =
          written(
              Events.start(Events.ID),
              Events.open(0, new Block.Thinking()),
              Events.thinking(0, "hm"));
      resumed(Events.started(), new Piece.Thinking("\"again\""), Piece.Text.of("Hi"), STOP);
      MessageStream stream = ended(first);

      assertThat(stream.types()).containsExactly("thinking", "text");
      assertThat(stream.blocks().getFirst().content()).isEqualTo("hm");
    }

    @Test
    void writesCallsWithNewNumbers() {
      String first = cut();
      writer.resume(Events.open(0, new Block.Call("c", "look", "")), "orld");
      resumed(
          Events.arguments(0, "{\"a\":"),
          Events.arguments(0, "1}"),
          Events.finish("tool_use", FinishReason.TOOL_CALLS));
      MessageStream stream = ended(first);

      assertThat(stream.text()).isEqualTo("Hello world");
      assertThat(stream.blocks().getLast().content()).isEqualTo("{\"a\":1}");
      assertThat(stream.delta().path("delta").path("stop_reason").asString(""))
          .isEqualTo("tool_use");
    }
  }

  @Test
  void beginsAnewWhenNothingWasSent() {
    written(Events.start(Events.ID), Events.open(0, new Block.Text()));
    writer.startOver();

    MessageStream stream = ended(written(Events.started(), Piece.Text.of("Hi"), STOP));

    assertThat(stream.text()).isEqualTo("Hi");
  }
}
