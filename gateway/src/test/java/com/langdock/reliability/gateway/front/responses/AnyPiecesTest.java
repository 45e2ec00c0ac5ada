package com.langdock.reliability.gateway.front.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.ApiError;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Streams of pieces in any order. */
class AnyPiecesTest {
  private static final List<String> NAMES = List.of("patch", "ns__f", "tool_search", "other");
  private static final List<FinishReason> REASONS = List.of(FinishReason.values());
  private static final ApiError ERROR =
      ApiError.unavailable("provider_error", "Broken.", OptionalLong.empty());

  private final ResponsesWriter writer =
      new ResponsesWriter(
          Responses.request(
              "{'tools':[{'type':'custom','name':'patch'},{'type':'namespace','name':'ns','tools':"
                  + "[{'type':'function','name':'f'}]},"
                  + "{'type':'tool_search','execution':'client'}]}"));

  /** Whatever order pieces come in, the events are in the order that clients accept. */
  @RepeatedTest(300)
  void isLegalForEverySequence(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    StringBuilder all = new StringBuilder();
    int pieces = random.nextInt(30);
    int resumeFrom = random.nextInt(60);
    for (int i = 0; i < pieces; i++) {
      Piece piece = piece(random);
      if (i < resumeFrom) {
        writer.write(piece);
      } else {
        writer.resume(piece, random.nextInt(4) == 0 ? "held " : null);
      }
      if (random.nextInt(10) == 0) {
        writer.comment("still there");
      }
      if (random.nextInt(3) == 0) {
        all.append(new String(writer.drain(), UTF_8));
      }
    }
    if (random.nextInt(4) == 0) {
      all.append(new String(writer.fail(ERROR, "req_1"), UTF_8));
      ResponseStream stream = ResponseStream.of(all.toString());
      assertThat(stream.error().path("code").asString("")).isEqualTo("provider_error");
      assertThat(stream.response().at("/error/code").asString("")).isEqualTo("server_error");
    } else {
      writer.end(new Usage(9, 0, 7), null);
      ResponseStream stream = ResponseStream.whole(all + new String(writer.drain(), UTF_8));
      assertThat(stream.response().at("/usage/total_tokens").asInt()).isEqualTo(16);
    }
  }

  private static Piece piece(Random random) {
    Piece piece =
        switch (random.nextInt(16)) {
          case 0 -> new Piece.Started("chatcmpl-1", "gpt-4", 7);
          case 1, 2, 3, 4 -> new Piece.Opened(block(random));
          case 5, 6, 7 -> Piece.Text.of(random.nextInt(5) == 0 ? "" : "t\"\u2028");
          case 8, 9 -> new Piece.Thinking("\"h\\n\"");
          case 10 -> new Piece.Signed(new Signature(WireFormat.MESSAGES, "s"));
          case 11, 12 -> new Piece.Arguments("\"{\\\"input\\\":\\\"x\\\"}\"");
          case 13, 14 -> new Piece.Closed();
          default ->
              random.nextInt(6) > 0
                  ? new Piece.Ended()
                  : new Piece.Finished(
                      REASONS.get(random.nextInt(REASONS.size())),
                      random.nextBoolean() ? "No." : null);
        };
    return random.nextInt(8) == 0
        ? new Piece.Event("later", new byte[0], Piece.Event.NO_BLOCK, piece, null)
        : piece;
  }

  private static Block block(Random random) {
    Signature signature = new Signature(WireFormat.GEMINI, "s");
    return switch (random.nextInt(5)) {
      case 0 -> new Block.Text();
      case 1 -> new Block.Thinking();
      case 2 -> new Block.Opaque();
      default ->
          new Block.Call(
              "c",
              NAMES.get(random.nextInt(NAMES.size())),
              random.nextBoolean() ? "" : "{}",
              random.nextInt(4) == 0 ? signature : null);
    };
  }
}
