package com.langdock.reliability.gateway.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.ModelFacts;
import com.langdock.reliability.core.session.Continuation;
import com.langdock.reliability.gateway.exchange.Continued;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.exchange.TargetModel;
import com.langdock.reliability.gateway.exchange.TargetRequest;
import com.langdock.reliability.gateway.exchange.Written;
import com.langdock.reliability.gateway.provider.Exchanges;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request to Gemini says, and what it cannot say. */
class GeminiFormatTest {
  private static final String USER = "'messages':[{'role':'user','content':'Go.'}]";
  private static final String FUNCTION = "{'type':'function','function':{'name':'f'}}";

  private final GeminiFormat format = new GeminiFormat();

  private static String json(String fields) {
    return ("{" + fields + "}").replace('\'', '"');
  }

  private Written write(String fields, ModelFacts facts) {
    return format.write(Exchanges.of(json(fields), "gemini", facts));
  }

  private Written.Request request(String fields, ModelFacts facts) {
    Written written = write(fields, facts);
    assertThat(written).isInstanceOf(Written.Request.class);
    return (Written.Request) written;
  }

  private String body(String fields, ModelFacts facts) {
    return new String(request(fields, facts).outgoing().body(), UTF_8);
  }

  private String path(String upstreamName, boolean stream) {
    Exchange exchange = stream ? Exchanges.streaming(json(USER)) : Exchanges.request(json(USER));
    TargetModel model = new TargetModel("name", upstreamName, GeminiModels.LEVEL);
    return ((Written.Request) format.write(new TargetRequest(exchange, model))).outgoing().path();
  }

  @Test
  void dropsATopKOfZeroThatElsewhereMeansAllTokens() {
    Written.Request written = request(USER + ",'top_k':0", GeminiModels.LEVEL);

    assertThat(new String(written.outgoing().body(), UTF_8)).doesNotContain("topK");
    assertThat(written.changes().dropped()).containsExactly("top_k");
  }

  @Test
  void sendsTheKeyInAHeader() {
    assertThat(format.headers("secret")).containsEntry("x-goog-api-key", "secret");
    assertThat(format.headers("")).containsOnlyKeys("content-type");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-pro, false, /models/gemini-2.5-pro:generateContent",
    "gemini-2.5-pro, true, /models/gemini-2.5-pro:streamGenerateContent?alt=sse",
    "tunedModels/river-7, false, /tunedModels/river-7:generateContent",
    "models/gemini-3-pro, false, /models/gemini-3-pro:generateContent",
    "odd?model#1, false, /models/odd%3Fmodel%231:generateContent",
  })
  void hasTheModelInItsPath(String model, boolean stream, String path) {
    assertThat(path(model, stream)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          n                        | 'n':2
          logprobs                 | 'logprobs':true
          web_search_options       | 'web_search_options':{}
          response_format.type     | 'response_format':{'type':'grammar'}
          tools[0].type            | 'tools':[{'type':'web_search'}]
          tool_choice              | 'tools':[{'type':'function','function':{'name':'f'}}],\
          'tool_choice':{'type':'odd'}
          """)
  void rejectsAResultThatGeminiCannotGive(String field, String request) {
    Written written = write(USER + "," + request, GeminiModels.LEVEL);

    assertThat(written).isInstanceOf(Written.Untranslatable.class);
    Failure.Untranslatable failure = ((Written.Untranslatable) written).failure();
    assertThat(failure.field()).isEqualTo(field);
    assertThat(failure.message()).startsWith("'" + field + "' cannot be passed on: Gemini's API ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          image_url   | {'type':'image_url','image_url':{'url':'https://h/a.png'}}
          image_url   | {'type':'image_url','image_url':{'url':'data:image/gif;base64,R0lG'}}
          file        | {'type':'file','file':{'file_id':'file-1'}}
          file        | {'type':'file','file':{'file_data':'data:text/plain;base64,'}}
          file        | {'type':'file','file':{'file_data':'data:application/zip;base64,UEs='}}
          type        | {'type':'hologram'}
          """)
  void rejectsMediaThatGeminiDoesNotTake(String field, String part) {
    Written written =
        write("'messages':[{'role':'user','content':[" + part + "]}]", GeminiModels.LEVEL);

    assertThat(written).isInstanceOf(Written.Untranslatable.class);
    assertThat(((Written.Untranslatable) written).failure().field())
        .isEqualTo("messages[0].content[0]." + field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          seed                       |                  | 'seed':4
          frequency_penalty          |                  | 'frequency_penalty':0.5
          stop                       |                  | 'stop':['1','2','3','4','5','6']
                                     | temperature      | 'temperature':3
                                     | max_tokens       | 'max_tokens':100000
                                     |                  | 'max_tokens':1000
                                     | reasoning_effort | 'reasoning_effort':'xhigh'
                                     |                  | 'reasoning_effort':'low'
          tools[0].function.strict   |                  | \
          'tools':[{'type':'function','function':{'name':'f','strict':true}}]
                                     | tool_choice      | \
          'tools':[{'type':'function','function':{'name':'f'}}],'parallel_tool_calls':false
          """)
  void reportsWhatItDropsAndAdjusts(String dropped, String adjusted, String request) {
    Written.Request written = request(USER + "," + request, GeminiModels.LEVEL);

    assertThat(written.changes().dropped())
        .isEqualTo(dropped == null ? List.of() : List.of(dropped));
    assertThat(written.changes().adjusted())
        .isEqualTo(adjusted == null ? List.of() : List.of(adjusted));
  }

  @Test
  void dropsAToolOfAnotherFormatThatIsMerelyOffered() {
    String tools = "'tools':[" + FUNCTION + ",{'type':'web_search'}]";

    assertThat(request(USER + "," + tools, GeminiModels.LEVEL).changes().dropped())
        .containsExactly("tools[1].type");
  }

  @ParameterizedTest
  @CsvSource({
    "none, MINIMAL, LOW, 0, 128",
    "minimal, MINIMAL, LOW, 512, 512",
    "low, LOW, LOW, 2048, 2048",
    "medium, MEDIUM, HIGH, 8192, 8192",
    "high, HIGH, HIGH, 24576, 24576",
    "xhigh, HIGH, HIGH, 24576, 32768",
    "max, HIGH, HIGH, 24576, 32768",
  })
  void asksForTheEffortInTheModelsOwnWay(
      String effort, String level, String lowOrHigh, String budget, String always) {
    String fields = USER + ",'reasoning_effort':'" + effort + "'";

    assertThat(body(fields, GeminiModels.LEVEL)).contains("\"thinkingLevel\":\"" + level + "\"");
    assertThat(body(fields, GeminiModels.LOW_OR_HIGH))
        .contains("\"thinkingLevel\":\"" + lowOrHigh + "\"");
    assertThat(body(fields, GeminiModels.BUDGET)).contains("\"thinkingBudget\":" + budget + "}");
    assertThat(body(fields, GeminiModels.ALWAYS)).contains("\"thinkingBudget\":" + always + "}");
    assertThat(body(fields, GeminiModels.OLD)).doesNotContain("thinking");
    assertThat(body(fields, GeminiModels.LEVEL).contains("includeThoughts"))
        .isEqualTo(!effort.equals("none"));
  }

  @Test
  void sendsASignatureOfGeminiBackAndNoOther() {
    String call =
        "{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f',"
            + "'arguments':'{}'}%s}]},{'role':'tool','tool_call_id':'a','content':'1'}";
    String own = ",'extra_content':{'google':{'thought_signature':'c2ln'}}";
    String start = "'messages':[{'role':'user','content':'Go.'},";

    assertThat(body(start + call.formatted(own) + "]", GeminiModels.BUDGET))
        .contains("\"thoughtSignature\":\"c2ln\"");
    assertThat(body(start + call.formatted("") + "]", GeminiModels.BUDGET))
        .doesNotContain("thoughtSignature");
    assertThat(body(start + call.formatted("") + "]", GeminiModels.LEVEL))
        .contains("\"thoughtSignature\":\"skip_thought_signature_validator\"");
  }

  @Test
  void continuesFromAPrefill() {
    assertThat(continued(Continuation.PREFILL))
        .endsWith(
            "{\"role\":\"model\",\"parts\":[{\"text\":\"Once upon\"}]}],\"generationConfig\":{}}");
  }

  @Test
  void continuesByAnInstruction() {
    assertThat(continued(Continuation.INSTRUCTION))
        .contains(
            "{\"text\":\"Once upon\"}]},{\"role\":\"user\",\"parts\":[{\"text\":\"Your answer");
  }

  private String continued(Continuation way) {
    TargetRequest request =
        new TargetRequest(
                Exchanges.request(json(USER)),
                new TargetModel("gemini", "gemini", GeminiModels.LEVEL))
            .continuing(Continued.of("Once upon", way));
    return new String(((Written.Request) format.write(request)).outgoing().body(), UTF_8);
  }
}
