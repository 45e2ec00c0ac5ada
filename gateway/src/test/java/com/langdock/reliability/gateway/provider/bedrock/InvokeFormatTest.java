package com.langdock.reliability.gateway.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.AwsFrames;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeFormatTest {
  private static final String MODEL = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
  private static final TargetModel CLAUDE = new TargetModel("claude", MODEL, Exchanges.BUDGET);
  private static final String ASKED = "{\"model\":\"claude\", \"max_tokens\":9,%s\"messages\":[]}";

  private final InvokeFormat format = new InvokeFormat();

  private static TargetRequest request(String more) {
    return Exchanges.ofMessages(ASKED.formatted(more), Map.of(), CLAUDE);
  }

  private Outgoing sent(TargetRequest request) {
    return ((Written.Request) format.write(request)).outgoing();
  }

  private static String text(Outgoing sent) {
    return new String(sent.body(), UTF_8);
  }

  @Test
  void modelAndStreamAreInThePathAndTheVersionInTheBody() {
    Outgoing whole = sent(request(""));
    assertThat(whole.path())
        .isEqualTo("/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/invoke");
    assertThat(text(whole))
        .isEqualTo(
            "{\"max_tokens\":9,\"messages\":[],\"anthropic_version\":\"bedrock-2023-05-31\"}");
    Outgoing stream = sent(request("\"stream\":true,"));
    assertThat(stream.path()).endsWith("/invoke-with-response-stream");
    assertThat(text(stream)).isEqualTo(text(whole));
  }

  @Test
  void betasOfTheHeaderAreInTheBody() {
    TargetRequest request =
        Exchanges.ofMessages(
            ASKED.formatted("\"anthropic_beta\":[\"a\"],"),
            Map.of("anthropic-beta", "a, b", "anthropic-version", "2023-06-01"),
            CLAUDE);
    Outgoing sent = sent(request);
    assertThat(text(sent)).contains("\"anthropic_beta\":[\"a\",\"b\"]");
    assertThat(sent.headers()).isEmpty();
  }

  @Test
  void tokensAreCountedForTheModelItself() {
    TargetRequest request =
        Exchanges.ofMessages(
            Exchange.Task.COUNT_TOKENS,
            "{\"model\":\"claude\",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},"
                + "\"messages\":[]}",
            Map.of(),
            CLAUDE);
    Outgoing sent = sent(request);
    assertThat(sent.path())
        .isEqualTo("/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens");
    String inner =
        text(sent)
            .replaceFirst("\\{\"input\":\\{\"invokeModel\":\\{\"body\":\"", "")
            .replace("\"}}}", "");
    assertThat(new String(Base64.getDecoder().decode(inner), UTF_8))
        .contains("\"anthropic_version\":\"bedrock-2023-05-31\"", "\"max_tokens\":2001");
    Decoded counted =
        format.readWhole(request, Replies.head(200), "{\"inputTokens\":17}".getBytes(UTF_8));
    WholeAnswer.Raw raw = (WholeAnswer.Raw) ((Decoded.Answered) counted).answer();
    assertThat(new String(raw.json(), UTF_8)).isEqualTo("{\"input_tokens\":17}");
  }

  @Test
  void aProfileThatDoesNotNameItsModelIsNotCounted() {
    TargetModel profile =
        new TargetModel(
            "claude",
            "arn:aws:bedrock:eu-west-1:1:application-inference-profile/x",
            Exchanges.BUDGET);
    TargetRequest request =
        Exchanges.ofMessages(Exchange.Task.COUNT_TOKENS, ASKED.formatted(""), Map.of(), profile);
    assertThat(format.write(request)).isInstanceOf(Written.Untranslatable.class);
  }

  private List<Piece> pieces(byte[] stream, int size) {
    TargetRequest request = request("\"stream\":true,");
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request, Replies.head(200));
    FrameReader frames = format.frames(request, frame -> reader.read(frame, pieces::add));
    for (int at = 0; at < stream.length; at += size) {
      frames.read(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
    }
    frames.end();
    return pieces;
  }

  private static byte[] chunk(String event) {
    String bytes = Base64.getEncoder().encodeToString(event.getBytes(UTF_8));
    return AwsFrames.event("chunk", "{\"bytes\":\"" + bytes + "\",\"p\":\"abc\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invoke-stream-claude", "invoke-stream-claude-tool-use"})
  void recordedStreamsAreReadWhereverTheyAreSplit(String name) {
    byte[] stream = Recorded.bytes("bedrock/" + name + ".eventstream");
    List<Piece> whole = pieces(stream, stream.length);
    assertThat(whole).noneMatch(piece -> piece instanceof Piece.Failed);
    assertThat(whole.getLast()).isInstanceOf(Piece.Ended.class);
    assertThat(whole.stream().filter(piece -> piece instanceof Piece.Event).count())
        .isGreaterThan(4);
    for (int size : new int[] {1, 7, 100}) {
      assertThat(pieces(stream, size))
          .usingElementComparator(
              Comparator.comparing(piece -> piece.getClass().getName() + piece.text()))
          .isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "throttlingException, rate_limited",
    "modelStreamErrorException, server_error",
    "internalServerException, server_error",
    "serviceUnavailableException, overloaded",
    "modelTimeoutException, server_error",
  })
  void exceptionsInAStreamAreFailures(String type, String word) {
    List<Piece> pieces = pieces(AwsFrames.exception(type, "{\"message\":\"No.\"}"), 1_000);
    assertThat(pieces)
        .singleElement()
        .satisfies(piece -> assertThat(((Piece.Failed) piece).failure().word()).isEqualTo(word));
  }

  @Test
  void whatCannotBeReadIsAFailure() {
    byte[] damaged = chunk("{\"type\":\"ping\"}");
    damaged[damaged.length - 6] ^= 1;
    for (byte[] stream :
        List.of(
            damaged,
            chunk("no json"),
            AwsFrames.event("chunk", "{\"bytes\":\"%%\"}"),
            AwsFrames.event("chunk", "[]"))) {
      assertThat(pieces(stream, 1_000))
          .singleElement()
          .satisfies(piece ->
              assertThat(((Piece.Failed) piece).failure().word()).isEqualTo("malformed_response"));
    }
    assertThat(pieces(AwsFrames.event("later", "{}"), 1_000)).isEmpty();
  }
}
