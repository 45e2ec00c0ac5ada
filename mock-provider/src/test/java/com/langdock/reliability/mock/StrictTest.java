package com.langdock.reliability.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a strict provider refuses, and what it must not. Single quotes stand for double ones. */
@Tag("e2e")
class StrictTest extends AllProviders {
  private static final String ASKED = "{'role':'user','content':'Hi'},";
  private static final String GEMINI_ASKED = "{'role':'user','parts':[{'text':'Hi'}]},";
  private static final String GEMINI_3 = "/v1beta/models/gemini-3-pro:generateContent";

  @BeforeEach
  void beStrict() {
    for (MockProvider provider : new MockProvider[] {openAi, anthropic, gemini}) {
      provider.configure("{\"strict\":true}");
    }
  }

  @Test
  void aPlainRequestIsAnsweredEverywhere() throws Exception {
    String openAiFields =
        ",\"temperature\":0,\"stop\":[\"a\"],\"reasoning_effort\":\"low\",\"seed\":null";
    String anthropicFields =
        ",\"thinking\":{\"type\":\"adaptive\"},\"context_management\":{},\"metadata\":{}";

    assertThat(Calls.post(openAi, Calls.OPENAI_PATH, Calls.hello(true, openAiFields)).statusCode())
        .isEqualTo(200);
    assertThat(
            Calls.post(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(true, anthropicFields))
                .statusCode())
        .isEqualTo(200);
    assertThat(
            Calls.post(
                    gemini,
                    Calls.GEMINI_STREAM,
                    Calls.helloGemini(",\"generationConfig\":{\"temperature\":2}"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void formsHaveNoRules() throws Exception {
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="model"\r
        \r
        m1\r
        --b\r
        Content-Disposition: form-data; name="file"; filename="speech.wav"\r
        \r
        RIFF\r
        --b--\r
        """;

    HttpResponse<String> response =
        Calls.send(
            Calls.request(openAi, "/v1/audio/transcriptions")
                .header("content-type", "multipart/form-data; boundary=b")
                .timeout(Duration.ofSeconds(5))
                .POST(BodyPublishers.ofString(form))
                .build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("4 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'x_new':1                                         | Unrecognized request argument",
        "'temperature':2.1                                 | Invalid 'temperature'",
        "'top_logprobs':21                                 | Invalid 'top_logprobs'",
        "'reasoning_effort':'much'                         | does not support 'much'",
        "'stop':['a','b','c','d','e']                      | array too long",
        "'stream_options':{}                               | only allowed when 'stream'",
        "'tool_choice':'auto'                              | only allowed when 'tools'",
        "'tools':[{'type':'function','function':{'name':'a b'}}] | tools[0].function.name",
      })
  void openAiRefusesFields(String field, String message) throws Exception {
    refused(openAi, Calls.OPENAI_PATH, Calls.hello(false, "," + quoted(field)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "o3     | {'role':'user','content':'Hi'}                          | 'max_tokens' is not",
        "gpt-4o | {'role':'tool','tool_call_id':'a','content':'1'}        | must be a response",
        "gpt-4o | {'role':'assistant','tool_calls':[{'id':'a'}]}          | response messages: a",
        "gpt-4o | {'role':'assistant','tool_calls':[{'id':'a'}]},{'role':'user'} | response me",
      })
  void openAiRefusesMessages(String model, String last, String message) throws Exception {
    String body = "{'model':'" + model + "','max_tokens':9,'messages':[" + ASKED + last + "]}";
    refused(openAi, Calls.OPENAI_PATH, quoted(body), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'n':1                                             | n: Extra inputs are not permitted",
        "'metadata':{'tag':'a'}                            | metadata.tag: Extra inputs",
        "'top_p':1.5                                       | top_p: range",
        "'service_tier':'flex'                             | service_tier: Input should",
        "'output_config':{'effort':'none'}                 | output_config.effort: Input",
        "'tools':[{'name':'a b','input_schema':{}}]        | tools.0.custom.name",
        "'tools':[{'name':'a','input_schema':{}}]          | input_schema.type",
        "'stop_sequences':[' ']                            | non-whitespace",
        "'thinking':{'type':'enabled','budget_tokens':500} | budget_tokens",
        "'thinking':{'type':'adaptive'},'temperature':0    | may only be set to 1",
        "'thinking':{'type':'adaptive'},'tool_choice':{'type':'any'} | Thinking may not",
      })
  void anthropicRefusesFields(String field, String message) throws Exception {
    refused(anthropic, Calls.ANTHROPIC_PATH, Calls.hello(false, "," + quoted(field)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'role':'assistant','content':''},{'role':'user','content':'x'} | non-empty content",
        "{'role':'assistant','content':[{'type':'tool_use','id':'f.a:0'}]},"
            + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'f.a:0'}]}"
            + " | tool_use.id: String should match",
        "{'role':'assistant','content':[{'type':'tool_use','id':'a'}]},"
            + "{'role':'user','content':[{'type':'text','text':'x'},"
            + "{'type':'tool_result','tool_use_id':'a'}]} | before any text",
        "{'role':'assistant','content':[{'type':'thinking','thinking':'x','signature':'a.b'}]},"
            + "{'role':'user','content':'x'} | Invalid `signature` in `thinking` block",
      })
  void anthropicRefusesMessages(String last, String message) throws Exception {
    String body = "{'model':'c','max_tokens':9,'messages':[" + ASKED + last + "]}";
    refused(anthropic, Calls.ANTHROPIC_PATH, quoted(body), message);
  }

  @Test
  void anthropicRefusesCallsWithoutThinkingIfItHasABudget() throws Exception {
    String call =
        "{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'n','input':{}}]},";
    String result = "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]}";
    String body =
        "{'model':'c','max_tokens':2000,'thinking':{'type':'enabled','budget_tokens':1024},"
            + "'messages':["
            + ASKED
            + call
            + result
            + "]}";
    refused(anthropic, Calls.ANTHROPIC_PATH, quoted(body), "must start with a thinking block");
  }

  @Test
  void anthropicRefusesSamplingInItsNewVersion() throws Exception {
    HttpResponse<String> response =
        Calls.send(
            Calls.request(anthropic, Calls.ANTHROPIC_PATH)
                .header("anthropic-version", "2026-10-21")
                .POST(BodyPublishers.ofString(Calls.hello(false, ",\"temperature\":1")))
                .build());

    assertThat(response.body()).contains("temperature: Extra inputs are not permitted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'stream':true                                          | Unknown name",
        "'generationConfig':{'max_tokens':1}                    | Unknown name",
        "'generationConfig':{'temperature':2.5}                 | temperature out of range",
        "'generationConfig':{'candidateCount':2}                | candidateCount out of range",
        "'generationConfig':{'stopSequences':[1,2,3,4,5,6]}     | at most 5",
        "'generationConfig':{'responseSchema':{},'responseJsonSchema':{}} | not both",
        "'generationConfig':{'thinkingConfig':{'thinkingBudget':1,'thinkingLevel':'LOW'}} | only",
        "'tools':[{'functionDeclarations':[{'name':'1a'}]}]     | Invalid function name",
        "'tools':[{'functionDeclarations':[{'name':'a','parameters':{'$ref':'x'}}]}] | $ref",
        "'tools':[{'functionDeclarations':[{'name':'a'}]}],"
            + "'generationConfig':{'responseMimeType':'application/json'} | unsupported",
      })
  void geminiRefusesFields(String field, String message) throws Exception {
    refused(gemini, Calls.GEMINI_PATH, Calls.helloGemini("," + quoted(field)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'model','parts':[{'functionCall':{'name':'a'}}]} | followed by",
        "{'role':'model','parts':[{'functionCall':{'name':'a'}}]},"
            + "{'role':'user','parts':[{'text':'x'}]} | equal to the number",
        "{'role':'model','parts':[{'functionCall':{'name':'a'}}]},"
            + "{'role':'user','parts':[{'functionResponse':{'name':'b'}}]} | names of their calls",
        "{'role':'model','parts':[{'functionCall':{'name':'a'}}]},"
            + "{'role':'user','parts':[{'functionResponse':{'name':'a'}}]} | thought_signature",
      })
  void geminiRefusesTurns(String last, String message) throws Exception {
    refused(gemini, GEMINI_3, quoted("{'contents':[" + GEMINI_ASKED + last + "]}"), message);
  }

  @Test
  void laterModelsOfGeminiTakeJsonTogetherWithFunctions() throws Exception {
    String body =
        Calls.helloGemini(
            quoted(
                ",'tools':[{'functionDeclarations':[{'name':'a'}]}],"
                    + "'generationConfig':{'responseMimeType':'application/json'}"));

    for (String model : new String[] {"gemini-3-pro", "gemini-4-neon", "gemini-10"}) {
      String path = "/v1beta/models/" + model + ":generateContent";
      assertThat(Calls.post(gemini, path, body).statusCode()).as(model).isEqualTo(200);
    }
  }

  @Test
  void geminiRefusesAModelTurnAtFirstAndAcceptsASignatureToSkip() throws Exception {
    String call =
        "{'role':'model','parts':[{'functionCall':{'name':'a'},"
            + "'thoughtSignature':'skip_thought_signature_validator'}]},"
            + "{'role':'user','parts':[{'functionResponse':{'name':'a'}}]}";

    refused(gemini, GEMINI_3, quoted("{'contents':[" + call + "]}"), "first content");
    assertThat(
            Calls.post(gemini, GEMINI_3, quoted("{'contents':[" + GEMINI_ASKED + call + "]}"))
                .statusCode())
        .isEqualTo(200);
  }

  private static void refused(MockProvider provider, String path, String body, String message)
      throws Exception {
    HttpResponse<String> response = Calls.post(provider, path, body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Calls.json(response.body()).at("/error/message").asString()).contains(message);
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
