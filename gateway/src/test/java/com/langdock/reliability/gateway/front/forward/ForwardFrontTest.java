package com.langdock.reliability.gateway.front.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.ClientWriter;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.Exchange.Task;
import com.langdock.reliability.gateway.exchange.Piece;
import com.langdock.reliability.gateway.exchange.WireFormat;
import com.langdock.reliability.gateway.front.ApiError;
import com.langdock.reliability.gateway.front.Front;
import com.langdock.reliability.gateway.front.Front.Reading;
import com.langdock.reliability.gateway.front.RequestHead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardFrontTest {
  private static final String FORM = "multipart/form-data; boundary=b";
  private static final Map<String, String> NONE = Map.of();

  private final ForwardFront front = new ForwardFront(List.of(new Target("p", "m")));

  private Reading read(String path, String json) {
    byte[] body = json.replace('\'', '"').getBytes(UTF_8);
    return front.read(new RequestHead(path, "", Map.of()), Body.of(body), false);
  }

  private Exchange accepted(String path, String json) {
    return ((Reading.Accepted) read(path, json)).exchange();
  }

  private ApiError refused(String path, String json) {
    return ((Reading.Refused) read(path, json)).error();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'Hi'", "['Hi','there']", "[1,2]", "[[1],[2,3]]", "[{'text':'Hi'}]"})
  void acceptsEveryFormOfInput(String input) {
    Exchange exchange = accepted("/v1/embeddings", "{'model':'m','input':" + input + "}");

    assertThat(exchange.task()).isEqualTo(Task.FORWARD);
    assertThat(exchange.payload().format()).isEqualTo(WireFormat.EMBEDDINGS);
    assertThat(exchange.isOfOneModel()).isTrue();
    assertThat(exchange.estimatedInputTokens()).isPositive();
    assertThatThrownBy(exchange.payload()::conversation).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keepsTheBytesButForTheModelAndTheGatewaysFields() {
    Exchange exchange =
        accepted(
            "/v1/embeddings",
            "{'client_id':'me', 'input' : 'Hi','preferred_provider':'p','x':1.0,'model':'m'}");

    assertThat(exchange.clientId()).isEqualTo("me");
    assertThat(exchange.preferredProvider()).isEqualTo("p");
    assertThat(exchange.payload().forwarding().path()).isEqualTo("/embeddings");
    assertThat(new String(exchange.payload().forwarding().body().apply("its"), UTF_8))
        .isEqualTo("{\"input\" : \"Hi\",\"x\":1.0,\"model\":\"its\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | 400 | invalid_json | ",
        "{'input':'Hi'} | 400 | missing_field | model",
        "{'model':7,'input':'Hi'} | 400 | invalid_value | model",
        "{'model':'other','input':'Hi'} | 404 | model_not_found | model",
        "{'model':'m'} | 400 | missing_field | input",
        "{'model':'m','input':[]} | 400 | invalid_value | input",
        "{'model':'m','input':7} | 400 | invalid_value | input",
        "{'model':'m','input':'Hi','dimensions':0} | 400 | invalid_value | dimensions",
        "{'model':'m','input':'Hi','encoding_format':1} | 400 | invalid_value | encoding_format",
        "{'model':'m','input':'Hi','stream':true} | 400 | invalid_value | stream",
        "{'model':'m','input':'Hi','client_id':1} | 400 | invalid_value | client_id",
      })
  void refusesWhatNoProviderCouldRead(String json, int status, String code, String param) {
    ApiError error = refused("/v1/embeddings", json);

    assertThat(error.status()).isEqualTo(status);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.param()).isEqualTo(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'prompt':'Hi' | 1 | true",
        "'n':2,'prompt':'Hi' | 2 | false",
        "'prompt':['a','b','c'],'n':2 | 6 | false",
        "'prompt':[1,2,3] | 1 | false",
        "'prompt':[[1],[2]] | 2 | false",
        "'prompt':'Hi','echo':true | 1 | false",
        "'prompt':'Hi','suffix':'!' | 1 | false",
        "'user':'u' | 1 | true",
      })
  void countsTheChoicesOfCompletions(String fields, int choices, boolean isPlain) {
    Exchange exchange = accepted("/v1/completions", "{'model':'m','stream':true," + fields + "}");

    assertThat(exchange.stream()).isTrue();
    assertThat(exchange.choices()).isEqualTo(choices);
    assertThat(exchange.answer().equals(AnswerTraits.PLAIN)).isEqualTo(isPlain);
  }

  @Test
  void writesOneStreamOfCompletions() {
    Exchange exchange =
        accepted(
            "/v1/completions",
            "{'model':'m','prompt':'Hi','stream':true,'stream_options':{'include_usage':true}}");
    ClientWriter writer = front.writer(exchange, new RequestHead("/v1/completions", "", NONE));

    writer.write(chunk("c1", "a"));
    writer.comment("continued");
    writer.resume(chunk("c2", "ab"), "b");
    writer.end(new Usage(1, 0, 2), null);

    assertThat(new String(writer.drain(), UTF_8))
        .isEqualTo(
            "data: {\"id\":\"c1\",\"choices\":[{\"text\":\"a\"}]}\n\n: continued\n"
                + "data: {\"id\":\"c1\",\"choices\":[{\"text\":\"b\"}]}\n\n"
                + "data: {\"id\":\"c1\",\"object\":\"text_completion\",\"created\":0,"
                + "\"model\":\"\",\"choices\":[],\"usage\":{\"prompt_tokens\":1,"
                + "\"completion_tokens\":2,\"total_tokens\":3}}\n\ndata: [DONE]\n\n");
  }

  private static Piece.Raw chunk(String id, String text) {
    String json = "{\"id\":\"" + id + "\",\"choices\":[{\"text\":\"" + text + "\"}]}";
    return new Piece.Raw(json.getBytes(UTF_8), text, Piece.Content.TEXT, 0, null);
  }

  @ParameterizedTest
  @CsvSource({
    "moderations, input, moderations",
    "rerank, documents, rerank",
  })
  void forwardsWhatItDoesNotRead(String path, String input, String format) {
    Exchange exchange = accepted("/v1/" + path, "{'model':'m','" + input + "':['a','b'],'x':1}");

    assertThat(exchange.payload().format()).isEqualTo(new WireFormat(format));
    assertThat(exchange.payload().forwarding().path()).isEqualTo("/" + path);
    assertThat(exchange.isOfOneModel()).isFalse();
    assertThat(refused("/v1/" + path, "{'model':'m'}").param()).isEqualTo(input);
    assertThat(refused("/v1/" + path, "{'model':'m','" + input + "':'a','stream':true}").param())
        .isEqualTo("stream");
  }

  private Reading form(String path, String parts) {
    String body = parts.replace("|", "\r\n") + "--b--\r\n";
    return front.read(
        new RequestHead(path, "", Map.of("content-type", FORM)),
        Body.of(body.getBytes(UTF_8)),
        false);
  }

  private static String part(String name, String content) {
    return "--b|Content-Disposition: form-data; name=\"" + name + "\"||" + content + "|";
  }

  private static String file(String name, String content) {
    return part(name + "\"; filename=\"x.wav", content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/transcriptions", "audio/translations", "images/edits"})
  void readsFormsAndKeepsTheirBytesButForTheModel(String path) {
    String name = path.startsWith("audio") ? "file" : "image";
    String more = part("prompt", "Hi") + part("client_id", "me");
    String body = file(name, "RIFF") + part("model", "m") + more;

    Exchange exchange = ((Reading.Accepted) form("/v1/" + path, body)).exchange();

    assertThat(exchange.clientId()).isEqualTo("me");
    assertThat(exchange.stream()).isFalse();
    assertThat(exchange.payload().forwarding().headers()).containsValue(FORM);
    assertThat(new String(exchange.payload().text(), UTF_8)).doesNotContain("RIFF");
    assertThat(new String(exchange.payload().forwarding().body().apply("its"), UTF_8))
        .isEqualTo(
            (file(name, "RIFF") + part("model", "its") + part("prompt", "Hi") + "--b--|")
                .replace("|", "\r\n"));
    assertThat(front.bodies("/v1/" + path)).isEqualTo(Front.Bodies.JSON_OR_FORM);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model=m; 400; missing_field; file",
        "file=; 400; invalid_value; file",
        "file=x; 400; missing_field; model",
        "file=x model=; 400; invalid_value; model",
        "file=x model=m model=m; 400; invalid_value; model",
        "file=x model=other; 404; model_not_found; model",
        "file=x model=m stream=maybe; 400; invalid_value; stream",
        "file=x model=m stream=true stream=false; 400; invalid_value; stream",
      })
  void refusesFormsThatNoProviderCouldRead(String fields, int status, String code, String param) {
    StringBuilder parts = new StringBuilder();
    for (String field : fields.split(" ")) {
      String[] pair = field.split("=", 2);
      parts.append(pair[0].equals("file") ? file(pair[0], pair[1]) : part(pair[0], pair[1]));
    }

    ApiError error = ((Reading.Refused) form("/v1/audio/transcriptions", parts.toString())).error();

    assertThat(error.status()).isEqualTo(status);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.param()).isEqualTo(param);
  }

  @Test
  void refusesWhatIsNoForm() {
    assertThat(((Reading.Refused) form("/v1/audio/transcriptions", "x")).error().code())
        .isEqualTo("invalid_form");
    assertThat(refused("/v1/audio/transcriptions", "{'model':'m'}").status()).isEqualTo(415);
    assertThat(front.bodies("/v1/audio/speech")).isEqualTo(Front.Bodies.JSON);
    assertThat(front.bodies("/v1/chat/completions")).isEqualTo(Front.Bodies.JSON);
  }

  @Test
  void readsAStreamFromTheFieldsOfAForm() {
    String body = part("stream", "true") + file("image[]", "PNG") + part("model", "m");
    Reading reading = form("/v1/images/edits", body + part("prompt", "p") + part("n", "2"));

    Exchange exchange = ((Reading.Accepted) reading).exchange();

    assertThat(exchange.stream()).isTrue();
    assertThat(exchange.choices()).isEqualTo(2);
  }

  @Test
  void writesAFileAsItComes() {
    Exchange exchange = accepted("/v1/audio/speech", "{'model':'m','input':'Hi'}");
    ClientWriter writer = front.writer(exchange, new RequestHead("/v1/audio/speech", "", NONE));

    writer.write(new Piece.Raw(new byte[] {0, 1}, "", Piece.Content.OTHER, 0, null));
    writer.comment("nothing");
    writer.write(new Piece.Raw(new byte[] {2}, "", Piece.Content.OTHER, 0, null));
    writer.end(Usage.NONE, null);

    assertThat(exchange.stream()).isTrue();
    assertThat(writer.keepAlive()).isEmpty();
    assertThat(writer.drain()).containsExactly(0, 1, 2);
    assertThat(writer.pending()).isZero();
    ApiError error = refused("/v1/audio/speech", "{'model':'m'}");
    assertThat(front.streamError(error, "req_1", writer)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"images/generations, true", "audio/speech, false"})
  void writesEventsWithTheNamesThatTheirApiHas(String path, boolean hasNames) {
    Exchange exchange =
        accepted(
            "/v1/" + path,
            "{'model':'m','input':'Hi','prompt':'Hi','stream':true,'stream_format':'sse'}");
    ClientWriter writer = front.writer(exchange, new RequestHead("/v1/" + path, "", NONE));
    byte[] json = "{\"type\":\"x\"}".getBytes(UTF_8);

    writer.write(new Piece.Event("x", json, Piece.Event.NO_BLOCK, null, null));

    assertThat(new String(writer.drain(), UTF_8))
        .isEqualTo((hasNames ? "event: x\n" : "") + "data: {\"type\":\"x\"}\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/embeddings, embeddings",
    "/v1/completions, text_completion",
    "/v1/audio/speech, speech",
    "/v1/audio/translations, transcriptions",
    "/v1/images/edits, images",
    "/v1/rerank, rerank",
  })
  void namesTheOperation(String path, String operation) {
    assertThat(front.operation(path)).isEqualTo(operation);
    assertThat(front.route(path)).isEqualTo(path);
  }

  @Test
  void namesTheEndpointOfEachPath() {
    assertThat(ForwardFront.paths())
        .allSatisfy(path -> assertThat(front.endpoint(path)).isNotNull());
  }
}
