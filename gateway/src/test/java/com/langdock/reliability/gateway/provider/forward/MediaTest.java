package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.EventStreams;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.ReplyHead;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.TokenReport;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.forward.ForwardFront;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import com.langdock.reliability.gateway.provider.openai.OpenAiFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Speech, transcriptions and images. */
class MediaTest {
  private static final String FORM = "multipart/form-data; boundary=b";

  private final ForwardFront front = new ForwardFront(List.of(new Target("p", "m")));
  private final ForwardingFormat format =
      new ForwardingFormat(
          new OpenAiFormat(true),
          Set.of(WireFormat.SPEECH, WireFormat.TRANSCRIPTIONS, WireFormat.IMAGES));

  private TargetRequest request(String path, String type, String body) {
    RequestHead head = new RequestHead(path, "", Map.of("content-type", type));
    Reading reading = front.read(head, Body.of(body.getBytes(UTF_8)), true);
    Exchange exchange = ((Reading.Accepted) reading).exchange();
    return new TargetRequest(exchange, new TargetModel("m", "its", Exchanges.OLD));
  }

  private TargetRequest json(String path, String more) {
    String body = "{'model':'m','input':'Hi','prompt':'Hi'" + more + "}";
    return request(path, "application/json", body.replace('\'', '"'));
  }

  private TargetRequest form(String... fields) {
    StringBuilder body = new StringBuilder();
    body.append("--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nx\r\n");
    body.append("--b\r\nContent-Disposition: form-data; name=model\r\n\r\nm\r\n");
    for (String field : fields) {
      String[] pair = field.split("=");
      body.append("--b\r\nContent-Disposition: form-data; name=").append(pair[0]);
      body.append("\r\n\r\n").append(pair[1]).append("\r\n");
    }
    return request("/v1/audio/transcriptions", FORM, body + "--b--\r\n");
  }

  private static ReplyHead head(String type) {
    return Replies.head(200, Map.of("content-type", type));
  }

  private List<Piece> stream(TargetRequest request, ReplyHead head, String... bytes) {
    List<Piece> pieces = new ArrayList<>();
    PieceReader reader = format.readStream(request, head);
    FrameReader frames = format.frames(request, frame -> reader.read(frame, pieces::add));
    for (String piece : bytes) {
      assertThat(frames.read(piece.getBytes(UTF_8))).isTrue();
    }
    frames.end();
    return pieces;
  }

  private WholeAnswer answer(TargetRequest request, ReplyHead head, String body) {
    Decoded decoded = format.readWhole(request, head, body.replace('\'', '"').getBytes(UTF_8));
    return ((Decoded.Answered) decoded).answer();
  }

  private Failure failure(TargetRequest request, ReplyHead head, String body) {
    Decoded decoded = format.readWhole(request, head, body.replace('\'', '"').getBytes(UTF_8));
    return ((Decoded.Failed) decoded).failure();
  }

  @Nested
  class Speech {
    private final TargetRequest request = json("/v1/audio/speech", "");

    @Test
    void passesTheBytesOfAFileWithItsType() {
      ReplyHead mp3 = head("audio/mpeg");

      List<Piece> pieces = stream(request, mp3, "{a", "<b");

      assertThat(format.shape(request, "{a".getBytes(UTF_8))).isEqualTo(EventStreams.Shape.EVENTS);
      assertThat(format.contentType(request, mp3)).isEqualTo("audio/mpeg");
      assertThat(pieces).hasSize(3).allMatch(Piece.Raw.class::isInstance);
      assertThat(pieces).extracting(Piece::finishes).containsExactly(0, 0, 1);
    }

    @Test
    void isNoFileThatSaysItIsAText() {
      String error = "{\"error\":{\"message\":\"Overloaded\",\"code\":\"server_overloaded\"}}";

      assertThat(stream(request, head("application/json"), error).getFirst())
          .isInstanceOf(Piece.Failed.class);
      assertThat(stream(request, head("text/html; charset=x"), "<html>").getFirst())
          .isInstanceOf(Piece.Failed.class);
      assertThat(failure(request, head("audio/mpeg"), "")).isInstanceOf(Failure.Unreadable.class);
      assertThat(failure(request, Replies.head(429), "{'error':{'message':'slow'}}"))
          .isInstanceOf(Failure.RateLimited.class);
    }

    @Test
    void isWholeInEventsAfterTheLastOne() {
      TargetRequest events = json("/v1/audio/speech", ",'stream_format':'sse'");
      String delta = "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AA==\"}\n\n";
      String done =
          "data: {\"type\":\"speech.audio.done\",\"usage\":"
              + "{\"input_tokens\":3,\"output_tokens\":5}}\n\n";

      List<Piece> pieces = stream(events, head("text/event-stream"), delta + done);

      assertThat(format.contentType(events, head("text/event-stream"))).isNull();
      assertThat(pieces).hasSize(3);
      assertThat(pieces.get(0).content()).isEqualTo(Piece.Content.OTHER);
      assertThat(pieces.get(1).finishes()).isOne();
      TokenReport report = pieces.get(1).reported();
      assertThat(report == null ? null : report.usage()).isEqualTo(new Usage(3, 0, 5));
      assertThat(pieces.get(2)).isInstanceOf(Piece.Ended.class);
    }
  }

  @Nested
  class Transcriptions {
    @Test
    void areSentAsTheFormThatTheClientSent() {
      TargetRequest request = form("language=en");

      Outgoing outgoing = ((Written.Request) format.write(request)).outgoing();

      assertThat(outgoing.headers()).isEqualTo(Map.of("content-type", FORM));
      assertThat(outgoing.path()).isEqualTo("/audio/transcriptions");
      assertThat(new String(outgoing.body(), UTF_8))
          .contains("name=model\r\n\r\nits\r\n", "name=language\r\n\r\nen");
    }

    @Test
    void inJsonKeepTheirBytesAndHaveTheirUsage() {
      String body =
          "{'text':'Hello','usage':{'type':'tokens','input_tokens':14,'output_tokens':45}}";

      WholeAnswer answer = answer(form(), head("application/json"), body);

      assertThat(((WholeAnswer.Forwarded) answer).bytes())
          .asString(UTF_8)
          .isEqualTo(body.replace('\'', '"'));
      assertThat(answer.usage()).isEqualTo(new Usage(14, 0, 45));
    }

    @ParameterizedTest
    @CsvSource({"text, text/plain", "srt, text/plain", "vtt, text/vtt; charset=utf-8"})
    void inTextKeepTheirBytesAndTheirType(String format, String type) {
      TargetRequest request = form("response_format=" + format);

      WholeAnswer answer = answer(request, head(type), "Hello\n");

      assertThat(((WholeAnswer.Forwarded) answer).bytes()).asString(UTF_8).isEqualTo("Hello\n");
      assertThat(MediaTest.this.format.contentType(request, head(type))).isEqualTo(type);
    }

    @Test
    void areNotWhatSomethingInBetweenSays() {
      TargetRequest text = form("response_format=text");

      assertThat(failure(text, head("text/html"), "<html>")).isInstanceOf(Failure.Unreadable.class);
      assertThat(failure(form(), head("text/plain"), "Hello"))
          .isInstanceOf(Failure.Unreadable.class);
      assertThat(failure(form(), head("application/json"), "{'a':1}"))
          .isInstanceOf(Failure.Unreadable.class);
      assertThat(failure(text, head("application/json"), "{'error':{'message':'no'}}"))
          .isInstanceOf(Failure.ServerError.class);
    }

    @Test
    void ofAProviderThatDoesNotStreamAreTheLastEvent() {
      WholeAnswer json = answer(form("stream=true"), head("application/json"), "{'text':'Hello'}");
      WholeAnswer text =
          answer(form("stream=true", "response_format=text"), head("text/plain"), "Hello");

      for (WholeAnswer answer : List.of(json, text)) {
        Piece.Event event = (Piece.Event) answer.pieces().getFirst();
        assertThat(event.name()).isEqualTo("transcript.text.done");
        assertThat(event.finishes()).isOne();
        assertThat(new String(event.bytes(), UTF_8))
            .contains("\"type\":\"transcript.text.done\"", "\"text\":\"Hello\"");
      }
    }

    @Test
    void thatBreakOffHaveNoEnd() {
      String delta = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"a\"}\n\n";

      List<Piece> pieces = stream(form("stream=true"), head("text/event-stream"), delta);

      assertThat(pieces).extracting(Piece::finishes).containsOnly(0);
    }
  }

  @Nested
  class Images {
    private final TargetRequest request = json("/v1/images/generations", ",'stream':true,'n':2");

    @Test
    void ofAProviderThatDoesNotStreamAreTheLastEvents() {
      WholeAnswer answer =
          answer(
              request,
              head("application/json"),
              "{'created':7,'data':[{'b64_json':'AA=='},{'url':'u'}],'usage':{'input_tokens':1,"
                  + "'output_tokens':2}}");

      assertThat(answer.pieces())
          .extracting(piece -> new String(((Piece.Event) piece).bytes(), UTF_8))
          .containsExactly(
              "{\"type\":\"image_generation.completed\",\"created_at\":7,\"b64_json\":\"AA==\"}",
              "{\"type\":\"image_generation.completed\",\"created_at\":7,\"url\":\"u\","
                  + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}");
    }

    @Test
    void areFailedByAnErrorAmongTheEvents() {
      String error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"no\"}}\n\n";

      assertThat(stream(request, head("text/event-stream"), error).getFirst())
          .isInstanceOf(Piece.Failed.class);
      assertThat(stream(request, head("text/event-stream"), "data: {\n\n").getFirst())
          .isInstanceOf(Piece.Failed.class);
    }
  }
}
