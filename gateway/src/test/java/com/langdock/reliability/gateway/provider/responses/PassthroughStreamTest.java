package com.langdock.reliability.gateway.provider.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SseReader;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.provider.Recorded;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stream for a client of the Responses API. */
class PassthroughStreamTest {
  private static final String CREATED =
      "{'type':'response.created','sequence_number':0,'response':{'id':'r','model':'gpt-x',"
          + "'created_at':7}}";
  private static final String ADDED =
      "{'type':'response.output_item.added','sequence_number':1,'output_index':0,"
          + "'item':{'id':'i','type':'message'}}";
  private static final String DELTA =
      "{'type':'response.output_text.delta','sequence_number':2,'output_index':0,"
          + "'delta':'one','obfuscation':'x'}";
  private static final String COMPLETED =
      "{'type':'response.completed','sequence_number':5,'response':{'id':'r','model':'gpt-x',"
          + "'output':[],'usage':{'input_tokens':3,'output_tokens':2}}}";

  private final ResponsesFormat format = new ResponsesFormat();
  private final TargetRequest request = Requests.of("{'stream':true}", "gpt-x");

  private List<Piece> read(String... events) {
    PieceReader reader = format.readStream(request, Replies.head(200));
    List<Piece> pieces = new ArrayList<>();
    for (String event : events) {
      reader.read(event.replace('\'', '"').getBytes(UTF_8), pieces::add);
    }
    return pieces;
  }

  private static String bytes(Piece piece) {
    return new String(((Piece.Event) piece).bytes(), UTF_8).replace('"', '\'');
  }

  @Test
  void keepsEventsButForTheModel() {
    List<Piece> pieces = read(CREATED, "{'type':'response.later','x':1}", ADDED, DELTA, COMPLETED);

    assertThat(pieces).hasSize(6);
    assertThat(bytes(pieces.get(0))).isEqualTo(CREATED.replace("gpt-x", "m"));
    assertThat(pieces.get(0).isStart()).isTrue();
    assertThat(bytes(pieces.get(1))).isEqualTo("{'type':'response.later','x':1}");
    assertThat(bytes(pieces.get(3))).isEqualTo(DELTA);
    assertThat(pieces.get(4).finishes()).isOne();
    assertThat(pieces.get(4).reported()).isNotNull();
    assertThat(pieces.get(5)).isEqualTo(new Piece.Ended());
  }

  /** Whether an event was compared with the one before it shows in no way. */
  @Test
  void readsRepeatedDeltas() {
    String second = DELTA.replace("'one'", "'two'").replace(":2,", ":10,").replace("'x'", "'yyy'");
    String other = second.replace("'output_index':0", "'output_index':1");
    List<Piece> pieces = read(CREATED, ADDED, DELTA, second, other, DELTA);

    assertThat(pieces.subList(2, 6))
        .extracting(Piece::text)
        .containsExactly("one", "two", "two", "one");
    assertThat(pieces.subList(2, 6))
        .extracting(piece -> ((Piece.Event) piece).block())
        .containsExactly(0, 0, 1, 0);
    assertThat(bytes(pieces.get(3))).isEqualTo(second);
  }

  @Test
  void tellsTheLimitsThatCodexShows() {
    Map<String, String> sent =
        Map.of("x-codex-primary-used-percent", "40", "openai-organization", "ours");

    assertThat(format.answerHeaders(request, Replies.head(200, sent)))
        .containsExactly(Map.entry("x-codex-primary-used-percent", "40"));
  }

  @Test
  void showsWhatNoOtherTargetCanContinue() {
    String search =
        "{'type':'response.output_item.added','output_index':0,'item':{'type':'web_search_call'}}";
    String refusal = "{'type':'response.refusal.delta','output_index':0,'delta':'No'}";

    assertThat(read(CREATED, search).getLast().content()).isEqualTo(Piece.Content.OTHER);
    assertThat(read(CREATED, ADDED, refusal).getLast().content()).isEqualTo(Piece.Content.OTHER);
  }

  @Test
  void failsWhereTheProviderDoes() {
    String flat = "{'type':'error','code':'server_is_overloaded','message':'busy'}";
    String nested = "{'type':'error','error':{'code':'rate_limit_exceeded','message':'slow'}}";
    String failed =
        "{'type':'response.failed','response':{'error':{'code':'invalid_prompt','message':'no'}}}";

    assertThat(failure(flat)).isInstanceOf(Failure.Overloaded.class);
    assertThat(failure(nested)).isInstanceOf(Failure.RateLimited.class);
    assertThat(failure(failed)).isInstanceOf(Failure.ContentPolicy.class);
    assertThat(failure("{'error':{'message':'x'}}")).isInstanceOf(Failure.ServerError.class);
    assertThat(failure("{'type':")).isInstanceOf(Failure.Unreadable.class);
    assertThat(failure("{'type':'response.cancelled'}")).isInstanceOf(Failure.Broken.class);
  }

  private Failure failure(String event) {
    return ((Piece.Failed) read(CREATED, event).getLast()).failure();
  }

  @Test
  void keepsTheBytesOfEveryRecording() {
    List<String> names = Recorded.names("openai/responses", ".sse");
    names.stream()
        .filter(name -> !name.contains("failed"))
        .forEach(name -> {
          List<String> sent = new ArrayList<>();
          PieceReader reader = format.readStream(request, Replies.head(200));
          List<String> got = new ArrayList<>();
          SseReader frames =
              new SseReader(data -> {
                sent.add(new String(data, UTF_8));
                reader.read(
                    data,
                    piece -> {
                      if (piece instanceof Piece.Event event) {
                        got.add(new String(event.bytes(), UTF_8));
                      }
                    });
              });
          frames.read(Recorded.bytes(name));
          frames.end();
          assertThat(got).as(name).isEqualTo(sent);
        });
  }

  @Test
  void isAWholeAnswerWhereOneWasAskedFor() {
    String done =
        "{'type':'response.output_item.done','output_index':0,'item':{'id':'i','type':'message',"
            + "'content':[{'type':'output_text','text':'one'}]}}";
    String stream = "data: " + String.join("\n\ndata: ", CREATED, ADDED, DELTA, done, COMPLETED);

    assertThat(whole(stream + "\n\n"))
        .isEqualTo(
            "{'id':'r','model':'m','output':[{'id':'i','type':'message',"
                + "'content':[{'type':'output_text','text':'one'}]}],"
                + "'usage':{'input_tokens':3,'output_tokens':2}}");
    assertThat(whole("data: " + CREATED + "\n\n")).isEqualTo("stream_broken");
  }

  private String whole(String body) {
    return switch (format.readWhole(
        request, Replies.head(200), body.replace('\'', '"').getBytes(UTF_8))) {
      case Decoded.Answered answered ->
          new String(((WholeAnswer.Raw) answered.answer()).json(), UTF_8).replace('"', '\'');
      case Decoded.Failed failed -> failed.failure().word();
    };
  }
}
