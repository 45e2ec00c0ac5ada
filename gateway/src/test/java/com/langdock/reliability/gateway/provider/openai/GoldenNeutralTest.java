package com.langdock.reliability.gateway.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Foreign;
import com.langdock.reliability.gateway.provider.Golden;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files for clients of other formats. The requests are chat requests that such a client
 * might have meant; the answers and streams are those of the folders for chat clients, and {@code
 * neutral} has their pieces.
 */
class GoldenNeutralTest {
  private static final Path STREAMS =
      Path.of("src", "test", "resources", "golden", "openai", "stream");
  private static final Map<String, ModelFacts> FACTS =
      Map.of("old", Exchanges.OLD, "effort", Exchanges.EFFORT);

  private final TargetRequest foreign = Foreign.of("{\"messages\":[]}", "model", Exchanges.OLD);
  private final OpenAiFormat format = new OpenAiFormat(true);

  static List<String> requests() {
    return Golden.cases("openai/request");
  }

  static List<String> answers() {
    return Golden.cases("openai/answer");
  }

  static List<Path> streams() throws IOException {
    try (Stream<Path> files = Files.list(STREAMS)) {
      return files.filter(file -> file.toString().endsWith(".in.sse")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestIsWritten(String name) {
    JsonValue in = Exchanges.json(new String(Golden.input(name), UTF_8));
    String request = Objects.requireNonNull(JsonFields.object(in, "request")).raw();
    ModelFacts facts = Objects.requireNonNull(FACTS.get(JsonFields.text(in, "facts")));

    Written written = format.write(Foreign.of(request, "gpt-5.1", facts));

    assertThat(written).isInstanceOf(Written.Request.class);
    Golden.check(name, ((Written.Request) written).outgoing().body());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answerIsRead(String name) {
    Decoded decoded = format.readWhole(foreign, Replies.head(200), Golden.input(name));

    assertThat(decoded).isInstanceOf(Decoded.Answered.class);
    WholeAnswer answer = ((Decoded.Answered) decoded).answer();
    List<String> lines = new ArrayList<>(lines(answer.pieces()));
    lines.add(answer.usage().toString());
    check(name.substring(name.lastIndexOf('/') + 1), lines);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void streamIsRead(Path in) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(foreign, Replies.head(200));
    SseReader frames = new SseReader(data -> reader.read(data, pieces::add));
    frames.read(Files.readAllBytes(in));
    frames.end();

    check("stream-" + in.getFileName().toString().replace(".in.sse", ""), lines(pieces));
  }

  private static List<String> lines(List<Piece> pieces) {
    return pieces.stream().map(GoldenNeutralTest::line).toList();
  }

  private static String line(Piece piece) {
    return piece instanceof Piece.Failed failed
        ? "Failed[" + failed.failure().word() + "]"
        : piece.toString();
  }

  private static void check(String name, List<String> lines) {
    String json = lines.stream().map(JsonText::quote).collect(Collectors.joining(",", "[", "]"));
    Golden.check("openai/neutral/" + name, json.getBytes(UTF_8));
  }
}
