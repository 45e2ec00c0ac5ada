package com.langdock.reliability.gateway.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream for a client of the Messages API. Golden files: {@code name.in.sse} is what a provider
 * sends, {@code name.pieces.txt} what is read, {@code name.whole.json} the same as one message.
 *
 * <p>{@code mvn test -Dgolden.write=true} writes what comes out now; read the diff.
 */
class PassthroughStreamTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "golden", "anthropic", "passthrough");
  private static final TargetModel TARGET = new TargetModel("m", "claude-x", Exchanges.OLD);
  private static final String START =
      "{'type':'message_start','message':{'id':'a','model':'claude-x','usage':{}}}";

  private final AnthropicFormat format = new AnthropicFormat();
  private final TargetRequest request = Exchanges.ofMessages("{\"stream\":true}", Map.of(), TARGET);

  static List<Path> golden() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files.filter(file -> file.toString().endsWith(".in.sse")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void isRead(Path in) throws IOException {
    StringBuilder told = new StringBuilder();
    for (Piece piece : read(Files.readAllBytes(in))) {
      told.append(piece instanceof Piece.Event event ? text(event) : piece).append('\n');
    }
    check(in, ".pieces.txt", told.toString());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void isAssembled(Path in) throws IOException {
    String whole =
        switch (format.readWhole(request, Replies.head(200), Files.readAllBytes(in))) {
          case Decoded.Answered answered ->
              new String(((WholeAnswer.Raw) answered.answer()).json(), UTF_8);
          case Decoded.Failed failed -> "failed: " + failed.failure().word();
        };
    check(in, ".whole.json", whole + "\n");
  }

  @Test
  void keepsTheBytesOfEveryRecording() {
    List<String> names = new ArrayList<>(Recorded.names("anthropic", ".sse"));
    names.addAll(Recorded.names("anthropic/messages", ".sse"));

    assertThat(names)
        .hasSizeGreaterThan(15)
        .allSatisfy(name -> {
          List<String> sent = new ArrayList<>();
          byte[] stream = Recorded.bytes(name);
          SseReader frames = new SseReader(data -> sent.add(new String(data, UTF_8)));
          frames.read(stream);
          frames.end();
          sent.removeIf(data -> data.contains("\"message_stop\""));
          List<String> got = new ArrayList<>();
          for (Piece piece : read(stream)) {
            if (piece instanceof Piece.Event event) {
              got.add(new String(event.bytes(), UTF_8));
            }
          }
          assertThat(got).isEqualTo(sent);
        });
  }

  /** The SDK's fixture that is cut inside a tool's input cannot become a message. */
  @Test
  void everyRecordingCanBeAssembled() {
    List<String> names = new ArrayList<>(Recorded.names("anthropic", ".sse"));
    names.addAll(Recorded.names("anthropic/messages", ".sse"));
    names.removeIf(name -> name.contains("incomplete-partial-json"));

    assertThat(names)
        .allSatisfy(name ->
            assertThat(format.readWhole(request, Replies.head(200), Recorded.bytes(name)))
                .isInstanceOf(Decoded.Answered.class));
  }

  @Test
  void hasTheClientsNameOfTheModelInItsStartOnly() {
    Piece.Event start = (Piece.Event) read(START).getFirst();

    assertThat(start.bytes()).asString(UTF_8).isEqualTo(json(START.replace("claude-x", "m")));
    assertThat(start.meaning()).isInstanceOf(Piece.Started.class);
  }

  @Test
  void startsOnlyOnce() {
    assertThat(read(START, START)).hasSize(2).last().isInstanceOf(Piece.Used.class);
    assertThat(read(START, START.replace("'a'", "'b'"))).last().isInstanceOf(Piece.Failed.class);
  }

  @Test
  void cannotBeContinuedByOthersInsideABlockThatOnlyThisFormatHas() {
    List<Piece> pieces =
        read(
            START,
            "{'type':'content_block_start','content_block':{'type':'server_tool_use'}}",
            "{'type':'content_block_delta','delta':{'type':'input_json_delta',"
                + "'partial_json':'{'}}",
            "{'type':'content_block_delta','delta':{'type':'invented_delta'}}");

    assertThat(pieces.subList(1, 4)).extracting(Piece::content).containsOnly(Piece.Content.OTHER);
  }

  @Test
  void cannotBeContinuedIfABlockBeginsWithText() {
    String block = "{'type':'content_block_start','content_block':{'type':'text','text':'a'}}";

    assertThat(read(START, block).getLast().content()).isEqualTo(Piece.Content.OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'content_block_start','content_block':{'type':'text','text':''}}",
        "{'typ':1}x",
        "[1]"
      })
  void failsIfItDoesNotBegin(String event) {
    assertThat(read(event))
        .singleElement()
        .isEqualTo(new Piece.Failed(new Failure.Unreadable(Failure.Unreadable.Why.NOT_JSON, 200)));
  }

  @Test
  void skipsEventsWithoutAUsableName() {
    assertThat(read("{}", "null", "{'type':'a\\nb'}", "{'type':''}")).isEmpty();
  }

  private static String text(Piece.Event event) {
    return event.name()
        + " "
        + new String(event.bytes(), UTF_8)
        + "\n  "
        + event.meaning()
        + (event.tokens() == null ? "" : " " + event.tokens().usage());
  }

  private static String json(String event) {
    return event.replace('\'', '"');
  }

  private List<Piece> read(String... events) {
    PieceReader reader = format.readStream(request, Replies.head(200));
    List<Piece> pieces = new ArrayList<>();
    for (String event : events) {
      reader.read(json(event).getBytes(UTF_8), pieces::add);
    }
    return pieces;
  }

  private List<Piece> read(byte[] stream) {
    PieceReader reader = format.readStream(request, Replies.head(200));
    List<Piece> pieces = new ArrayList<>();
    SseReader frames = new SseReader(data -> reader.read(data, pieces::add));
    frames.read(stream);
    frames.end();
    return pieces;
  }

  private static void check(Path in, String ending, String actual) throws IOException {
    Path file = in.resolveSibling(in.getFileName().toString().replace(".in.sse", ending));
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
