package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Outgoing;
import com.langdock.reliability.gateway.exchange.Payload;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Replies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The way of a Gemini client's bytes to Gemini and back. */
class PassthroughTest {
  private static final TargetModel OLD =
      new TargetModel("mine", "gemini-2.5-flash", ModelFacts.UNKNOWN);
  private static final TargetModel SIGNS =
      new TargetModel("mine", "gemini-3-flash", GeminiModels.LEVEL);
  private static final String HI = "{'contents':[{'parts':[{'text':'Hi'}]}] }";
  private static final String CALL =
      "{'contents':[{'parts':[{'text':'Hi'}]},{'role':'model','parts':[%s]}]}";

  private final GeminiFormat format = new GeminiFormat();

  private static TargetRequest request(Task task, String json, TargetModel target, int choices) {
    String body = json.replace('\'', '"');
    Payload payload =
        new Payload(
            WireFormat.GEMINI,
            Body.of(body.getBytes(UTF_8)),
            Exchanges.json(body),
            unread -> {
              throw new AssertionError("the meaning was read");
            });
    AnswerTraits traits = new AnswerTraits(choices, false, false, false, false);
    return new TargetRequest(
        new Exchange("mine", task, null, null, false, traits, 3, payload), target);
  }

  private static TargetRequest request(String json, TargetModel target) {
    return request(Task.ANSWER, json, target, 1);
  }

  private Outgoing written(TargetRequest request) {
    return ((Written.Request) format.write(request)).outgoing();
  }

  private String body(TargetRequest request) {
    return new String(written(request).body(), UTF_8).replace('"', '\'');
  }

  @Nested
  class Requests {
    @Test
    void keepTheirBytes() {
      TargetRequest request = request(HI, OLD);

      assertThat(written(request).body()).isSameAs(request.exchange().payload().body().bytes());
      assertThat(written(request).path()).isEqualTo("/models/gemini-2.5-flash:generateContent");
      assertThat(written(request).headers()).isEmpty();
    }

    @Test
    void haveTheTargetsModelAndNoFieldsOfTheGateway() {
      assertThat(body(request("{'model':'models/mine','client_id':'me','contents':[]}", OLD)))
          .isEqualTo("{'model':'models/gemini-2.5-flash','contents':[]}");
    }

    @Test
    void mayCountTokens() {
      TargetRequest request =
          request(
              Task.COUNT_TOKENS,
              "{'generateContentRequest':{'model':'models/mine','contents':[]}}",
              OLD,
              1);

      assertThat(format.supports(request.exchange())).isTrue();
      assertThat(written(request).path()).isEqualTo("/models/gemini-2.5-flash:countTokens");
      assertThat(body(request))
          .isEqualTo(
              "{'generateContentRequest':{'model':'models/gemini-2.5-flash','contents':[]}}");
    }

    @Test
    void mayAskForTheRestOfAnAnswer() {
      TargetRequest request =
          request(
              "{'contents':[{'parts':[{'text':'Hi'}]}],'generationConfig':{'maxOutputTokens':9}}",
              OLD);

      assertThat(body(request.continuing(Continued.of("Hello, you", Continuation.PREFILL))))
          .isEqualTo(
              "{'contents':[{'parts':[{'text':'Hi'}]},"
                  + "{'role':'model','parts':[{'text':'Hello, you'}]}],"
                  + "'generationConfig':{'maxOutputTokens':7}}");
      assertThat(body(request.continuing(Continued.of("Hello", Continuation.INSTRUCTION))))
          .contains("{'role':'user','parts':[{'text':'Your answer above was cut off");
    }

    @Test
    void haveNoSignaturesOfOtherFormats() {
      String foreign = SignatureEnvelope.wrapBase64(new Signature(WireFormat.MESSAGES, "secret"));
      String call = "{'functionCall':{'name':'f'},'thoughtSignature':'" + foreign + "'}";
      String thought = "{'text':'','thought':true,'thoughtSignature':'" + foreign + "'}";

      assertThat(body(request(CALL.formatted(thought + "," + call), OLD)))
          .isEqualTo(CALL.formatted("{'functionCall':{'name':'f'}}"));
      assertThat(body(request(CALL.formatted(thought), OLD)))
          .isEqualTo("{'contents':[{'parts':[{'text':'Hi'}]}]}");
      assertThat(body(request(CALL.formatted(call), SIGNS)))
          .isEqualTo(
              CALL.formatted(
                  "{'functionCall':{'name':'f'},"
                      + "'thoughtSignature':'skip_thought_signature_validator'}"));
    }

    @Test
    void haveAPlaceholderForCallsThatNobodySigned() {
      String calls = "{'functionCall':{'name':'f'}%s},{'functionCall':{'name':'g'}}";
      String placeholder = ",'thoughtSignature':'skip_thought_signature_validator'";

      assertThat(body(request(CALL.formatted(calls.formatted("")), SIGNS)))
          .isEqualTo(CALL.formatted(calls.formatted(placeholder)));
      String own = CALL.formatted(calls.formatted(",'thoughtSignature':'AbC='"));
      assertThat(body(request(own, SIGNS))).isEqualTo(own);
      assertThat(format.hasSignatures(request(own, SIGNS))).isTrue();
      TargetRequest without =
          new TargetRequest(request(own, SIGNS).exchange(), SIGNS, Set.of(), true, null);
      assertThat(body(without)).isEqualTo(CALL.formatted(calls.formatted(placeholder)));
    }
  }

  @Nested
  class Answers {
    private static final String ANSWER =
        "{'candidates':[{'content':{'parts':[%s]}%s}],'usageMetadata':{'promptTokenCount':3,"
            + "'candidatesTokenCount':2,'totalTokenCount':5},'modelVersion':'gemini-2.5-flash'}";
    private static final String STOP = ",'finishReason':'STOP'";

    private Decoded whole(TargetRequest request, String json) {
      return format.readWhole(request, Replies.head(200), bytes(json));
    }

    private static byte[] bytes(String json) {
      return json.replace('\'', '"').getBytes(UTF_8);
    }

    private List<Piece> stream(TargetRequest request, String... events) {
      PieceReader reader = format.readStream(request, Replies.head(200));
      List<Piece> pieces = new ArrayList<>();
      for (String event : events) {
        reader.read(bytes(event), pieces::add);
      }
      return pieces;
    }

    @Test
    void keepTheirBytesButForTheNameOfTheModel() {
      String json = ANSWER.formatted("{'text':'Hello'}", STOP);
      Decoded decoded = whole(request(HI, OLD), json);

      WholeAnswer.Raw raw = (WholeAnswer.Raw) ((Decoded.Answered) decoded).answer();
      assertThat(new String(raw.json(), UTF_8).replace('"', '\''))
          .isEqualTo(json.replace("'gemini-2.5-flash'", "'mine'"));
      assertThat(raw.usage().totalTokens()).isEqualTo(5);
      assertThat(raw.pieces()).anyMatch(Piece.Text.class::isInstance);
    }

    @Test
    void mayBeCounts() {
      Decoded decoded =
          whole(request(Task.COUNT_TOKENS, HI, OLD, 1), "{'totalTokens':61,'later':1}");

      assertThat(((Decoded.Answered) decoded).answer()).isInstanceOf(WholeAnswer.Raw.class);
    }

    @Test
    void thatAreErrorsFail() {
      assertThat(whole(request(HI, OLD), "{'error':{'code':503,'status':'UNAVAILABLE'}}"))
          .isInstanceOf(Decoded.Failed.class);
      assertThat(stream(request(HI, OLD), "{'error':{'code':503,'status':'UNAVAILABLE'}}"))
          .singleElement()
          .isInstanceOf(Piece.Failed.class);
    }

    @Test
    void areRawPiecesWithTheirMeaning() {
      List<Piece> pieces =
          stream(
              request(HI, OLD),
              ANSWER.formatted("{'text':'hm','thought':true}", ""),
              ANSWER.formatted("{'text':'Hello'}", ""),
              ANSWER.formatted("{'functionCall':{'name':'f'}}", ""),
              ANSWER.formatted("{'inlineData':{'data':'AA'}}", ""),
              ANSWER.formatted("{'text':''}", STOP));

      assertThat(pieces.stream().map(Piece::content))
          .containsExactly(
              Piece.Content.THINKING,
              Piece.Content.TEXT,
              Piece.Content.OTHER,
              Piece.Content.OTHER,
              Piece.Content.NONE);
      assertThat(pieces.get(1).text()).isEqualTo("Hello");
      assertThat(pieces.stream().mapToInt(Piece::finishes)).containsExactly(0, 0, 0, 0, 1);
      assertThat(pieces).allMatch(piece -> piece.reported() != null);
      assertThat(new String(((Piece.Raw) pieces.get(1)).bytes(), UTF_8)).contains("\"mine\"");
    }

    @Test
    void mayBlockThePrompt() {
      List<Piece> pieces =
          stream(request(HI, OLD), "{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'}}");

      assertThat(pieces.getFirst().finishes()).isEqualTo(1);
      assertThat(pieces.getFirst().content()).isEqualTo(Piece.Content.OTHER);
    }

    @Test
    void mayHaveSeveralCandidatesThatNobodyElseContinues() {
      List<Piece> pieces =
          stream(
              request(Task.ANSWER, HI, OLD, 2),
              ANSWER.formatted("{'text':'a'}", STOP),
              ANSWER.formatted("{'text':'b'}", STOP));

      assertThat(pieces).allMatch(piece -> piece.content() == Piece.Content.OTHER);
      assertThat(pieces.stream().mapToInt(Piece::finishes).sum()).isEqualTo(2);
    }
  }
}
