package com.langdock.reliability.gateway.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.PieceOrder;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Recorded answers of compatible APIs mean the same to clients of every format. */
class RecordedNeutralTest {
  private static final List<String> PROVIDERS =
      List.of(
          "openai",
          "azure",
          "groq",
          "deepseek",
          "openrouter",
          "together",
          "mistral",
          "vllm",
          "xai",
          "llamacpp",
          "ollama");
  private static final TargetRequest FOREIGN = Foreign.of("{\"messages\":[]}", "m", Exchanges.OLD);
  private static final TargetRequest CHAT = Exchanges.of("{\"messages\":[]}", "m", Exchanges.OLD);

  private final OpenAiFormat format = new OpenAiFormat(true);

  private static List<String> recordings(String ending, String word) {
    List<String> names = new ArrayList<>();
    for (String provider : PROVIDERS) {
      for (String name : Recorded.names(provider, ending)) {
        boolean isRequest = name.contains(".request.");
        if (!isRequest && name.contains(word) && !name.contains("legacy-function")) {
          names.add(name);
        }
      }
    }
    assertThat(names).isNotEmpty();
    return names;
  }

  private List<Piece> stream(String name, TargetRequest request) {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request, Replies.head(200));
    SseReader frames = new SseReader(data -> reader.read(data, pieces::add));
    frames.read(Recorded.bytes(name));
    frames.end();
    return pieces;
  }

  private static String text(List<Piece> pieces) {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  private static @Nullable TokenReport tokens(List<Piece> pieces) {
    TokenReport tokens = null;
    for (Piece piece : pieces) {
      TokenReport reported = piece instanceof Piece.Used used ? used.tokens() : piece.reported();
      tokens = reported == null ? tokens : reported;
    }
    return tokens;
  }

  private static long finishes(List<Piece> pieces) {
    return pieces.stream().filter(Piece.Finished.class::isInstance).count();
  }

  @Test
  void streamsHaveLegalPieces() {
    for (String name : recordings(".sse", "stream")) {
      List<Piece> pieces = stream(name, FOREIGN);
      boolean failed = pieces.stream().anyMatch(Piece.Failed.class::isInstance);

      if (!failed) {
        assertThat(PieceOrder.brokenBy(pieces)).as(name).isEmpty();
        assertThat(finishes(pieces)).as(name).isEqualTo(1);
      }
      assertThat(failed).as(name).isEqualTo(name.contains("error"));
    }
  }

  @Test
  void streamsHaveTheTextAndTheUsageOfTheirChunks() {
    for (String name : recordings(".sse", "stream")) {
      List<Piece> chunks = stream(name, CHAT);
      List<Piece> pieces = stream(name, FOREIGN);

      assertThat(text(pieces)).as(name).isEqualTo(text(chunks));
      TokenReport tokens = tokens(chunks);
      if (tokens != null) {
        assertThat(Objects.requireNonNull(tokens(pieces)).usage())
            .as(name)
            .isEqualTo(tokens.usage());
      }
    }
  }

  @Test
  void wholeAnswersHaveLegalPiecesAndTheSameText() {
    for (String name : recordings(".json", "chat-")) {
      WholeAnswer answer = whole(name, FOREIGN);
      List<Piece> pieces = answer.pieces();

      assertThat(answer).as(name).isInstanceOf(WholeAnswer.Neutral.class);
      assertThat(PieceOrder.brokenBy(pieces)).as(name).isEmpty();
      assertThat(finishes(pieces)).as(name).isEqualTo(1);
      WholeAnswer chat = whole(name, CHAT);
      assertThat(text(pieces)).as(name).isEqualTo(text(chat.pieces()));
      assertThat(answer.usage()).as(name).isEqualTo(chat.usage());
    }
  }

  private WholeAnswer whole(String name, TargetRequest request) {
    Decoded decoded = format.readWhole(request, Replies.head(200), Recorded.bytes(name));
    assertThat(decoded).as(name).isInstanceOf(Decoded.Answered.class);
    return ((Decoded.Answered) decoded).answer();
  }

  @Test
  void aCompatibleAnswerOfGoogleKeepsItsSignature() {
    List<Piece> pieces = whole("gemini/openai-compat-tool-call.json", FOREIGN).pieces();

    assertThat(pieces)
        .filteredOn(piece ->
            piece instanceof Piece.Opened(Piece.Block.Call call)
                && call.signature() != null
                && !call.id().isEmpty())
        .hasSize(1);
  }
}
