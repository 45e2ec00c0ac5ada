package com.langdock.reliability.gateway.front.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.FinishReason;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.Piece.Block;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class GeminiWriterTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Piece.Started STARTED = new Piece.Started("id1", "gpt-4", 0);
  private static final Usage USAGE = new Usage(9, 4, 7);

  private final GeminiWriter writer =
      new GeminiWriter(Requests.showingThoughts(), new ResponseFrames.Events());

  private static String told(GeminiWriter writer) {
    return new String(writer.drain(), UTF_8);
  }

  /** Reads events as Google's clients do, which know no other lines. */
  private static List<JsonNode> responses(String events) {
    return Arrays.stream(events.split("\n\n"))
        .filter(event -> !event.isBlank())
        .map(event -> {
          assertThat(event).startsWith("data: {").doesNotContain("\n");
          return JSON.readTree(event.substring("data: ".length()));
        })
        .toList();
  }

  private List<JsonNode> write(Piece... pieces) {
    for (Piece piece : pieces) {
      writer.write(piece);
    }
    writer.end(USAGE, null);
    return responses(told(writer));
  }

  private static String part(JsonNode response) {
    return response.at("/candidates/0/content/parts/0").toString();
  }

  @Test
  void writesEachPieceAsAResponse() {
    List<JsonNode> told =
        write(
            STARTED,
            Piece.Text.of("He"),
            Piece.Text.of("llo"),
            new Piece.Finished(FinishReason.LENGTH, null));

    assertThat(told).hasSize(3);
    assertThat(told.getFirst().toString())
        .isEqualTo(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"He\"}],\"role\":\"model\"},"
                + "\"index\":0}],\"modelVersion\":\"gpt-4\",\"responseId\":\"id1\"}");
    assertThat(told.getLast().at("/candidates/0/finishReason").asString()).isEqualTo("MAX_TOKENS");
    assertThat(told.getLast().path("usageMetadata").toString())
        .isEqualTo(
            "{\"promptTokenCount\":9,\"cachedContentTokenCount\":4,\"candidatesTokenCount\":7,"
                + "\"totalTokenCount\":16}");
  }

  @Test
  void writesACallOnceItsArgumentsAreWhole() {
    List<JsonNode> told =
        write(
            STARTED,
            new Piece.Opened(new Block.Call("c1", "f", "")),
            new Piece.Arguments("\"{\\\"a\\\":\""),
            new Piece.Arguments("\"1}\""),
            new Piece.Closed(),
            new Piece.Opened(new Block.Call("c2", "g", "", new Signature(WireFormat.CHAT, "s"))),
            new Piece.Arguments("\"broken\""),
            new Piece.Finished(FinishReason.TOOL_CALLS, null));

    assertThat(part(told.getFirst()))
        .isEqualTo("{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{\"a\":1}}}");
    assertThat(part(told.get(1)))
        .contains("\"args\":{\"_raw\":\"broken\"}")
        .contains(SignatureEnvelope.wrapBase64(new Signature(WireFormat.CHAT, "s")));
    assertThat(told.getLast().at("/candidates/0/finishReason").asString()).isEqualTo("STOP");
  }

  @Test
  void showsThoughtsToThoseWhoAskForThem() {
    Piece[] pieces = {
      STARTED,
      new Piece.Opened(new Block.Thinking()),
      new Piece.Thinking("\"hm\""),
      new Piece.Signed(new Signature(WireFormat.MESSAGES, "s")),
      new Piece.Closed(),
      Piece.Text.of("Hi"),
      new Piece.Finished(FinishReason.STOP, null)
    };
    List<JsonNode> told = write(pieces);

    assertThat(part(told.getFirst())).isEqualTo("{\"text\":\"hm\",\"thought\":true}");
    assertThat(part(told.get(1)))
        .startsWith("{\"text\":\"\",\"thought\":true,\"thoughtSignature\"");

    GeminiWriter other = new GeminiWriter(Requests.plain(), new ResponseFrames.Events());
    for (Piece piece : pieces) {
      other.write(piece);
    }
    other.end(USAGE, null);
    assertThat(told(other)).doesNotContain("thought").contains("\"Hi\"");
  }

  @Test
  void saysWhyTheModelRefused() {
    List<JsonNode> told = write(STARTED, new Piece.Finished(FinishReason.STOP, "Not that."));

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().at("/candidates/0/finishReason").asString()).isEqualTo("SAFETY");
    assertThat(told.getFirst().at("/candidates/0/finishMessage").asString()).isEqualTo("Not that.");
  }

  @Test
  void passesTheProvidersOwnResponsesUnchanged() {
    Piece.Raw text = Requests.rawText("Hi");
    Piece.Raw end = Requests.rawEnd();
    writer.write(text);
    writer.write(end);
    writer.end(USAGE, null);

    assertThat(told(writer))
        .isEqualTo(
            "data: %s\n\ndata: %s\n\n"
                .formatted(new String(text.bytes(), UTF_8), new String(end.bytes(), UTF_8)));
  }

  @Test
  void goesOnUnderTheIdOfTheProvidersOwnStream() {
    writer.write(Requests.rawText("Hel"));
    writer.resume(STARTED, null);
    writer.resume(Piece.Text.of("Hello"), "lo");
    writer.resume(new Piece.Finished(FinishReason.STOP, null), null);
    writer.end(USAGE, null);

    List<JsonNode> told = responses(told(writer));
    assertThat(told).hasSize(3);
    assertThat(told).allMatch(response -> response.path("responseId").asString().equals("r1"));
    assertThat(part(told.get(1))).isEqualTo("{\"text\":\"lo\"}");
    assertThat(told.getLast().at("/usageMetadata/totalTokenCount").asInt()).isEqualTo(16);
  }

  @Test
  void goesOnWithTheProvidersOwnResponsesUnderTheIdOfTheStream() {
    writer.write(STARTED);
    writer.write(Piece.Text.of("Hel"));
    writer.resume(Requests.rawText("lo"), null);
    writer.resume(Requests.raw("{'content':{'parts':[{'functionCall':{'name':'f'}}]}}", ""), null);
    writer.resume(Requests.rawEnd(), null);
    writer.end(USAGE, null);

    List<JsonNode> told = responses(told(writer));
    assertThat(told).allMatch(response -> response.path("responseId").asString().equals("id1"));
    assertThat(told).hasSize(4);
    assertThat(part(told.get(2))).isEqualTo("{\"functionCall\":{\"name\":\"f\"}}");
    assertThat(told.getLast().at("/candidates/0/finishReason").asString()).isEqualTo("MAX_TOKENS");
  }

  @Test
  void hasNoComments() {
    writer.comment("continued by p/m");

    assertThat(writer.pending()).isZero();
    assertThat(writer.keepAlive()).containsExactly('\n');
  }

  @Test
  void isAnArrayWithoutEvents() {
    GeminiWriter array = new GeminiWriter(Requests.plain(), new ResponseFrames.Elements());
    array.write(Piece.Text.of("lost"));
    array.startOver();
    array.write(STARTED);
    array.write(Piece.Text.of("Hi"));
    String first = told(array);
    array.end(USAGE, null);

    assertThat(array.contentType()).isEqualTo("application/json");
    assertThat(JSON.readTree(first + told(array))).hasSize(2);
    assertThat(first).doesNotContain("lost");
  }

  @Test
  void endsAnArrayInAnError() {
    GeminiWriter empty = new GeminiWriter(Requests.plain(), new ResponseFrames.Elements());
    GeminiWriter begun = new GeminiWriter(Requests.plain(), new ResponseFrames.Elements());
    begun.write(Piece.Text.of("Hi"));
    String first = told(begun);
    byte[] error = "{\"error\":{}}".getBytes(UTF_8);

    assertThat(new String(empty.error(error), UTF_8)).isEqualTo("[{\"error\":{}}]");
    assertThat(JSON.readTree(first + new String(begun.error(error), UTF_8))).hasSize(2);
  }

  /** Whatever order pieces come in, clients can read the responses. */
  @RepeatedTest(100)
  void isLegalForEverySequence(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    StringBuilder all = new StringBuilder();
    int resumeFrom = random.nextInt(40);
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      if (i < resumeFrom) {
        writer.write(piece(random));
      } else {
        writer.resume(piece(random), random.nextInt(4) == 0 ? "held " : null);
      }
      if (random.nextInt(3) == 0) {
        all.append(told(writer));
      }
    }
    writer.end(USAGE, null);
    List<JsonNode> told = responses(all + told(writer));

    assertThat(told).isNotEmpty();
    assertThat(told.stream().map(response -> response.path("responseId").asString("")).distinct())
        .hasSizeLessThanOrEqualTo(2); // none before the provider's own
  }

  private static Piece piece(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> STARTED;
      case 1 -> new Piece.Opened(new Block.Text());
      case 2 -> new Piece.Opened(new Block.Thinking());
      case 3 -> new Piece.Opened(new Block.Call("c", "n", random.nextBoolean() ? "" : "{}"));
      case 4 -> new Piece.Opened(new Block.Opaque());
      case 5 -> Piece.Text.of("t");
      case 6 -> new Piece.Thinking("\"h\"");
      case 7 -> new Piece.Signed(new Signature(WireFormat.GEMINI, "s"));
      case 8 -> new Piece.Arguments("\"{}\"");
      case 9 -> new Piece.Closed();
      case 10 -> Requests.rawText("r");
      default ->
          random.nextInt(6) > 0
              ? Requests.rawText("")
              : new Piece.Finished(FinishReason.STOP, null);
    };
  }

  @Test
  void readsAResponseWithoutItsFieldsAsEmpty() {
    OwnResponse response = new OwnResponse(Exchanges.json("{}"));

    assertThat(response.id()).isEmpty();
    assertThat(response.calls()).isEmpty();
    assertThat(response.finished()).isNull();
  }
}
