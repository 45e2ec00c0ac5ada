package com.langdock.reliability.gateway.front.chat;

import static com.langdock.reliability.gateway.front.chat.Validations.problem;
import static com.langdock.reliability.gateway.front.chat.Validations.saying;
import static com.langdock.reliability.gateway.front.chat.Validations.valid;
import static com.langdock.reliability.gateway.front.chat.Validations.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.domain.Body;
import com.langdock.reliability.core.session.AnswerTraits;
import com.langdock.reliability.gateway.exchange.Exchange;
import com.langdock.reliability.gateway.front.ParsedBody;
import com.langdock.reliability.gateway.front.Problem;
import com.langdock.reliability.gateway.front.Problem.Code;
import com.langdock.reliability.gateway.front.Rule;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestValidatorTest {
  @Test
  void readsTheFactsOfAGoodRequest() {
    Exchange request =
        valid(
            with(
                "'stream':true,'stream_options':{'include_usage':true},'n':2,'logprobs':true,"
                    + "'max_completion_tokens':100,'preferred_provider':'azure','client_id':'me',"
                    + "'reasoning_effort':'low','response_format':{'type':'json_object'},"
                    + "'tools':[{'type':'function','function':{'name':'f'}}]"));
    assertThat(request.model()).isEqualTo("gpt");
    assertThat(request.stream()).isTrue();
    assertThat(request.answer()).isEqualTo(new AnswerTraits(2, true, true, false, true));
    assertThat(request.preferredProvider()).isEqualTo("azure");
    assertThat(request.clientId()).isEqualTo("me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "'x'", "{} {}", "{'model':'a','model':'b'}"})
  void rejectsBodiesThatAreNotAJsonObject(String body) {
    assertThat(problem(body).code()).isEqualTo(Code.INVALID_JSON);
    assertThat(problem(body).param()).isNull();
  }

  @Test
  void namesAMissingField() {
    assertThat(problem("{'messages':[]}")).isEqualTo(Problem.missing("model"));
    assertThat(problem("{'model':'gpt'}")).isEqualTo(Problem.missing("messages"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "preferred_provider"})
  void limitsTheLengthOfStoredNames(String field) {
    String longest = "x".repeat(Rule.MAX_NAME);
    assertThat(valid(with("'" + field + "':'" + longest + "'")).model()).isEqualTo("gpt");
    Problem tooLong = problem(with("'" + field + "':'" + longest + "x'"));
    assertThat(tooLong.code()).isEqualTo(Code.INVALID_VALUE);
    assertThat(tooLong.param()).isEqualTo(field);
    assertThat(problem(with("'" + field + "':'" + "x".repeat(100_000) + "'")).param())
        .isEqualTo(field);
  }

  @Test
  void rejectsABodyWithTooManyValuesBeforeBuildingLists() {
    String few = "0,".repeat(ParsedBody.MAX_VALUES - 100) + "0";
    assertThat(problem(with("'stop':[" + few + "]")).param()).isEqualTo("stop");
    String many = "0,".repeat(ParsedBody.MAX_VALUES) + "0";
    assertThat(problem(with("'stop':[" + many + "]")).code()).isEqualTo(Code.INVALID_JSON);
  }

  @Test
  void takesLongForLongTexts() {
    Validations.VALIDATOR.validate(Body.of(request("gpt", 2_000))); // loads the encoding
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(request("gpt", 8_000)))).isPresent();
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(request("gpt", 9_000)))).isEmpty();
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(request("claude", 9_000))))
        .isPresent();
  }

  @Test
  void takesLongOnceToLoadAnEncoding() {
    byte[] counted = request("rare", 2_000);
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(request("rare", 10))))
        .containsInstanceOf(Validation.Valid.class);
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(request("claude", 10_000))))
        .containsInstanceOf(Validation.Invalid.class);
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(counted))).isEmpty();
    assertThat(Validations.VALIDATOR.validate(Body.of(counted)))
        .isInstanceOf(Validation.Valid.class);
    assertThat(Validations.VALIDATOR.validateQuickly(Body.of(counted)))
        .containsInstanceOf(Validation.Valid.class);
  }

  private static byte[] request(String model, int length) {
    return Validations.saying("{'role':'user','content':'" + "a".repeat(length) + "'}")
        .replace("'gpt'", "'" + model + "'")
        .replace('\'', '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void acceptsOnlyServedModels() {
    Problem problem = problem("{'model':'nobody-serves-this','messages':[]}");
    assertThat(problem.code()).isEqualTo(Code.MODEL_NOT_FOUND);
    assertThat(problem.param()).isEqualTo("model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "temperature | 'temperature':2.01",
        "temperature | 'temperature':-0.1",
        "temperature | 'temperature':'1'",
        "top_p | 'top_p':1.5",
        "n | 'n':0",
        "n | 'n':129",
        "n | 'n':1.5",
        "presence_penalty | 'presence_penalty':-3",
        "frequency_penalty | 'frequency_penalty':2.5",
        "max_tokens | 'max_tokens':0",
        "max_tokens | 'max_tokens':501",
        "max_tokens | 'max_tokens':'10'",
        "max_completion_tokens | 'max_completion_tokens':-1",
        "max_completion_tokens | 'max_completion_tokens':501",
        "stop | 'stop':[]",
        "stop | 'stop':['a','b','c','d','e']",
        "stop | 'stop':[1]",
        "stop | 'stop':1",
        "stream | 'stream':'yes'",
        "stream_options | 'stream_options':{}",
        "stream_options | 'stream':false,'stream_options':{}",
        "stream_options.include_usage | 'stream':true,'stream_options':{'include_usage':1}",
        "logprobs | 'logprobs':1",
        "top_logprobs | 'logprobs':true,'top_logprobs':21",
        "top_logprobs | 'top_logprobs':2",
        "logit_bias | 'logit_bias':{'5':101}",
        "logit_bias | 'logit_bias':[]",
        "seed | 'seed':0.5",
        "user | 'user':5",
        "metadata | 'metadata':{'a':1}",
        "metadata | 'metadata':'a'",
        "tools | 'tools':{}",
        "functions | 'functions':{}",
        "tools[0].type | 'tools':[{}]",
        "tools[0].function | 'tools':[{'type':'function'}]",
        "tools[0].function.name | 'tools':[{'type':'function','function':{'name':'a b'}}]",
        "tools[0].function.parameters | 'tools':[{'type':'function',"
            + "'function':{'name':'a','parameters':1}}]",
        "tool_choice | 'tool_choice':{}",
        "tool_choice | 'tool_choice':5",
        "tools[0].type | 'tools':[{'type':5}]",
        "response_format.type | 'response_format':{'type':5}",
        "response_format | 'response_format':'json'",
        "response_format.json_schema | 'response_format':{'type':'json_schema'}",
        "response_format.json_schema.name"
            + " | 'response_format':{'type':'json_schema','json_schema':{}}",
        "preferred_provider | 'preferred_provider':5",
        "client_id | 'client_id':{}"
      })
  void namesAFieldWithAWrongValue(String param, String fields) {
    Problem problem = problem(with(fields));
    assertThat(problem.param()).isEqualTo(param);
    assertThat(problem.code()).isIn(Code.INVALID_VALUE, Code.MISSING_FIELD);
    assertThat(problem.message()).contains(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "'temperature':2.01 | expected a number between 0 and 2, got 2.01.",
        "'temperature':'SECRET' | expected a number between 0 and 2, got a string.",
        "'n':false | expected a whole number between 1 and 128, got false.",
        "'stop':[] | expected a string or 1 to 4 strings, got an empty array.",
        "'user':{'SECRET':1} | expected a string, got an object.",
        "'max_tokens':501 | the model writes at most 500 tokens, got 501."
      })
  void describesTheExpectedAndTheActualValue(String fields, String message) {
    assertThat(problem(with(fields)).message()).endsWith("': " + message);
  }

  @Test
  void metadataHasAtMostSixteenShortStrings() {
    assertThat(valid(with(metadata(16, 64, 512))).model()).isEqualTo("gpt");
    assertThat(problem(with(metadata(17, 64, 512))).param()).isEqualTo("metadata");
    assertThat(problem(with(metadata(1, 65, 512))).param()).isEqualTo("metadata");
    assertThat(problem(with(metadata(1, 64, 513))).param()).isEqualTo("metadata");
  }

  private static String metadata(int entries, int nameLength, int valueLength) {
    return IntStream.range(0, entries)
        .mapToObj(i -> "'" + (char) ('a' + i) + "n".repeat(nameLength - 1) + "':")
        .map(name -> name + "'" + "v".repeat(valueLength) + "'")
        .collect(Collectors.joining(",", "'metadata':{", "}"));
  }

  @Test
  void neverRepeatsALongModelName() {
    assertThat(problem("{'model':'" + "m".repeat(257) + "','messages':[]}").code())
        .isEqualTo(Code.INVALID_VALUE);
    String unknown = "nobody-serves-this" + "m".repeat(200);
    assertThat(problem("{'model':'" + unknown + "','messages':[]}").message()).hasSizeLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'temperature':0",
        "'temperature':2.0,'top_p':1,'n':1",
        "'temperature':null,'top_p':null,'n':null,'stop':null,'tools':null,'max_tokens':null",
        "'stream_options':null,'response_format':null,'logprobs':null,'top_logprobs':null",
        "'stop':'x'",
        "'stop':['a','b','c','d']",
        "'max_tokens':500",
        "'max_tokens':5e1",
        "'tool_choice':'required','parallel_tool_calls':false",
        "'tool_choice':{'type':'function','function':{'name':'f'}}",
        "'tools':[{'type':'custom','custom':{'name':'c'}}]",
        "'tools':[{'type':'web_search','max_uses':3}],'tool_choice':'any'",
        "'response_format':{'type':'grammar','grammar':{'root':'a'}}",
        "'unknown_field':{'deep':[1,2]}",
        "'logit_bias':{'5':-100}",
        "'metadata':{'a':'b'}",
        "'seed':9223372036854775807"
      })
  void acceptsWhatOpenAiAccepts(String fields) {
    assertThat(valid(with(fields)).model()).isEqualTo("gpt");
  }

  @Nested
  class Messages {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\0',
        value = {
          "messages[0] | 5",
          "messages[0].role | {}",
          "messages[0].role | {'role':'king','content':'x'}",
          "messages[0].content | {'role':'user'}",
          "messages[0].content | {'role':'user','content':null}",
          "messages[0].content | {'role':'user','content':5}",
          "messages[0].content | {'role':'user','content':[]}",
          "messages[0].content[0].type | {'role':'user','content':[{}]}",
          "messages[0].content[0].type | {'role':'user','content':[{'type':7}]}",
          "messages[0].content[0].image_url | {'role':'system','content':[{'type':'image_url'}]}",
          "messages[0].tool_calls[0].function | {'role':'assistant','tool_calls':[{}]}",
          "messages[0].tool_calls[0].id | {'role':'assistant','tool_calls':[{'id':5}]}",
          "messages[0].content[0].text | {'role':'user','content':[{'type':'text'}]}",
          "messages[0].content[0].image_url | {'role':'user','content':[{'type':'image_url'}]}",
          "messages[0].content[0].image_url.url"
              + " | {'role':'user','content':[{'type':'image_url','image_url':{}}]}",
          "messages[0].tool_call_id | {'role':'tool','content':'x'}",
          "messages[0].tool_call_id | {'role':'tool','content':'x','tool_call_id':'a'}",
          "messages[0].name | {'role':'function','content':'x'}",
          "messages[0].tool_calls | {'role':'assistant','tool_calls':5}",
          "messages[0].tool_calls[0].function | {'role':'assistant','tool_calls':[{'id':'a'}]}",
          "messages[0].tool_calls[0].function.name"
              + " | {'role':'assistant','tool_calls':[{'id':'a','function':{}}]}"
        })
    void areNamedByPath(String param, String messages) {
      assertThat(problem(saying(messages)).param()).isEqualTo(param);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{'role':'user','content':''}",
          "{'role':'assistant','content':'a'},{'role':'assistant','content':'b'}",
          "{'role':'user','content':'a'},{'role':'system','content':'b'}",
          "{'role':'developer','content':[{'type':'text','text':'a'}]}",
          "{'role':'assistant','content':null,'refusal':'no'}",
          "{'role':'assistant','function_call':{'name':'f','arguments':'{}'}}",
          "{'role':'function','name':'f','content':null}",
          "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:'}}]}",
          "{'role':'user','content':'a','extra':1}",
          "{'role':'user','content':[{'type':'image_url','image_url':'https://e.org/a.png'}]}"
        })
    void mayBeWhatOpenAiAccepts(String messages) {
      assertThat(valid(saying(messages)).model()).isEqualTo("gpt");
    }

    @Test
    void mustAnswerEveryToolCall() {
      String call =
          "{'role':'assistant','tool_calls':["
              + "{'id':'a','type':'function','function':{'name':'f','arguments':'{}'}},"
              + "{'id':'b','type':'function','function':{'name':'f','arguments':'{}'}}]}";
      String answerA = ",{'role':'tool','tool_call_id':'a','content':'1'}";
      String answerB = ",{'role':'tool','tool_call_id':'b','content':'2'}";
      String user = ",{'role':'user','content':'go on'}";
      assertThat(valid(saying(call + answerB + answerA + user)).model()).isEqualTo("gpt");
      assertThat(problem(saying(call + answerA + user)).param()).isEqualTo("messages[2].role");
      assertThat(problem(saying(call + answerA)).param()).isEqualTo("messages");
      assertThat(problem(saying(call + answerA + answerB + answerB)).param())
          .isEqualTo("messages[3].tool_call_id");
    }
  }

  @Nested
  class ContextWindow {
    private static final String WORD = "hello ";

    @Test
    void isNotCountedForShortTexts() {
      assertThat(valid(saying(user("x".repeat(900)))).estimatedInputTokens()).isEqualTo(226);
    }

    @Test
    void isCountedExactlyWithAPublicEncoding() {
      assertThat(valid(saying(user(WORD.repeat(990)))).model()).isEqualTo("gpt");
      Problem problem = problem(saying(user(WORD.repeat(1_010))));
      assertThat(problem.code()).isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
      assertThat(problem.param()).isEqualTo("messages");
    }

    @Test
    void includesTheOutputLimit() {
      assertThat(valid(asking("'gpt','max_tokens':350", WORD.repeat(600))).model())
          .isEqualTo("gpt");
      Problem problem = problem(asking("'gpt','max_tokens':450", WORD.repeat(600)));
      assertThat(problem.code()).isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
      assertThat(problem.message()).contains("1000 tokens").contains("450 more");
    }

    @Test
    void doesNotIncludeTheOutputLimitForEstimates() {
      assertThat(valid(asking("'claude','max_tokens':500", "x".repeat(4_000))).model())
          .isEqualTo("claude");
    }

    @Test
    void isExceededByHugeTextsInOneOrManyMessages() {
      String huge = user("a".repeat(1_000_000));
      assertThat(problem(saying(huge)).code()).isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
      assertThat(problem(saying(huge + "," + huge)).code()).isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void isEstimatedByFourCharactersElsewhere() {
      String claude = "'claude'";
      assertThat(valid(asking(claude, "x".repeat(4_000))).model()).isEqualTo("claude");
      assertThat(problem(asking(claude, "x".repeat(4_001))).code())
          .isEqualTo(Code.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void countsDecodedCharactersNotTheirEscapes() {
      assertThat(valid(asking("'claude'", "\\u00e4".repeat(3_900))).model()).isEqualTo("claude");
    }

    @Test
    void isNotCheckedForAnUnknownModel() {
      assertThat(valid(asking("'free'", "x".repeat(100_000))).model()).isEqualTo("free");
    }

    private static String user(String text) {
      return "{'role':'user','content':'" + text + "'}";
    }

    private static String asking(String model, String text) {
      return "{'model':" + model + ",'messages':[" + user(text) + "]}";
    }
  }
}
