package com.langdock.reliability.gateway.provider.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Decoded;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.FrameReader;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.PieceReader;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.WholeAnswer;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import com.langdock.reliability.gateway.front.forward.ForwardFront;
import com.langdock.reliability.gateway.provider.Exchanges;
import com.langdock.reliability.gateway.provider.Recorded;
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
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingFormatTest {
  private static final TargetModel MODEL = new TargetModel("m", "its", Exchanges.OLD);
  private static final String EMBEDDINGS = "/v1/embeddings";

  private final ForwardFront front = new ForwardFront(List.of(new Target("p", "m")));
  private final ForwardingFormat format =
      format(
          WireFormat.EMBEDDINGS,
          WireFormat.COMPLETIONS,
          WireFormat.MODERATIONS,
          WireFormat.IMAGES,
          WireFormat.RERANK);

  private static ForwardingFormat format(WireFormat... served) {
    return new ForwardingFormat(new OpenAiFormat(true), Set.of(served));
  }

  private TargetRequest request(String path, String json, String... omitted) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    Reading reading = front.read(new RequestHead(path, "", Map.of()), Body.of(body), true);
    Exchange exchange = ((Reading.Accepted) reading).exchange();
    return new TargetRequest(exchange, MODEL, Set.of(omitted), false, null);
  }

  private String sent(TargetRequest request) {
    Written written = format.write(request);
    return new String(((Written.Request) written).outgoing().body(), UTF_8);
  }

  private WholeAnswer.Forwarded answer(TargetRequest request, byte[] body) {
    Decoded decoded = format.readWhole(request, Replies.head(200), body);
    return (WholeAnswer.Forwarded) ((Decoded.Answered) decoded).answer();
  }

  private WholeAnswer.Forwarded answer(TargetRequest request, String json) {
    return answer(request, json.replace('\'', '"').getBytes(UTF_8));
  }

  private Failure failure(TargetRequest request, int status, String body) {
    Decoded decoded =
        format.readWhole(request, Replies.head(status), body.replace('\'', '"').getBytes(UTF_8));
    return ((Decoded.Failed) decoded).failure();
  }

  @Test
  void servesWhatItsProviderServes() {
    Exchange embeddings = request(EMBEDDINGS, "{'model':'m','input':'Hi'}").exchange();

    assertThat(format.supports(embeddings)).isTrue();
    assertThat(format().supports(embeddings)).isFalse();
    assertThat(new OpenAiFormat(true).supports(embeddings)).isFalse();
    assertThat(format().supports(Exchanges.request("{}"))).isTrue();
  }

  @Test
  void leavesOtherRequestsToTheProvidersOwnFormat() {
    TargetRequest chat = new TargetRequest(Exchanges.request("{\"model\":\"m\"}"), MODEL);

    assertThat(sent(chat)).isEqualTo("{\"model\":\"its\"}");
  }

  @Nested
  class Embeddings {
    private static final String BASE64 = "{'model':'m','input':'Hi','encoding_format':'base64'}";

    @Test
    void areAskedForAsTheClientDid() {
      TargetRequest request = request(EMBEDDINGS, BASE64);

      assertThat(((Written.Request) format.write(request)).outgoing().path())
          .isEqualTo("/embeddings");
      assertThat(sent(request)).isEqualTo(BASE64.replace("'m'", "'its'").replace('\'', '"'));
    }

    @Test
    void areAskedForInNumbersOfAProviderThatRejectedBase64() {
      assertThat(format.addedFields(request(EMBEDDINGS, BASE64))).contains("encoding_format");
      assertThat(sent(request(EMBEDDINGS, BASE64, "encoding_format")))
          .isEqualTo("{\"model\":\"its\",\"input\":\"Hi\"}");
    }

    @Test
    void ofNumbersAreEncodedForAClientThatWantsBase64() {
      String json =
          "{'object':'list','data':[{'index':0,'embedding':[1.0,-2.5]}],'model':'its',"
              + "'usage':{'prompt_tokens':3,'total_tokens':3}}";

      WholeAnswer.Forwarded answer = answer(request(EMBEDDINGS, BASE64), json);

      assertThat(new String(answer.bytes(), UTF_8))
          .isEqualTo(
              "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":\"AACAPwAAIMA=\"}],"
                  + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}");
      assertThat(answer.usage().inputTokens()).isEqualTo(3);
      assertThat(answer.usage().outputTokens()).isZero();
    }

    @Test
    void withoutUsageAreEstimated() {
      String json = "{'data':[{'embedding':[1]}]}";

      assertThat(answer(request(EMBEDDINGS, "{'model':'m','input':'eight ch'}"), json).usage())
          .extracting(usage -> usage.inputTokens())
          .isEqualTo(2L);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "<html>", "[]", "{}", "{'data':[]}", "{'data':{}}", "{'data':[{'embed"})
    void thatAreNoneAreMalformed(String body) {
      assertThat(failure(request(EMBEDDINGS, BASE64), 200, body).word())
          .isEqualTo("malformed_response");
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limited", "500, server_error", "401, credential_rejected"})
    void thatFailAreClassified(int status, String word) {
      assertThat(failure(request(EMBEDDINGS, BASE64), status, "{'error':{'message':'no'}}").word())
          .isEqualTo(word);
      assertThat(failure(request(EMBEDDINGS, BASE64), 200, "{'error':{'message':'no'}}"))
          .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"embeddings-base64.json", "embeddings/dimensions.json"})
    void thatWereRecordedPassUnchanged(String name) {
      byte[] recorded = Recorded.bytes("openai/" + name);

      WholeAnswer.Forwarded answer = answer(request(EMBEDDINGS, BASE64), recorded);

      assertThat(answer.bytes()).isEqualTo(recorded);
      assertThat(answer.usage().inputTokens()).isPositive();
    }
  }

  @Nested
  class Completions {
    private static final String PATH = "/v1/completions";
    private static final String STREAM = "{'model':'m','prompt':'Once','stream':true}";

    private List<Piece> pieces(byte[] stream) {
      List<Piece> pieces = new ArrayList<>();
      PieceReader reader = format.readStream(request(PATH, STREAM), Replies.head(200));
      FrameReader frames =
          format.frames(request(PATH, STREAM), data -> reader.read(data, pieces::add));
      frames.read(stream);
      frames.end();
      return pieces;
    }

    private List<Piece> pieces(String... events) {
      String stream = "data: " + String.join("\n\ndata: ", events) + "\n\n";
      return pieces(stream.replace('\'', '"').getBytes(UTF_8));
    }

    @Test
    void areAskedForAsTheClientDid() {
      assertThat(sent(request(PATH, "{'prompt':[1,2],'model':'m','x':1.0}")))
          .isEqualTo("{\"prompt\":[1,2],\"model\":\"its\",\"x\":1.0}");
    }

    @Test
    void ofAStreamAreAskedForWithTheirUsage() {
      assertThat(sent(request(PATH, STREAM)))
          .endsWith("\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
      assertThat(format.addedFields(request(PATH, STREAM))).containsExactly("stream_options");
      assertThat(sent(request(PATH, STREAM, "stream_options"))).endsWith("\"stream\":true}");
    }

    @Test
    void goOnFromThePromptAndTheDeliveredText() {
      TargetRequest first =
          request(PATH, "{'model':'m','prompt':'Once','stream':true,'max_tokens':10}");

      String sent = sent(first.continuing(new Continued(" upon a time", Continuation.INSTRUCTION)));

      assertThat(sent).contains("\"prompt\":\"Once upon a time\"", "\"max_tokens\":7");
    }

    @Test
    void areReadAsTheyAre() {
      String chunk = "{'id':'c','model':'its','choices':[{'index':0,'text':'a','logprobs':null}]}";

      List<Piece> pieces =
          pieces(
              chunk,
              chunk.replace("'logprobs'", "'finish_reason':'stop','logprobs'"),
              "{'choices':[],'usage':{'prompt_tokens':2,'completion_tokens':3}}",
              "[DONE]");

      Piece.Raw first = (Piece.Raw) pieces.getFirst();
      assertThat(new String(first.bytes(), UTF_8)).contains("\"model\":\"m\"");
      assertThat(first.text()).isEqualTo("a");
      assertThat(first.content()).isEqualTo(Piece.Content.TEXT);
      assertThat(pieces.get(1).finishes()).isEqualTo(1);
      assertThat(((Piece.Used) pieces.get(2)).tokens().usage().outputTokens()).isEqualTo(3);
      assertThat(pieces.getLast()).isInstanceOf(Piece.Ended.class);
    }

    @Test
    void thatFailInTheStreamAreClassified() {
      assertThat(pieces("{'error':{'message':'no'}}").getFirst()).isInstanceOf(Piece.Failed.class);
      assertThat(pieces("{'choic").getFirst()).isInstanceOf(Piece.Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "suffix", "token-batch"})
    void thatWereRecordedPassUnchanged(String name) {
      byte[] recorded = Recorded.bytes("openai/completions/" + name + ".json");

      WholeAnswer.Forwarded answer =
          answer(request(PATH, "{'model':'m','prompt':'Once'}"), recorded);

      assertThat(answer.bytes()).isEqualTo(recorded);
      assertThat(answer.usage().outputTokens()).isPositive();
    }

    @Test
    void ofARecordedStreamAreWhole() {
      List<Piece> pieces = pieces(Recorded.bytes("openai/completions/stream-usage.sse"));

      assertThat(pieces.stream().mapToInt(Piece::finishes).sum()).isEqualTo(1);
      assertThat(pieces).anyMatch(Piece.Used.class::isInstance);
      assertThat(pieces.getLast()).isInstanceOf(Piece.Ended.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "moderations, input, moderations/moderation.json",
    "images/generations, prompt, images/generation-url.json",
  })
  void passesRecordedAnswersUnchanged(String path, String input, String name) {
    byte[] recorded = Recorded.bytes("openai/" + name);
    TargetRequest request = request("/v1/" + path, "{'model':'m','" + input + "':'a'}");

    assertThat(answer(request, recorded).bytes()).isEqualTo(recorded);
    assertThat(failure(request, 200, "{}").word()).isEqualTo("malformed_response");
  }

  @Test
  void readsTheUsageOfOtherNames() {
    TargetRequest rerank = request("/v1/rerank", "{'model':'m','documents':['a']}");

    assertThat(answer(rerank, "{'results':[{}],'usage':{'total_tokens':7}}").usage())
        .isEqualTo(new Usage(7, 0, 0));
    assertThat(
            answer(rerank, "{'results':[{}],'usage':{'input_tokens':3,'output_tokens':4}}").usage())
        .isEqualTo(new Usage(3, 0, 4));
  }
}
