package com.langdock.reliability.gateway.front.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.WireFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Streams of pieces in any order. */
class AnyPiecesTest {
  private final MessagesWriter writer = new MessagesWriter(Events.request(12));

  /** Whatever order pieces come in, the events are in the order that clients accept. */
  @RepeatedTest(200)
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
    writer.end(new Usage(9, 0, 7), null);
    MessageStream stream = MessageStream.whole(all + new String(writer.drain(), UTF_8));
    assertThat(stream.delta().path("usage").path("output_tokens").asInt()).isEqualTo(7);
  }

  private static Piece piece(Random random) {
    int index = random.nextInt(3);
    Block block =
        switch (random.nextInt(4)) {
          case 0 -> new Block.Text();
          case 1 -> new Block.Thinking();
          case 2 -> new Block.Opaque();
          default -> new Block.Call("c", "n", random.nextBoolean() ? "" : "{}");
        };
    return switch (random.nextInt(18)) {
      case 0 -> Events.started();
      case 1 -> Events.start(Events.ID);
      case 2 -> new Piece.Opened(block);
      case 3, 4, 5 -> Events.open(index, block);
      case 6 -> Piece.Text.of("t");
      case 7, 8 -> Events.text(index, "t");
      case 9 -> new Piece.Thinking("\"h\"");
      case 10 -> Events.thinking(index, "h");
      case 11 -> new Piece.Signed(new Signature(WireFormat.MESSAGES, "s"));
      case 12 -> Events.signed(index, "s");
      case 13 -> new Piece.Arguments("\"{}\"");
      case 14 -> Events.arguments(index, "{}");
      case 15 -> random.nextBoolean() ? new Piece.Closed() : Events.close(index);
      case 16 -> Events.ping();
      default ->
          random.nextInt(6) > 0
              ? Events.ownDelta(index)
              : Events.finish("end_turn", FinishReason.STOP);
    };
  }
}
