package com.langdock.reliability.gateway.front.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.exchange.AnswerOptions;
import com.langdock.reliability.gateway.exchange.AnswerShape;
import com.langdock.reliability.gateway.exchange.ContentBlock;
import com.langdock.reliability.gateway.exchange.ContentBlock.MediaKind;
import com.langdock.reliability.gateway.exchange.ContentBlock.Signature;
import com.langdock.reliability.gateway.exchange.Conversation;
import com.langdock.reliability.gateway.exchange.MediaSource;
import com.langdock.reliability.gateway.exchange.Message;
import com.langdock.reliability.gateway.exchange.SignatureEnvelope;
import com.langdock.reliability.gateway.exchange.Tool;
import com.langdock.reliability.gateway.exchange.ToolChoice;
import com.langdock.reliability.gateway.exchange.ToolChoice.Mode;
import com.langdock.reliability.gateway.exchange.UnmappedField;
import com.langdock.reliability.gateway.exchange.WireFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiReaderTest {
  private static List<ContentBlock> blocks(String contents) {
    List<Message> messages = Requests.conversation("{'contents':[" + contents + "]}").messages();
    return messages.stream().flatMap(message -> message.blocks().stream()).toList();
  }

  private static AnswerOptions options(String config) {
    return Requests.conversation("{'generationConfig':" + config + "}").options();
  }

  private static AnswerShape shape(String config) {
    return Requests.conversation("{'generationConfig':" + config + "}").shape();
  }

  @Nested
  class Contents {
    @Test
    void areMessagesOfBothSides() {
      Conversation read =
          Requests.conversation(
              "{'systemInstruction':{'parts':[{'text':'Be brief.'}]},'contents':["
                  + "{'parts':[{'text':'Hi'}]},{'role':'model','parts':[{'text':'Hel'}]},"
                  + "{'role':'model','parts':[{'text':'lo'}]}]}");

      assertThat(read.messages().stream().map(Message::role))
          .containsExactly(Message.Role.SYSTEM, Message.Role.USER, Message.Role.ASSISTANT);
      assertThat(read.messages().getLast().blocks())
          .containsExactly(new ContentBlock.Text("Hel", null), new ContentBlock.Text("lo", null));
    }

    @Test
    void mayHaveNamesInSnakeCase() {
      Conversation read =
          Requests.conversation(
              "{'system_instruction':{'parts':[{'text':'Be brief.'}]},'contents':[{'parts':["
                  + "{'inline_data':{'mime_type':'image/png','data':'aGk'}}]}],"
                  + "'generation_config':{'max_output_tokens':7}}");

      assertThat(read.messages().getFirst().role()).isEqualTo(Message.Role.SYSTEM);
      assertThat(read.messages().getLast().blocks())
          .containsExactly(
              new ContentBlock.Media(
                  MediaKind.IMAGE,
                  new MediaSource.Data("image/png", "aGk="),
                  null,
                  "contents[0].parts[0].inline_data",
                  null));
      assertThat(nonNull(read.options().limit()).path())
          .isEqualTo("generation_config.max_output_tokens");
      assertThat(read.unmapped()).isEmpty();
    }

    @Test
    void joinThoughtsThatCameInPieces() {
      Signature signature = new Signature(WireFormat.MESSAGES, "sig");
      String last =
          "{'text':'','thought':true,'thoughtSignature':'%s'}"
              .formatted(SignatureEnvelope.wrapBase64(signature));

      assertThat(
              blocks(
                  "{'role':'model','parts':[{'text':'a','thought':true}]},"
                      + "{'role':'model','parts':[{'text':'b','thought':true}]},"
                      + "{'role':'model','parts':["
                      + last
                      + ",{'text':'Hi'}]}"))
          .containsExactly(
              new ContentBlock.Thinking("ab", signature, "contents[0].parts[0]"),
              new ContentBlock.Text("Hi", null));
    }

    @Test
    void pairCallsAndResultsWithoutIds() {
      List<ContentBlock> read =
          blocks(
              "{'role':'model','parts':[{'functionCall':{'name':'f','args':{'a':1}}},"
                  + "{'functionCall':{'name':'g'}},{'functionCall':{'name':'f'}}]},"
                  + "{'role':'user','parts':["
                  + "{'functionResponse':{'name':'g','response':{'error':'no'}}},"
                  + "{'functionResponse':{'name':'f','response':{'output':'one'}}},"
                  + "{'functionResponse':{'name':'f','response':{'x':1,'y':2}}}]}");

      assertThat(read)
          .containsExactly(
              new ContentBlock.ToolCall("call_1", "f", "{\"a\":1}", null, null),
              new ContentBlock.ToolCall("call_2", "g", "{}", null, null),
              new ContentBlock.ToolCall("call_3", "f", "{}", null, null),
              result("call_2", "no", true),
              result("call_1", "one", false),
              result("call_3", "{\"x\":1,\"y\":2}", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"output", "result", "response"})
    void readAResultOfOneTextAsThatText(String name) {
      List<ContentBlock> read =
          blocks(
              "{'role':'model','parts':[{'functionCall':{'name':'f'}}]},{'role':'user','parts':["
                  + "{'functionResponse':{'name':'f','response':{'%s':'one'}}}]}".formatted(name));

      assertThat(read.getLast()).isEqualTo(result("call_1", "one", false));
    }

    private static ContentBlock result(String id, String text, boolean failed) {
      return new ContentBlock.ToolResult(
          id, List.of(new ContentBlock.Text(text, null)), failed, null);
    }

    @ParameterizedTest
    @CsvSource({
      "image/png, https://example.org/a.png, true",
      "application/pdf, https://example.org/a.pdf, true",
      "image/png, https://generativelanguage.googleapis.com/v1beta/files/a, false",
      "image/png, gs://bucket/a.png, false",
      "video/mp4, https://example.org/a.mp4, false",
    })
    void nameFilesThatOnlyGoogleHas(String type, String uri, boolean forAnybody) {
      ContentBlock read =
          blocks("{'parts':[{'fileData':{'mimeType':'%s','fileUri':'%s'}}]}".formatted(type, uri))
              .getFirst();

      MediaSource expected = forAnybody ? new MediaSource.Url(uri) : new MediaSource.Stored(uri);
      assertThat(((ContentBlock.Media) read).source()).isEqualTo(expected);
    }

    @Test
    void mayHaveTypesOfGeminiAlone() {
      assertThat(blocks("{'role':'model','parts':[{'executableCode':{'code':'1'}}]}"))
          .containsExactly(
              new ContentBlock.Opaque(
                  WireFormat.GEMINI,
                  "{\"executableCode\":{\"code\":\"1\"}}",
                  "contents[0].parts[0].executableCode"));
    }
  }

  @Nested
  class Options {
    @ParameterizedTest
    @CsvSource({
      "\"thinkingBudget\":0, none",
      "\"thinkingBudget\":512, minimal",
      "\"thinkingBudget\":4096, low",
      "\"thinkingBudget\":8192, medium",
      "\"thinkingBudget\":24576, high",
      "\"thinkingLevel\":\"HIGH\", high",
      "\"thinkingBudget\":-1,",
      "\"includeThoughts\":true,",
    })
    void turnThinkingIntoEffort(String setting, @Nullable String effort) {
      AnswerOptions read = options("{'thinkingConfig':{" + setting + "}}");

      assertThat(read.effort() == null ? null : read.effort().value()).isEqualTo(effort);
    }

    @Test
    void keepNumbersAsTheyAre() {
      AnswerOptions read =
          options("{'temperature':0.50,'topK':40,'stopSequences':['END'],'candidateCount':2}");

      assertThat(nonNull(read.sampling().temperature()).value().raw()).isEqualTo("0.50");
      assertThat(nonNull(read.sampling().stop()).value()).containsExactly("END");
      assertThat(nonNull(read.choices()).value()).isEqualTo(2);
    }

    @Test
    void haveASchemaInGooglesWords() {
      AnswerShape shape =
          shape(
              "{'responseMimeType':'application/json','responseSchema':{'type':'OBJECT',"
                  + "'properties':{'type':{'type':'STRING','nullable':true,'format':'enum',"
                  + "'enum':['a']},'n':{'type':'ARRAY','minItems':'2','items':{'type':'NUMBER'}}},"
                  + "'propertyOrdering':['type','n']}}");

      assertThat(((AnswerShape.JsonSchema) shape).schema().value().raw())
          .isEqualTo(
              "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":[\"string\",\"null\"],"
                  + "\"enum\":[\"a\",null]},\"n\":{\"type\":\"array\",\"minItems\":2,"
                  + "\"items\":{\"type\":\"number\"}}}}");
    }

    @Test
    void mayAskForAnyJsonOrForWhatOnlyGeminiHas() {
      assertThat(shape("{'responseMimeType':'application/json'}"))
          .isInstanceOf(AnswerShape.AnyJson.class);
      assertThat(shape("{'responseMimeType':'text/x.enum','responseSchema':{}}"))
          .isInstanceOf(AnswerShape.Unknown.class);
      assertThat(shape("{'responseMimeType':'text/plain'}")).isInstanceOf(AnswerShape.Text.class);
    }
  }

  @Nested
  class Tools {
    @Test
    void areFunctionsAndWhatTheProviderRuns() {
      Conversation read =
          Requests.conversation(
              "{'tools':[{'functionDeclarations':[{'name':'f','description':'d',"
                  + "'parameters':{'type':'OBJECT'}}]},{'googleSearch':{}}]}");

      Tool.Function function = (Tool.Function) read.tools().getFirst();
      assertThat(function.name()).isEqualTo("f");
      assertThat(nonNull(function.parameters()).path())
          .isEqualTo("tools[0].functionDeclarations[0].parameters");
      assertThat(nonNull(function.parameters()).value().raw()).isEqualTo("{\"type\":\"object\"}");
      assertThat(read.tools().getLast())
          .isEqualTo(new Tool.Unknown("googleSearch", "tools[1].googleSearch"));
    }

    @ParameterizedTest
    @CsvSource({
      "\"mode\":\"AUTO\", AUTO",
      "\"mode\":\"VALIDATED\", AUTO",
      "\"mode\":\"NONE\", NONE",
      "\"mode\":\"ANY\", ANY",
      "\"mode\":\"LATER\", UNKNOWN",
    })
    void areChosenByMode(String config, Mode mode) {
      assertThat(choice(config).mode()).isEqualTo(mode);
    }

    @Test
    void mayBeLimited() {
      assertThat(choice("'mode':'ANY','allowedFunctionNames':['f']").only()).isEqualTo("f");
      assertThat(choice("'mode':'ANY','allowedFunctionNames':['f','g']").allowed())
          .containsExactly("f", "g");
    }

    private static ToolChoice choice(String config) {
      return Requests.conversation("{'toolConfig':{'functionCallingConfig':{" + config + "}}}")
          .toolChoice();
    }
  }

  @Test
  void fieldsWithoutANeutralTypeAreListed() {
    Conversation read =
        Requests.conversation(
            "{'contents':[{'parts':[{'text':'Hi','videoMetadata':{'fps':1}}]}],"
                + "'cachedContent':'c/1','safetySettings':[{'category':'x'}],'labels':{},"
                + "'client_id':'me','generationConfig':{'seed':1,'responseLogprobs':true,"
                + "'responseModalities':['TEXT']},'toolConfig':{'retrievalConfig':{'a':1}}}");

    assertThat(read.unmapped())
        .containsExactlyInAnyOrder(
            new UnmappedField("cachedContent", true),
            new UnmappedField("safetySettings", false),
            new UnmappedField("generationConfig.seed", false),
            new UnmappedField("generationConfig.responseLogprobs", true),
            new UnmappedField("toolConfig.retrievalConfig", false),
            new UnmappedField("contents[0].parts[0].videoMetadata", false));
  }

  private static <T> T nonNull(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
