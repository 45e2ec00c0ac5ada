package com.langdock.reliability.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.domain.UsageDetails;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ProviderFormat;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import com.langdock.reliability.gateway.front.chat.ChatWriter;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.anthropic.AnthropicFormat;
import com.langdock.reliability.gateway.provider.gemini.GeminiFormat;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden streams: {@code name.in.sse} is what a provider sends, {@code name.out.sse} what a client
 * that asked for usage gets, {@code name.whole.txt} what the same is as a whole answer. A failure
 * stands at the end as {@code failed: word}. The samples are shaped like recorded ones.
 *
 * <p>{@code mvn test -Dgolden.write=true} writes what comes out now; read the diff.
 */
class GoldenStreamsTest {
  private static final String WITH_USAGE =
      "{\"messages\":[],\"stream_options\":{\"include_usage\":true}}";

  private static final Path ROOT = Path.of("src", "test", "resources", "golden");

  static Stream<Path> streams() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String format : List.of("openai", "anthropic", "gemini")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(format).resolve("stream"))) {
        files.filter(file -> file.toString().endsWith(".in.sse")).sorted().forEach(all::add);
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void reachesTheClientAs(Path in) throws IOException {
    byte[] sent = Files.readAllBytes(in);
    String out = relayed(in, sent, sent.length);
    check(in, ".out.sse", out);
    for (int pieces : new int[] {1, 7, 100}) {
      assertThat(relayed(in, sent, pieces)).as("in pieces of %d", pieces).isEqualTo(out);
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void isAssembledTo(Path in) throws IOException {
    int choices = in.toString().contains("two-choices") ? 2 : 1;
    String told =
        switch (whole(in, choices)) {
          case Decoded.Answered answered -> {
            WholeAnswer.Raw answer = ChatReader.answer(answered);
            yield new String(answer.json(), UTF_8)
                + "\ncontent: "
                + ChatReader.content(answer)
                + "\n"
                + text(answer.usage())
                + "\n";
          }
          case Decoded.Failed failed -> "failed: " + failed.failure().word() + "\n";
        };
    check(in, ".whole.txt", told);
  }

  /** The counts that every answer has, and those behind them only where there are any. */
  private static String text(Usage usage) {
    String counts =
        "Usage[inputTokens=%d, cachedInputTokens=%d, outputTokens=%d]"
            .formatted(usage.inputTokens(), usage.cachedInputTokens(), usage.outputTokens());
    return usage.details().equals(UsageDetails.NONE) ? counts : counts + " " + usage.details();
  }

  /** A whole answer that is made a stream, and assembled again, is the same answer. */
  @ParameterizedTest
  @MethodSource("streams")
  void isTheSameAfterAWayThroughBothForms(Path in) throws IOException {
    int choices = in.toString().contains("two-choices") ? 2 : 1;
    if (!(whole(in, choices) instanceof Decoded.Answered answered)) {
      return;
    }
    WholeAnswer.Raw answer = ChatReader.answer(answered);
    List<Piece> pieces = answered.answer().pieces();
    TokenReport tokens =
        answered.answer() instanceof WholeAnswer.Neutral neutral ? neutral.tokens() : null;
    for (Piece piece : pieces) {
      tokens = piece instanceof Piece.Used used ? used.tokens() : tokens;
    }
    String request = tokens == null ? "{\"messages\":[]}" : WITH_USAGE;
    ChatWriter writer = new ChatWriter(Exchanges.streaming(request).payload());
    pieces.forEach(writer::write);
    writer.end(answer.usage(), tokens);
    Decoded again =
        new OpenAiFormat(true).readWhole(request(choices), Replies.head(200), writer.drain());
    WholeAnswer.Raw second = ChatReader.answer(again);
    assertThat(emptyForNull(ChatReader.content(second)))
        .isEqualTo(emptyForNull(ChatReader.content(answer)));
    assertThat(second.usage()).isEqualTo(answer.usage());
    assertThat(emptyForNull(new String(second.json(), UTF_8)))
        .hasSameSizeAs(emptyForNull(new String(answer.json(), UTF_8)));
  }

  /** A stream begins with an empty content, also where the answer has none. */
  private static String emptyForNull(String json) {
    return json.equals("null") ? "\"\"" : json.replace("\"content\":null", "\"content\":\"\"");
  }

  private static Decoded whole(Path in, int choices) throws IOException {
    return format(in).readWhole(request(choices), Replies.head(200), Files.readAllBytes(in));
  }

  private static String relayed(Path in, byte[] sent, int pieces) {
    ClientStream stream =
        new ClientStream(new ChatWriter(Exchanges.streaming(WITH_USAGE).payload()));
    stream.attempt(new Target("provider", "model"), false);
    Client client = new Client(stream);
    PieceReader reader = format(in).readStream(request(1), Replies.head(200));
    SseReader frames = new SseReader(data -> reader.read(data, client::add));
    for (int at = 0; at < sent.length; at += pieces) {
      frames.read(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + pieces)));
    }
    frames.end();
    return client.end();
  }

  /** What reaches a client, without the rules of when it ends. */
  private static final class Client {
    private final ClientStream stream;
    private @Nullable TokenReport tokens;
    private @Nullable Failure failure;

    Client(ClientStream stream) {
      this.stream = stream;
    }

    void add(Piece piece) {
      switch (piece) {
        case Piece.Used used -> tokens = used.tokens();
        case Piece.Failed failed -> failure = failed.failure();
        case Piece.Ended end -> {}
        case Piece.Raw raw when failure == null -> {
          tokens = raw.tokens() == null ? tokens : raw.tokens();
          stream.add(raw);
        }
        default -> {
          if (failure == null) {
            stream.add(piece);
          }
        }
      }
    }

    String end() {
      if (failure == null) {
        stream.used(tokens == null ? Usage.NONE : tokens.usage(), tokens);
        stream.end();
      }
      String told = new String(stream.take(), UTF_8);
      return failure == null ? told : told + "failed: " + failure.word() + "\n";
    }
  }

  private static ProviderFormat format(Path in) {
    Path format = ROOT.relativize(in).getName(0);
    if (format.endsWith("anthropic")) {
      return new AnthropicFormat();
    }
    return format.endsWith("gemini") ? new GeminiFormat() : new OpenAiFormat(true);
  }

  private static TargetRequest request(int choices) {
    TargetModel model = new TargetModel("model", "upstream-model", Exchanges.OLD);
    Payload payload = Exchanges.request("{\"messages\":[]}").payload();
    AnswerTraits answer = new AnswerTraits(choices, false, false, false, false);
    return new TargetRequest(
        new Exchange("", Exchange.Task.ANSWER, null, null, false, answer, 0, payload), model);
  }

  private static void check(Path in, String ending, String actual) throws IOException {
    Path file = in.resolveSibling(in.getFileName().toString().replace(".in.sse", ending));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
